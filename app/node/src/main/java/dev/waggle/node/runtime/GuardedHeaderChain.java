package dev.waggle.node.runtime;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.gossip.Examination;
import dev.waggle.ports.gossip.HeaderChain;
import dev.waggle.ports.gossip.Verdict;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.WireMessage;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The application's chain of headers as the node sees it. Where it throws, or says what no message
 * could carry, that costs it the headers, and nothing else.
 */
final class GuardedHeaderChain implements HeaderChain {
  private static final Logger log = LoggerFactory.getLogger(GuardedHeaderChain.class);

  private final HeaderChain inner;

  GuardedHeaderChain(HeaderChain inner) {
    this.inner = inner;
  }

  /** Of too many ids the first ones; none if the application cannot say. */
  @Override
  public List<MessageId> locator() {
    try {
      List<MessageId> ids = inner.locator();
      return ids.size() <= MAX_LOCATOR ? ids : ids.subList(0, MAX_LOCATOR);
    } catch (RuntimeException e) {
      log.error("the application could not say where its chain stands", e);
      return List.of();
    }
  }

  @Override
  public boolean isOnChain(MessageId id) {
    try {
      return inner.isOnChain(id);
    } catch (RuntimeException e) {
      log.error("the application could not say whether {} is on its chain; it is not", id, e);
      return false;
    }
  }

  @Override
  public @Nullable Stretch after(MessageId block, int max) {
    try {
      Stretch stretch = inner.after(block, max);
      if (stretch == null || isWithinBounds(stretch, max)) {
        return stretch;
      }
      log.error("the headers that the application has behind {} are out of bounds", block);
    } catch (RuntimeException e) {
      log.error("the application could not say what follows {}", block, e);
    }
    return null;
  }

  private static boolean isWithinBounds(Stretch stretch, int max) {
    return stretch.headers().size() <= max
        && stretch.further() >= 0
        && stretch.headers().stream().allMatch(GuardedHeaderChain::isWithinBounds);
  }

  private static boolean isWithinBounds(Bytes header) {
    return header.length() >= 1 && header.length() <= WireMessage.MAX_HEADER_BYTES;
  }

  @Override
  public Examination examineHeaders(MessageId after, List<MessageId> ids, List<Bytes> headers) {
    try {
      return inner.examineHeaders(after, ids, headers);
    } catch (RuntimeException e) {
      log.error("the application could not examine headers behind {}; they are ignored", after, e);
      return GuardedApplication.FAILED;
    }
  }

  @Override
  public Verdict validateHeaders(
      MessageId after, @Nullable Examination before, Examination headers) {
    if (headers == GuardedApplication.FAILED || before == GuardedApplication.FAILED) {
      return GuardedApplication.IGNORED;
    }
    try {
      return inner.validateHeaders(after, before, headers);
    } catch (RuntimeException e) {
      log.error("the application could not judge headers behind {}; they are ignored", after, e);
      return GuardedApplication.IGNORED;
    }
  }
}
