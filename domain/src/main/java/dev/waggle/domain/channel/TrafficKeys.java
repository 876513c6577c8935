package dev.waggle.domain.channel;

import dev.waggle.ports.crypto.CipherSuite;
import dev.waggle.ports.crypto.KeyDerivation;
import dev.waggle.ports.crypto.SecretBytes;
import java.nio.charset.StandardCharsets;

/**
 * The keys and nonces of one direction of a link (PROTOCOL §6.2, §6.3).
 *
 * <p>A chain of secrets, of which only the newest exists:
 *
 * <pre>
 *   secret(0) -- ratchet --&gt; secret(1) -- ratchet --&gt; secret(2) ...
 *      |                        |                        |
 *      +-- key(0), iv(0)        +-- key(1), iv(1)        +-- key(2), iv(2)
 *      records 0 .. 2^20 - 1    records 0 .. 2^20 - 1    ...
 * </pre>
 *
 * <p>Every arrow is one HKDF-Expand. Whoever learns a secret cannot go back to the one before, and
 * no key seals more than 2^20 records (little more than 2^32 blocks of 16 bytes), far within the
 * limits of GCM. The record counter starts anew under each key, so it cannot run out. A key may
 * also end early, by a record that says so.
 *
 * <p>Owned by one thread.
 */
final class TrafficKeys implements AutoCloseable {
  /** Records under one key at most; both sides count, so no message says when this is reached. */
  static final int RECORDS_PER_KEY = 1 << 20;

  /**
   * Records under one key before it may end early. A ratchet costs as much as opening about ten
   * small records, so it adds a sixth at most to what a peer can have us spend on its bytes.
   */
  static final int MIN_RECORDS_PER_KEY = 64;

  /** Bytes of a nonce: what all suites have in common. */
  static final int NONCE_BYTES = 12;

  private static final byte[] KEY_LABEL = label("waggle/1 record key");
  private static final byte[] IV_LABEL = label("waggle/1 record iv");
  private static final byte[] RATCHET_LABEL = label("waggle/1 record ratchet");

  private final KeyDerivation kdf;
  private final int keyLength;
  private final int recordsPerKey;
  private final byte[] iv = new byte[NONCE_BYTES];
  private final byte[] nonce = new byte[NONCE_BYTES];
  private SecretBytes secret;
  private long counter;
  private long count = 1;

  /**
   * The keys that follow from {@code trafficSecret}.
   *
   * @param trafficSecret owned from here on
   */
  TrafficKeys(CipherSuite suite, SecretBytes trafficSecret, int recordsPerKey) {
    this.kdf = suite.kdf();
    this.keyLength = suite.aead().keyLength();
    this.recordsPerKey = recordsPerKey;
    this.secret = trafficSecret;
    deriveIv();
  }

  private static byte[] label(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** The key of the records from here to the next ratchet; the caller closes it. */
  SecretBytes key() {
    return kdf.expand(secret, KEY_LABEL, keyLength);
  }

  /** The nonce of the record that is next: IV xor counter. Lent until the next call. */
  byte[] nonce() {
    System.arraycopy(iv, 0, nonce, 0, NONCE_BYTES);
    for (int i = 0; i < Long.BYTES; i++) {
      nonce[NONCE_BYTES - 1 - i] ^= (byte) (counter >>> (8 * i));
    }
    return nonce;
  }

  /**
   * Counts a record.
   *
   * @return true if it was the last one under its key, and {@link #key} is another one now
   */
  boolean advance() {
    counter++;
    if (counter < recordsPerKey) {
      return false;
    }
    ratchet();
    return true;
  }

  /** Whether the key has been used enough for the next record to be its last. */
  boolean mayEnd() {
    return counter >= MIN_RECORDS_PER_KEY;
  }

  /** Ends the key: {@link #key} is another one now. */
  void ratchet() {
    SecretBytes next = kdf.expand(secret, RATCHET_LABEL, kdf.hashLength());
    secret.close();
    secret = next;
    counter = 0;
    count++;
    deriveIv();
  }

  /** How many keys there have been, this one included. */
  long count() {
    return count;
  }

  private void deriveIv() {
    try (SecretBytes derived = kdf.expand(secret, IV_LABEL, NONCE_BYTES)) {
      System.arraycopy(derived.borrowArray(), 0, iv, 0, NONCE_BYTES);
    }
  }

  /** Wipes the secret. */
  @Override
  public void close() {
    secret.close();
  }
}
