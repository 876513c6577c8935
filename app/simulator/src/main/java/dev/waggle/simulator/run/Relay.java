package dev.waggle.simulator.run;

import dev.waggle.simulator.run.RelayResult.Traffic;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What it takes to bring one block to everybody, followed message by message. It keeps some bytes
 * for each node until it is closed.
 */
final class Relay {
  /** What has become of a node: bits. */
  private static final int HAS_IT = 1;

  private static final int BUILT = 2;
  private static final int ASKED = 4;
  private static final int ASKED_FOR_ITEMS = 8;

  private final int nodes;
  private final int compactBytes;
  private final SortedMap<String, Traffic> messages = new TreeMap<>();
  private byte[] fates;
  private int[] cameBytes;
  private int[] usefulBytes;
  private @Nullable RelayResult result;

  /**
   * A block of which nothing was sent yet.
   *
   * @param compactBytes of the message that carries it without items; 0 if there is none
   */
  Relay(int nodes, int compactBytes) {
    this.nodes = nodes;
    this.compactBytes = compactBytes;
    this.fates = new byte[nodes];
    this.cameBytes = new int[nodes];
    this.usefulBytes = new int[nodes];
  }

  int compactBytes() {
    return compactBytes;
  }

  /** A message, or a part of one, has come to a node. */
  void arrived(int node, String kind, int bytes) {
    messages.merge(kind, new Traffic(1, bytes), Traffic::plus);
    if (result == null) {
      cameBytes[node] += bytes;
    }
  }

  /** A node has asked for the block, whole or compact. */
  void asked(int node) {
    mark(node, ASKED);
  }

  void askedForItems(int node) {
    mark(node, ASKED_FOR_ITEMS);
  }

  /** A node has put it together. */
  void built(int node) {
    mark(node, BUILT);
  }

  /**
   * A node that has not published it has accepted it.
   *
   * @param useful bytes that had to come to it for that
   */
  void accepted(int node, int useful) {
    mark(node, HAS_IT);
    if (result == null) {
      usefulBytes[node] = useful;
    }
  }

  private void mark(int node, int what) {
    if (result == null) {
      fates[node] |= (byte) what;
    }
  }

  /** Who gets it later is not counted. */
  void close() {
    result = result();
    fates = new byte[0];
    cameBytes = new int[0];
    usefulBytes = new int[0];
  }

  RelayResult result() {
    RelayResult known = result;
    long bytes = messages.values().stream().mapToLong(Traffic::bytes).sum();
    if (known != null) {
      return new RelayResult(
          bytes,
          known.usefulBytes(),
          known.nodeP50(),
          known.nodeP99(),
          known.unasked(),
          known.onRequest(),
          known.withItems(),
          known.whole(),
          new TreeMap<>(messages));
    }
    double[] ratios = new double[nodes];
    int receivers = 0;
    long useful = 0;
    int[] ways = new int[4];
    for (int node = 0; node < nodes; node++) {
      if ((fates[node] & HAS_IT) != 0 && usefulBytes[node] > 0) {
        ratios[receivers++] = (double) cameBytes[node] / usefulBytes[node];
        useful += usefulBytes[node];
        ways[way(fates[node])]++;
      }
    }
    Arrays.sort(ratios, 0, receivers);
    return new RelayResult(
        bytes,
        useful,
        rank(ratios, receivers, 50),
        rank(ratios, receivers, 99),
        ways[0],
        ways[1],
        ways[2],
        ways[3],
        new TreeMap<>(messages));
  }

  private static int way(int fate) {
    if ((fate & BUILT) == 0) {
      return 3;
    }
    if ((fate & ASKED_FOR_ITEMS) != 0) {
      return 2;
    }
    return (fate & ASKED) != 0 ? 1 : 0;
  }

  /** The nearest rank; not a number if there are none. */
  private static double rank(double[] sorted, int count, int percent) {
    return count == 0 ? Double.NaN : sorted[Math.max(1, Math.ceilDiv(count * percent, 100)) - 1];
  }
}
