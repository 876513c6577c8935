package dev.waggle.domain.channel;

import static dev.waggle.domain.frame.FrameBounds.HEADER_BYTES;
import static dev.waggle.domain.frame.FrameBounds.TAG_BYTES;

import dev.waggle.ports.crypto.Aead;
import dev.waggle.ports.crypto.CipherSuite;
import dev.waggle.ports.crypto.SecretBytes;

/**
 * Opens the records of one direction (PROTOCOL §6).
 *
 * <p>Records open only in the order in which they were sealed: one that is missing, repeated,
 * exchanged or altered is {@link #FORGED}, and so is every record after it.
 *
 * <p>Owned by one thread.
 */
public final class RecordOpener implements AutoCloseable {
  /** What {@link #open} answers to a record that the peer did not seal as the next one. */
  public static final int FORGED = Aead.Opener.FORGED;

  /** What {@link #open} answers to a record that ends its key before that may end. */
  public static final int UNTIMELY = FORGED - 1;

  private final Aead aead;
  private final TrafficKeys keys;
  private Aead.Opener opener;

  RecordOpener(CipherSuite suite, SecretBytes trafficSecret, int recordsPerKey) {
    this.aead = suite.aead();
    this.keys = new TrafficKeys(suite, trafficSecret, recordsPerKey);
    this.opener = newOpener();
  }

  /**
   * Decrypts what lies behind the first four bytes of {@code record}.
   *
   * @param record starts with the header; not changed
   * @param length what the header says: bytes of the ciphertext and its tag
   * @param plaintext another array, which takes the plaintext
   * @param plaintextOffset where it begins
   * @return the length of the plaintext, 0 if the record was the last one under its key; or {@link
   *     #FORGED}, or {@link #UNTIMELY}
   */
  public int open(byte[] record, int length, byte[] plaintext, int plaintextOffset) {
    boolean endsKey = length == TAG_BYTES;
    if (endsKey && !keys.mayEnd()) {
      return UNTIMELY;
    }
    int plaintextLength =
        opener.open(
            keys.nonce(),
            record,
            0,
            HEADER_BYTES,
            HEADER_BYTES,
            length,
            plaintext,
            plaintextOffset);
    if (plaintextLength == FORGED) {
      return FORGED;
    }
    if (endsKey) {
      keys.ratchet();
      opener = newOpener();
    } else if (keys.advance()) {
      opener = newOpener();
    }
    return plaintextLength;
  }

  /** How many keys have opened records, the present one included. */
  public long keys() {
    return keys.count();
  }

  private Aead.Opener newOpener() {
    try (SecretBytes key = keys.key()) {
      return aead.opener(key);
    }
  }

  /** Wipes the secret; nothing can be opened after that. */
  @Override
  public void close() {
    keys.close();
  }
}
