package dev.waggle.crypto;

import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.crypto.params.MLDSAParameters;

/**
 * A parameter set of ML-DSA (FIPS 204 §4, tables 1 and 2).
 *
 * @param algorithm the standard's name
 * @param objectIdentifier the standard's number (RFC 9881 §2)
 * @param publicKeyLength bytes
 * @param signatureLength bytes
 * @param publicKeyInfo how the JDK wraps the public key
 * @param bouncyCastle the same set for Bouncy Castle
 */
record MlDsaParameters(
    String algorithm,
    ASN1ObjectIdentifier objectIdentifier,
    int publicKeyLength,
    int signatureLength,
    PublicKeyInfo publicKeyInfo,
    MLDSAParameters bouncyCastle) {

  /** Bytes of ξ, from which the key pair is expanded, and of {@code rnd}. */
  static final int SEED_LENGTH = 32;

  static final MlDsaParameters ML_DSA_65 =
      new MlDsaParameters(
          "ML-DSA-65",
          NISTObjectIdentifiers.id_ml_dsa_65,
          1952,
          3309,
          PublicKeyInfo.withPrefix("308207b2300b0609608648016503040312038207a100", 1952),
          MLDSAParameters.ml_dsa_65);

  static final MlDsaParameters ML_DSA_87 =
      new MlDsaParameters(
          "ML-DSA-87",
          NISTObjectIdentifiers.id_ml_dsa_87,
          2592,
          4627,
          PublicKeyInfo.withPrefix("30820a32300b060960864801650304031303820a2100", 2592),
          MLDSAParameters.ml_dsa_87);
}
