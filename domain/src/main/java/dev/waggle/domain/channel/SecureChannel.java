package dev.waggle.domain.channel;

import dev.waggle.domain.frame.FrameBounds;
import dev.waggle.ports.crypto.Aead;
import dev.waggle.ports.crypto.CipherSuite;
import dev.waggle.ports.crypto.SecretBytes;
import java.time.Duration;

/**
 * Both directions of an authenticated link: what this side seals, and what the peer has sealed,
 * each with keys, nonces and counters of its own (PROTOCOL §6).
 *
 * <p>Owned by one thread.
 */
public final class SecureChannel implements AutoCloseable {
  /**
   * How long a key should seal: whoever seizes a node can read no more of what it has sealed, and
   * was recorded, than this (PROTOCOL §6.3).
   */
  public static final Duration MAX_KEY_AGE = Duration.ofHours(1);

  private final RecordSealer sealer;
  private final RecordOpener opener;

  /**
   * A channel at its first record in both directions.
   *
   * @param sendSecret the traffic secret of the records that this side seals (PROTOCOL §4.4); owned
   *     from here on
   * @param receiveSecret the traffic secret of the records that the peer seals; owned likewise
   * @throws IllegalArgumentException if the suite's AEAD does not fit records
   */
  public SecureChannel(CipherSuite suite, SecretBytes sendSecret, SecretBytes receiveSecret) {
    this(suite, sendSecret, receiveSecret, TrafficKeys.RECORDS_PER_KEY);
  }

  SecureChannel(
      CipherSuite suite, SecretBytes sendSecret, SecretBytes receiveSecret, int recordsPerKey) {
    requireFit(suite.aead());
    sealer = new RecordSealer(suite, sendSecret, recordsPerKey);
    opener = new RecordOpener(suite, receiveSecret, recordsPerKey);
  }

  /**
   * Asserts that records can be sealed by {@code aead}.
   *
   * @throws IllegalArgumentException if they cannot
   */
  public static void requireFit(Aead aead) {
    if (aead.tagLength() != FrameBounds.TAG_BYTES
        || aead.nonceLength() != TrafficKeys.NONCE_BYTES) {
      throw new IllegalArgumentException(
          aead.algorithm() + " does not fit records: they need tags of 16 and nonces of 12 bytes");
    }
  }

  public RecordSealer sealer() {
    return sealer;
  }

  public RecordOpener opener() {
    return opener;
  }

  /** Wipes the secrets of both directions. */
  @Override
  public void close() {
    sealer.close();
    opener.close();
  }
}
