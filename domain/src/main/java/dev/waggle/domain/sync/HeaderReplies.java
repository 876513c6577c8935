package dev.waggle.domain.sync;

import dev.waggle.domain.neighbour.Neighbour;
import dev.waggle.domain.rates.RateSettings;
import dev.waggle.domain.rates.Told;
import dev.waggle.ports.gossip.HeaderChain;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.WireMessage;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Answers peers that want to know what follows on this node's chain (PROTOCOL §8.6): one request of
 * each at a time, in turns of some headers each, as fast as their links take them.
 */
final class HeaderReplies {
  /** Headers looked up for one event, so that the node hears of others in between. */
  static final int PER_TURN = 128;

  private final @Nullable HeaderChain chain;
  private final Map<Neighbour, Answer> answers = new LinkedHashMap<>();
  private final Set<Neighbour> ready = new LinkedHashSet<>();
  private long sent;

  /** What is still to be sent. */
  private record Answer(MessageId after, int count) {}

  /**
   * Nobody has asked for anything yet.
   *
   * @param chain null if it is not known how blocks follow each other: then nobody is answered
   */
  HeaderReplies(@Nullable HeaderChain chain) {
    this.chain = chain;
  }

  /** A peer asks. What it has asked for before and not been sent yet, it does not want any more. */
  void requested(Neighbour peer, List<MessageId> locator, int count, long nowNanos) {
    if (chain == null || !peer.isConnected()) {
      return; // A link that is being closed may still speak, but nothing is sent on it.
    }
    int cost = RateSettings.HEADERS_PER_ID * locator.size() + count;
    if (peer.allow(Told.REQUESTED_HEADER, cost, nowNanos) < cost) {
      return;
    }
    MessageId after = firstOnChain(chain, locator);
    if (after == null) {
      forget(peer);
    } else {
      answers.put(peer, new Answer(after, count));
      ready.add(peer);
    }
  }

  private static @Nullable MessageId firstOnChain(HeaderChain chain, List<MessageId> locator) {
    for (MessageId id : locator) {
      if (chain.isOnChain(id)) {
        return id;
      }
    }
    return null;
  }

  /** The peer's link may take more now. */
  void drained(Neighbour peer) {
    if (answers.containsKey(peer)) {
      ready.add(peer);
    }
  }

  void departed(Neighbour peer) {
    forget(peer);
  }

  private void forget(Neighbour peer) {
    answers.remove(peer);
    ready.remove(peer);
  }

  /** Whether there is somebody to try to send to. */
  boolean isReady() {
    return !ready.isEmpty();
  }

  /** Sends some to the next whose link takes more; those that are left are next in line. */
  void serve(long nowNanos) {
    while (!ready.isEmpty()) {
      Neighbour peer = ready.iterator().next();
      ready.remove(peer);
      if (peer.takesMore()) {
        serve(peer, nowNanos);
        return;
      }
    }
  }

  private void serve(Neighbour peer, long nowNanos) {
    Answer answer = answers.remove(peer);
    if (answer == null) {
      return;
    }
    int max = Math.min(answer.count(), PER_TURN);
    HeaderChain.Stretch found = Objects.requireNonNull(chain).after(answer.after(), max);
    HeaderChain.Stretch stretch =
        found == null ? new HeaderChain.Stretch(List.of(), answer.after(), 0) : found;
    long further = Math.min(stretch.further(), WireMessage.Headers.MAX_FURTHER);
    int headers = stretch.headers().size();
    boolean taken =
        peer.send(new WireMessage.Headers(answer.after(), further, stretch.headers()), nowNanos);
    sent += taken ? headers : 0;
    int left = answer.count() - headers;
    if (taken && headers > 0 && left > 0 && further > 0) {
      answers.put(peer, new Answer(stretch.last(), left));
      ready.add(peer);
    }
  }

  /** Headers sent since the start. */
  long sent() {
    return sent;
  }
}
