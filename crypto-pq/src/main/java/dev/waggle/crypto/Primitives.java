package dev.waggle.crypto;

import dev.waggle.ports.crypto.KeyEncapsulation;
import dev.waggle.ports.crypto.SignatureScheme;
import java.security.GeneralSecurityException;

/**
 * The asymmetric primitives of one provider. Hashes and AES-GCM come from the JDK in any case.
 *
 * @param description who computes them, for operators
 */
record Primitives(
    String description,
    KeyEncapsulation mlKem768,
    KeyEncapsulation mlKem1024,
    SignatureScheme mlDsa65,
    SignatureScheme mlDsa87,
    X25519 x25519) {

  private static final String BOUNCY_CASTLE = "Bouncy Castle";

  /**
   * @throws GeneralSecurityException if this Java lacks one of them
   */
  static Primitives jdk() throws GeneralSecurityException {
    return new Primitives(
        "JDK " + Runtime.version().feature(),
        new JdkMlKem(MlKemParameters.ML_KEM_768),
        new JdkMlKem(MlKemParameters.ML_KEM_1024),
        new JdkMlDsa(MlDsaParameters.ML_DSA_65),
        new JdkMlDsa(MlDsaParameters.ML_DSA_87),
        new JdkX25519());
  }

  /**
   * The fastest of each: the JDK's lattices, which take two thirds of Bouncy Castle's time, and
   * Bouncy Castle's X25519, which takes half of the JDK's.
   */
  static Primitives fastest(Primitives jdk) {
    return new Primitives(
        jdk.description() + ", X25519 by " + BOUNCY_CASTLE,
        jdk.mlKem768(),
        jdk.mlKem1024(),
        jdk.mlDsa65(),
        jdk.mlDsa87(),
        new BcX25519());
  }

  static Primitives bouncyCastle() {
    return new Primitives(
        BOUNCY_CASTLE,
        new BcMlKem(MlKemParameters.ML_KEM_768),
        new BcMlKem(MlKemParameters.ML_KEM_1024),
        new BcMlDsa(MlDsaParameters.ML_DSA_65),
        new BcMlDsa(MlDsaParameters.ML_DSA_87),
        new BcX25519());
  }
}
