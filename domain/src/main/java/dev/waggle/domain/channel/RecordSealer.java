package dev.waggle.domain.channel;

import static dev.waggle.domain.frame.FrameBounds.HEADER_BYTES;
import static dev.waggle.domain.frame.FrameBounds.TAG_BYTES;

import dev.waggle.domain.frame.FrameBounds;
import dev.waggle.ports.crypto.Aead;
import dev.waggle.ports.crypto.CipherSuite;
import dev.waggle.ports.crypto.SecretBytes;

/**
 * Seals the records of one direction (PROTOCOL §6).
 *
 * <p>Owned by one thread.
 */
public final class RecordSealer implements AutoCloseable {
  /** Bytes of the frame that ends a key. */
  public static final int LAST_RECORD_BYTES = HEADER_BYTES + TAG_BYTES;

  private final Aead aead;
  private final TrafficKeys keys;
  private Aead.Sealer sealer;

  RecordSealer(CipherSuite suite, SecretBytes trafficSecret, int recordsPerKey) {
    this.aead = suite.aead();
    this.keys = new TrafficKeys(suite, trafficSecret, recordsPerKey);
    this.sealer = newSealer();
  }

  /**
   * Makes a frame of the plaintext that lies behind the first four bytes of {@code record}: writes
   * the header into these, encrypts the plaintext in place and puts the tag behind it.
   *
   * @param plaintextLength 1 to 64 KiB; the array has room for 4 and 16 bytes more
   * @return the length of the whole frame
   */
  public int seal(byte[] record, int plaintextLength) {
    return seal(record, plaintextLength, Aead.Sealer.NO_TAIL, 0, 0);
  }

  /**
   * The same for a plaintext of which only the first {@code headLength} bytes, or none, lie in
   * {@code record}. The rest is read from {@code tail}, which is not changed: the payload that it
   * belongs to may be on its way to many peers.
   */
  public int seal(byte[] record, int headLength, byte[] tail, int tailOffset, int tailLength) {
    int length = headLength + tailLength + TAG_BYTES;
    FrameBounds.putHeader(record, length);
    sealer.seal(
        keys.nonce(),
        record,
        0,
        HEADER_BYTES,
        HEADER_BYTES,
        headLength,
        tail,
        tailOffset,
        tailLength);
    if (keys.advance()) {
      sealer = newSealer();
    }
    return HEADER_BYTES + length;
  }

  /** Whether this key has sealed enough for {@link #sealLast}. */
  public boolean mayEndKey() {
    return keys.mayEnd();
  }

  /**
   * Makes a frame of no plaintext, the last one under this key (PROTOCOL §6.3).
   *
   * @param record has room for {@link #LAST_RECORD_BYTES}
   * @return the length of the whole frame
   */
  public int sealLast(byte[] record) {
    if (!keys.mayEnd()) {
      throw new IllegalStateException("the peer would refuse a key that ends so early");
    }
    FrameBounds.putHeader(record, TAG_BYTES);
    sealer.seal(keys.nonce(), record, 0, HEADER_BYTES, HEADER_BYTES, 0);
    keys.ratchet();
    sealer = newSealer();
    return LAST_RECORD_BYTES;
  }

  /** How many keys have sealed records, the present one included. */
  public long keys() {
    return keys.count();
  }

  private Aead.Sealer newSealer() {
    try (SecretBytes key = keys.key()) {
      return aead.sealer(key);
    }
  }

  /** Wipes the secret; nothing can be sealed after that. */
  @Override
  public void close() {
    keys.close();
  }
}
