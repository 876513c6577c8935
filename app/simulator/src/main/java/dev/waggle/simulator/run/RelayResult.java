package dev.waggle.simulator.run;

import java.util.SortedMap;

/**
 * What it took to bring a block to all nodes that got it from others. Bytes are those of encoded
 * messages, without records and what is below them.
 *
 * @param bytes of all messages that carried it, or a part of it, or spoke of it
 * @param usefulBytes what had to be sent at least: to a node that takes compact blocks once the
 *     block without items, and once those that it lacked when it had the block; to any other node
 *     the whole block once
 * @param nodeP50 of half of the nodes at most so many bytes came for each of use; not a number if
 *     no node got it
 * @param nodeP99 likewise of 99 in a hundred
 * @param unasked nodes that put it together without having asked anybody for anything
 * @param onRequest nodes that put it together from a compact form, which they had to ask for
 * @param withItems nodes that put it together, and had to ask for items
 * @param whole nodes that got it in one piece
 * @param messages those, by what they are
 */
public record RelayResult(
    long bytes,
    long usefulBytes,
    double nodeP50,
    double nodeP99,
    int unasked,
    int onRequest,
    int withItems,
    int whole,
    SortedMap<String, Traffic> messages) {

  /** Bytes sent for each byte of use; not a number if none was of use. */
  public double overhead() {
    return usefulBytes == 0 ? Double.NaN : (double) bytes / usefulBytes;
  }

  /** So many messages of one kind, and the bytes of all of them. */
  public record Traffic(long count, long bytes) {
    Traffic plus(long moreBytes) {
      return new Traffic(count + 1, bytes + moreBytes);
    }

    /** Both together. */
    public Traffic plus(Traffic other) {
      return new Traffic(count + other.count, bytes + other.bytes);
    }
  }
}
