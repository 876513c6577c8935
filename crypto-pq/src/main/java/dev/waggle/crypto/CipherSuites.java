package dev.waggle.crypto;

import dev.waggle.ports.crypto.Aead;
import dev.waggle.ports.crypto.CipherSuite;
import dev.waggle.ports.crypto.HashFunction;
import dev.waggle.ports.crypto.KeyDerivation;
import dev.waggle.ports.crypto.SignatureScheme;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;

/** The registered cipher suites (PROTOCOL §3), computed by the provider that was chosen. */
public final class CipherSuites {
  private final List<CipherSuite> suites;
  private final List<SignatureScheme> signatures;
  private final String description;

  private CipherSuites(Primitives primitives, String description) {
    Aead aesGcm = new AesGcm();
    HashFunction sha256 = new JdkHash("SHA-256");
    KeyDerivation hkdf256 = new Hkdf("HmacSHA256");
    this.suites =
        List.of(
            new CipherSuite(
                0x0001,
                "mlkem768-mldsa65",
                primitives.mlKem768(),
                primitives.mlDsa65(),
                aesGcm,
                sha256,
                hkdf256),
            new CipherSuite(
                0x0002,
                "mlkem1024-mldsa87",
                primitives.mlKem1024(),
                primitives.mlDsa87(),
                aesGcm,
                new JdkHash("SHA-384"),
                new Hkdf("HmacSHA384")),
            new CipherSuite(
                0x0003,
                "x25519mlkem768-mldsa65",
                new XWing(primitives.mlKem768(), primitives.x25519()),
                primitives.mlDsa65(),
                aesGcm,
                sha256,
                hkdf256));
    this.signatures = List.of(primitives.mlDsa65(), primitives.mlDsa87());
    this.description = description;
  }

  /**
   * Makes the suites.
   *
   * @throws CryptoUnavailable if {@code choice} is the JDK and this Java lacks an algorithm
   */
  public static CipherSuites create(CryptoChoice choice) throws CryptoUnavailable {
    return create(choice, Primitives::jdk);
  }

  static CipherSuites create(CryptoChoice choice, JdkPrimitives jdk) throws CryptoUnavailable {
    return switch (choice) {
      case BC -> bouncyCastle(" (as chosen)");
      case JDK -> jdkOnly(jdk);
      case AUTO -> auto(jdk);
    };
  }

  private static CipherSuites jdkOnly(JdkPrimitives jdk) throws CryptoUnavailable {
    try {
      Primitives primitives = jdk.create();
      return new CipherSuites(primitives, primitives.description() + " (as chosen)");
    } catch (GeneralSecurityException e) {
      throw new CryptoUnavailable(
          "crypto = jdk: this Java lacks an algorithm ("
              + e.getMessage()
              + "); choose auto or bc, or run a complete Java 25",
          e);
    }
  }

  private static CipherSuites auto(JdkPrimitives jdk) {
    try {
      Primitives primitives = Primitives.fastest(jdk.create());
      return new CipherSuites(primitives, primitives.description() + " (auto: the fastest)");
    } catch (GeneralSecurityException e) {
      return bouncyCastle(" (auto: this Java lacks an algorithm: " + e.getMessage() + ")");
    }
  }

  private static CipherSuites bouncyCastle(String why) {
    Primitives primitives = Primitives.bouncyCastle();
    return new CipherSuites(primitives, primitives.description() + why);
  }

  /** All suites, in the order of the registry, the default first. */
  public List<CipherSuite> all() {
    return suites;
  }

  /** The suite of that name or hexadecimal id, for example {@code 0x0001}. */
  public Optional<CipherSuite> find(String nameOrId) {
    return suites.stream()
        .filter(suite -> suite.name().equals(nameOrId) || suite.hexId().equals(nameOrId))
        .findFirst();
  }

  /** The signature schemes of all suites, each once: what an identity's key may be for. */
  public List<SignatureScheme> signatures() {
    return signatures;
  }

  /** Who computes, and why: one line for the operator. */
  public String describe() {
    return description;
  }

  /** Where the JDK's primitives come from; tests put a Java without them here. */
  @FunctionalInterface
  interface JdkPrimitives {
    Primitives create() throws GeneralSecurityException;
  }
}
