package dev.waggle.bench;

import dev.waggle.bench.link.Application;
import dev.waggle.bench.workload.Flow;
import dev.waggle.bench.workload.Payloads;
import org.jspecify.annotations.Nullable;

/**
 * What the application at the far end of a link does: it looks whether each message is the one that
 * must come next, and lets it go. Belongs to the receiving I/O thread.
 */
final class Arrivals implements Application {
  private final Payloads expected;
  private final Flow flow;
  private long number;

  /**
   * What the latest message lies in: since it is kept, no compiler can decide that nobody wanted
   * it.
   */
  private byte @Nullable [] latest;

  Arrivals(Payloads expected, Flow flow) {
    this.expected = expected;
    this.flow = flow;
  }

  @Override
  public void arrived(byte[] array, int offset, int length) {
    byte[] original = expected.of(number++);
    int last = original.length - 1;
    if (length != original.length
        || (last >= 0
            && (array[offset] != original[0] || array[offset + last] != original[last]))) {
      flow.fail("message " + number + " is not what was sent");
    }
    latest = array;
    flow.received();
  }

  @Override
  public void answered(long nonce) {
    fail("the answer to a ping that nobody has sent");
  }

  @Override
  public void fail(String why) {
    flow.fail(why);
  }

  @Override
  public String toString() {
    return number
        + " messages"
        + (latest == null ? "" : ", the latest in " + latest.length + " bytes");
  }
}
