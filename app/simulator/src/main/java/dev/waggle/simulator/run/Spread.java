package dev.waggle.simulator.run;

import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.MessageId;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How one message spread: when each part of the nodes had it, over how many hops, and how often it
 * came. It keeps a byte for each node until all have it, or until it is closed, and then none.
 */
final class Spread {
  private static final byte NEVER = -1;

  private final MessageId id;
  private final GossipMessage.Kind kind;
  private final int publisher;
  private final long publishedNanos;
  private final int bytes;
  private final int nodes;
  private final Arrivals arrivals;

  /** From the publisher to each node; null when nobody is awaited any more. */
  private byte @Nullable [] hops;

  private int reached = 1;
  private long sumOfHops;
  private int mostHops;
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
    this.nodes = nodes;
    this.arrivals = new Arrivals(nodes);
    byte[] none = new byte[nodes];
    Arrays.fill(none, NEVER);
    none[publisher] = 0;
    this.hops = nodes == 1 ? null : none;
  }

  void copyArrived() {
    copies++;
  }

  /**
   * A node has accepted it from another one, unless it had it before it was restarted.
   *
   * @param nowNanos never earlier than before
   */
  void accepted(int node, int from, long nowNanos) {
    byte[] known = hops;
    if (known == null || known[node] != NEVER) {
      return;
    }
    int way = Math.min(Byte.MAX_VALUE, Math.max(0, known[from]) + 1);
    known[node] = (byte) way;
    sumOfHops += way;
    mostHops = Math.max(mostHops, way);
    reached++;
    arrivals.add(nowNanos - publishedNanos);
    if (reached == nodes) {
      close();
    }
  }

  /** Whoever has it later is not counted. */
  void close() {
    hops = null;
  }

  /** Whether a node that does not have it yet would be counted. */
  boolean isOpen() {
    return hops != null;
  }

  MessageId id() {
    return id;
  }

  GossipMessage.Kind kind() {
    return kind;
  }

  /** Bytes of payload that were of use: one copy for each node but the publisher. */
  long usefulBytes() {
    return (long) (reached - 1) * bytes;
  }

  /** What came out, with what it took to bring it to everybody. */
  SpreadResult result(@Nullable RelayResult relay) {
    int others = Math.max(1, reached - 1);
    return new SpreadResult(
        id,
        kind,
        publisher,
        publishedNanos,
        bytes,
        reached,
        arrivals.quantiles(),
        (double) sumOfHops / others,
        mostHops,
        (double) (copies - (reached - 1)) / others,
        relay);
  }
}
