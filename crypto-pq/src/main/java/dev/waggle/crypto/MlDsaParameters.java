package dev.waggle.crypto;

import org.bouncycastle.crypto.params.MLDSAParameters;

/**
 * A parameter set of ML-DSA (FIPS 204 §4, tables 1 and 2).
 *
 * @param algorithm the standard's name
 * @param objectIdentifier the standard's number (RFC 9881 §2)
 * @param publicKeyLength bytes
 * @param privateKeyLength bytes of the expanded key
 * @param signatureLength bytes
 * @param publicKeyInfo how the JDK wraps the public key
 * @param seedPrefix what stands before the seed in a private key's DER (RFC 9881 §6), hexadecimal
 */
record MlDsaParameters(
    String algorithm,
    String objectIdentifier,
    int publicKeyLength,
    int privateKeyLength,
    int signatureLength,
    PublicKeyInfo publicKeyInfo,
    String seedPrefix) {

  /** Bytes of ξ, from which the key pair is expanded, and of {@code rnd}. */
  static final int SEED_LENGTH = 32;

  static final MlDsaParameters ML_DSA_65 =
      new MlDsaParameters(
          "ML-DSA-65",
          "2.16.840.1.101.3.4.3.18",
          1952,
          4032,
          3309,
          PublicKeyInfo.withPrefix("308207b2300b0609608648016503040312038207a100", 1952),
          "3034020100300b060960864801650304031204228020");

  static final MlDsaParameters ML_DSA_87 =
      new MlDsaParameters(
          "ML-DSA-87",
          "2.16.840.1.101.3.4.3.19",
          2592,
          4896,
          4627,
          PublicKeyInfo.withPrefix("30820a32300b060960864801650304031303820a2100", 2592),
          "3034020100300b060960864801650304031304228020");

  /** The same set for Bouncy Castle: no constant, so that its classes wait until they are used. */
  MLDSAParameters bouncyCastle() {
    return switch (algorithm) {
      case "ML-DSA-65" -> MLDSAParameters.ml_dsa_65;
      case "ML-DSA-87" -> MLDSAParameters.ml_dsa_87;
      default -> throw new IllegalStateException(algorithm);
    };
  }
}
