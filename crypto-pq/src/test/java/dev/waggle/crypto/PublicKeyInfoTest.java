package dev.waggle.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.waggle.crypto.toy.SeededRandom;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.junit.jupiter.api.Test;

final class PublicKeyInfoTest {
  @Test
  void wrappedKeys_areEncodedAsBouncyCastleDoes() throws IOException {
    assertWrapped(
        MlKemParameters.ML_KEM_768.publicKeyInfo(), 1184, NISTObjectIdentifiers.id_alg_ml_kem_768);
    assertWrapped(
        MlKemParameters.ML_KEM_1024.publicKeyInfo(),
        1568,
        NISTObjectIdentifiers.id_alg_ml_kem_1024);
    assertWrapped(
        MlDsaParameters.ML_DSA_65.publicKeyInfo(), 1952, NISTObjectIdentifiers.id_ml_dsa_65);
    assertWrapped(
        MlDsaParameters.ML_DSA_87.publicKeyInfo(), 2592, NISTObjectIdentifiers.id_ml_dsa_87);
  }

  private static void assertWrapped(PublicKeyInfo info, int length, ASN1ObjectIdentifier algorithm)
      throws IOException {
    byte[] key = new SeededRandom(1).bytes(length);

    assertThat(info.wrap(key).getEncoded())
        .isEqualTo(
            new SubjectPublicKeyInfo(new AlgorithmIdentifier(algorithm), key).getEncoded("DER"));
  }

  @Test
  void keyOfAnotherAlgorithm_isNotUnwrapped() throws GeneralSecurityException {
    PublicKey other = KeyPairGenerator.getInstance("ML-DSA-44").generateKeyPair().getPublic();

    assertThatIllegalStateException()
        .isThrownBy(() -> MlDsaParameters.ML_DSA_65.publicKeyInfo().unwrap(other));
  }
}
