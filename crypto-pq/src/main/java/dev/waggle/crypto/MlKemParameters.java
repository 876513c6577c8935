package dev.waggle.crypto;

import org.bouncycastle.crypto.params.MLKEMParameters;

/**
 * A parameter set of ML-KEM (FIPS 203 §8, tables 2 and 3).
 *
 * @param algorithm the standard's name
 * @param publicKeyLength bytes
 * @param ciphertextLength bytes
 * @param publicKeyInfo how the JDK wraps the public key
 */
record MlKemParameters(
    String algorithm, int publicKeyLength, int ciphertextLength, PublicKeyInfo publicKeyInfo) {

  /** Bytes of {@code d}, {@code z}, {@code m} and of the shared secret. */
  static final int SEED_LENGTH = 32;

  static final MlKemParameters ML_KEM_768 =
      new MlKemParameters(
          "ML-KEM-768",
          1184,
          1088,
          PublicKeyInfo.withPrefix("308204b2300b0609608648016503040402038204a100", 1184));

  static final MlKemParameters ML_KEM_1024 =
      new MlKemParameters(
          "ML-KEM-1024",
          1568,
          1568,
          PublicKeyInfo.withPrefix("30820632300b06096086480165030404030382062100", 1568));

  /** The same set for Bouncy Castle: no constant, so that its classes wait until they are used. */
  MLKEMParameters bouncyCastle() {
    return switch (algorithm) {
      case "ML-KEM-768" -> MLKEMParameters.ml_kem_768;
      case "ML-KEM-1024" -> MLKEMParameters.ml_kem_1024;
      default -> throw new IllegalStateException(algorithm);
    };
  }
}
