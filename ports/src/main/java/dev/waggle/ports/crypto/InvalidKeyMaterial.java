package dev.waggle.ports.crypto;

/**
 * A key or ciphertext that the algorithm does not accept: a wrong length, or a failed check of FIPS
 * 203 §7. The bytes came from a peer or a file, so this is checked, and carries no stack trace.
 */
public final class InvalidKeyMaterial extends Exception {
  private static final long serialVersionUID = 1L;

  public InvalidKeyMaterial(String message) {
    super(message, null, false, false);
  }
}
