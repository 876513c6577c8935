package dev.waggle.simulator.run;

import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.MessageId;
import java.util.Arrays;

/** How one message spread: who had it when, over how many hops, and how often it came. */
final class Spread {
  private static final float NEVER = -1;
  private static final double NANOS_PER_MILLI = 1e6;

  private final MessageId id;
  private final GossipMessage.Kind kind;
  private final int publisher;
  private final long publishedNanos;
  private final int bytes;
  private final float[] arrivalMillis;
  private final byte[] hops;
  private int reached;
  private long copies;

  Spread(
      MessageId id,
      GossipMessage.Kind kind,
      int publisher,
      long publishedNanos,
      int bytes,
      int nodes) {
    this.id = id;
    this.kind = kind;
    this.publisher = publisher;
    this.publishedNanos = publishedNanos;
    this.bytes = bytes;
    this.arrivalMillis = new float[nodes];
    this.hops = new byte[nodes];
    Arrays.fill(arrivalMillis, NEVER);
    arrivalMillis[publisher] = 0;
    reached = 1;
  }

  void copyArrived() {
    copies++;
  }

  /** A node has accepted it from another one, unless it had it before it was restarted. */
  void accepted(int node, int from, long nowNanos) {
    if (arrivalMillis[node] == NEVER) {
      arrivalMillis[node] = (float) ((nowNanos - publishedNanos) / NANOS_PER_MILLI);
      hops[node] = (byte) Math.min(Byte.MAX_VALUE, hops[from] + 1);
      reached++;
    }
  }

  GossipMessage.Kind kind() {
    return kind;
  }

  int reached() {
    return reached;
  }

  /** Bytes of payload that were of use: one copy for each node but the publisher. */
  long usefulBytes() {
    return (long) (reached - 1) * bytes;
  }

  SpreadResult result() {
    float[] sorted = new float[reached];
    int count = 0;
    long sumOfHops = 0;
    int mostHops = 0;
    for (int node = 0; node < arrivalMillis.length; node++) {
      if (arrivalMillis[node] != NEVER) {
        sorted[count++] = arrivalMillis[node];
        sumOfHops += hops[node];
        mostHops = Math.max(mostHops, hops[node]);
      }
    }
    Arrays.sort(sorted);
    int others = Math.max(1, reached - 1);
    return new SpreadResult(
        id,
        kind,
        publisher,
        publishedNanos,
        bytes,
        reached,
        Quantiles.of(sorted, arrivalMillis.length),
        (double) sumOfHops / others,
        mostHops,
        (double) (copies - (reached - 1)) / others);
  }
}
