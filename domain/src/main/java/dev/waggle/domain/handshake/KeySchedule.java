package dev.waggle.domain.handshake;

import dev.waggle.ports.crypto.CipherSuite;
import dev.waggle.ports.crypto.SecretBytes;

/**
 * Every key of one handshake, from the secret that the KEM exchange left (PROTOCOL §4.4).
 *
 * <p>Owned by one thread at a time. {@link #close} wipes the master secret; the keys handed out
 * belong to whoever asked for them.
 */
final class KeySchedule implements AutoCloseable {
  /*
   * One secret at the root, and one HKDF-Expand for each key. What tells the keys apart is the
   * label (which use, which side) and the transcript (which handshake, and how far it had come):
   *
   *   KEM secret                     T2: Offer, clear part of Acceptance
   *       |                           |
   *   HKDF-Extract                    +--> responder sealing key, responder mac key
   *   (salt "waggle/1 master secret") +--> initiator sealing key, initiator mac key
   *       |                           |
   *       +--> master secret --HKDF-Expand(label || 0x00 || Tn)
   *                                   |
   *                                   +--> initiator traffic secret
   *                                   +--> responder traffic secret
   *                                   |
   *                                  T8: everything, both proofs of identity included
   *
   * A sealing key seals one message, so its nonce is zero. The record layer takes over from the
   * traffic secrets (PROTOCOL §6), and nothing in here can be computed from them.
   */
  private final CipherSuite suite;
  private final SecretBytes masterSecret;
  private final Transcript negotiated;

  /**
   * The schedule of a handshake.
   *
   * @param kemSecret borrowed, not kept
   * @param negotiated T2
   */
  KeySchedule(CipherSuite suite, SecretBytes kemSecret, Transcript negotiated) {
    this.suite = suite;
    this.masterSecret = suite.kdf().extract(Labels.ascii(Labels.MASTER_SECRET), kemSecret);
    this.negotiated = negotiated;
  }

  CipherSuite suite() {
    return suite;
  }

  /** The key under which {@code sender} seals its proof of identity. */
  SecretBytes sealingKey(Role sender) {
    return expand(sender.sealingKeyLabel(), negotiated, suite.aead().keyLength());
  }

  /** The key of the MAC by which {@code sender} confirms that it has computed these keys. */
  SecretBytes macKey(Role sender) {
    return expand(sender.macKeyLabel(), negotiated, suite.kdf().hashLength());
  }

  /**
   * The secret from which the keys of {@code sender}'s records follow.
   *
   * @param complete T8
   */
  SecretBytes trafficSecret(Role sender, Transcript complete) {
    return expand(sender.trafficSecretLabel(), complete, suite.kdf().hashLength());
  }

  @Override
  public void close() {
    masterSecret.close();
  }

  private SecretBytes expand(String label, Transcript context, int length) {
    return suite.kdf().expand(masterSecret, Labels.join(label, context.hash()), length);
  }
}
