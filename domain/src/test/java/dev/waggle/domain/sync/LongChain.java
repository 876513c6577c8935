package dev.waggle.domain.sync;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.gossip.Examination;
import dev.waggle.ports.gossip.HeaderChain;
import dev.waggle.ports.gossip.Verdict;
import dev.waggle.ports.wire.MessageId;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A chain of numbered blocks that others may ask for; nobody adds to it but the test. */
public final class LongChain implements HeaderChain {
  /** The number of the last block; that of the first is 0. */
  public int tip;

  /** Changes the name of each block: the chain is another one then. */
  public int branch;

  /** So many that follow beyond those that there are. */
  public long beyond;

  /** Whether it gives out no headers, although more follow. */
  public boolean isMute;

  /** How often somebody was looked up for. */
  public int lookups;

  public LongChain(int tip) {
    this.tip = tip;
  }

  /** The name of a block, there or not. */
  public MessageId id(int number) {
    return new MessageId(branch, number, 0, 0);
  }

  /** The headers from {@code first} to {@code last}. */
  public List<Bytes> headers(int first, int last) {
    return IntStream.rangeClosed(first, last)
        .mapToObj(number -> Bytes.wrap(ByteBuffer.allocate(4).putInt(number).array()))
        .toList();
  }

  @Override
  public List<MessageId> locator() {
    return List.of(id(tip), id(0));
  }

  @Override
  public boolean isOnChain(MessageId id) {
    return id.equals(id((int) id.second())) && id.second() <= tip;
  }

  @Override
  public @Nullable Stretch after(MessageId block, int max) {
    lookups++;
    if (!isOnChain(block)) {
      return null;
    }
    int first = (int) block.second() + 1;
    int last = isMute ? first - 1 : Math.min(first + max - 1, tip);
    return new Stretch(headers(first, last), id(last), tip - last + beyond);
  }

  @Override
  public Examination examineHeaders(MessageId after, List<MessageId> ids, List<Bytes> headers) {
    throw new UnsupportedOperationException("nobody sends it headers");
  }

  @Override
  public Verdict validateHeaders(
      MessageId after, @Nullable Examination before, Examination headers) {
    throw new UnsupportedOperationException("nobody sends it headers");
  }
}
