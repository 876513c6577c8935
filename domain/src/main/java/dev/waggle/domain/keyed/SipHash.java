package dev.waggle.domain.keyed;

/**
 * SipHash-2-4 (Aumasson and Bernstein, 2012): short, and unpredictable for whoever lacks the key.
 * For tables that strangers fill, and choices that they must not foresee; not for anything that has
 * to withstand 2^64 work.
 *
 * <p>Immutable.
 */
public final class SipHash {
  private final long key0;
  private final long key1;

  /** Hashes under the key whose first 8 bytes, least significant first, are {@code key0}. */
  public SipHash(long key0, long key1) {
    this.key0 = key0;
    this.key1 = key1;
  }

  /** The hash of the bytes of {@code words}, each with its least significant byte first. */
  public long hash(long... words) {
    State state = new State(key0, key1);
    for (long word : words) {
      state.absorb(word);
    }
    return state.finish((long) words.length * Long.BYTES);
  }

  /** The four words of the algorithm's state. */
  private static final class State {
    private long v0;
    private long v1;
    private long v2;
    private long v3;

    State(long key0, long key1) {
      v0 = key0 ^ 0x736f6d6570736575L;
      v1 = key1 ^ 0x646f72616e646f6dL;
      v2 = key0 ^ 0x6c7967656e657261L;
      v3 = key1 ^ 0x7465646279746573L;
    }

    void absorb(long word) {
      v3 ^= word;
      rounds(2);
      v0 ^= word;
    }

    long finish(long byteLength) {
      absorb(byteLength << 56);
      v2 ^= 0xff;
      rounds(4);
      return v0 ^ v1 ^ v2 ^ v3;
    }

    private void rounds(int count) {
      for (int i = 0; i < count; i++) {
        v0 += v1;
        v1 = Long.rotateLeft(v1, 13) ^ v0;
        v0 = Long.rotateLeft(v0, 32);
        v2 += v3;
        v3 = Long.rotateLeft(v3, 16) ^ v2;
        v0 += v3;
        v3 = Long.rotateLeft(v3, 21) ^ v0;
        v2 += v1;
        v1 = Long.rotateLeft(v1, 17) ^ v2;
        v2 = Long.rotateLeft(v2, 32);
      }
    }
  }
}
