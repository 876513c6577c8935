package dev.waggle.domain.addresses;

import java.util.Arrays;

/**
 * The addresses that a peer is known to know, the latest {@value #MAX} of them. Each is a number
 * that follows from the address and a key of this node's, so 4 KiB hold them all, and nobody can
 * make up two that are taken for one.
 */
final class KnownAddresses {
  /*
   * Looked through from end to end, 4 KiB at most: what is told of is paid for by tokens, so that
   * happens seldom.
   */

  static final int MAX = 512;

  private static final int AT_FIRST = 8;

  private long[] ring = new long[AT_FIRST];
  private int size;
  private int next;

  boolean contains(long hash) {
    for (int i = 0; i < size; i++) {
      if (ring[i] == hash) {
        return true;
      }
    }
    return false;
  }

  /** Remembers an address, if need be in the place of the oldest. */
  void add(long hash) {
    if (contains(hash)) {
      return;
    }
    if (size == ring.length && size < MAX) {
      ring = Arrays.copyOf(ring, 2 * size);
    }
    if (size < ring.length) {
      ring[size++] = hash;
    } else {
      ring[next] = hash;
      next = (next + 1) % MAX;
    }
  }
}
