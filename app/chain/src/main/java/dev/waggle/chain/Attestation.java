package dev.waggle.chain;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.wire.MalformedMessage;
import dev.waggle.ports.wire.WireSlice;

/**
 * Who stands for a transaction or a block: a public key of ML-DSA-65, and a signature that is said
 * to be made with it. Whether it holds, {@link ChainSignatures} finds out. Immutable.
 *
 * <p>Encoded: key, signature.
 *
 * @param publicKey {@link #PUBLIC_KEY_BYTES} bytes
 * @param signature {@link #SIGNATURE_BYTES} bytes
 */
public record Attestation(Bytes publicKey, Bytes signature) {
  /** FIPS 204, table 2. */
  public static final int PUBLIC_KEY_BYTES = 1952;

  /** FIPS 204, table 2. */
  public static final int SIGNATURE_BYTES = 3309;

  static final int BYTES = PUBLIC_KEY_BYTES + SIGNATURE_BYTES;

  public Attestation {
    if (publicKey.length() != PUBLIC_KEY_BYTES || signature.length() != SIGNATURE_BYTES) {
      throw new IllegalArgumentException(
          "no key and signature of ML-DSA-65: "
              + publicKey.length()
              + " and "
              + signature.length()
              + " bytes");
    }
  }

  /** Takes the next {@link #BYTES} bytes, where they lie. */
  static Attestation take(WireSlice in) throws MalformedMessage {
    return new Attestation(Slices.take(in, PUBLIC_KEY_BYTES), Slices.take(in, SIGNATURE_BYTES));
  }

  /** Writes it into {@code target} from {@code offset} on. */
  void copyTo(byte[] target, int offset) {
    publicKey.copyTo(target, offset);
    signature.copyTo(target, offset + PUBLIC_KEY_BYTES);
  }

  Bytes encode() {
    byte[] encoded = new byte[BYTES];
    copyTo(encoded, 0);
    return Bytes.wrap(encoded);
  }

  /** The PeerId of a node that has this key (PROTOCOL §2.2). */
  public PeerId peerId() {
    return peerId(publicKey);
  }

  static PeerId peerId(Bytes publicKey) {
    return new PeerId(MessageIds.sha256(publicKey));
  }
}
