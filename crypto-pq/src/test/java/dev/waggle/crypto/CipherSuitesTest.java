package dev.waggle.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.waggle.ports.crypto.CipherSuite;
import dev.waggle.ports.crypto.SignatureScheme;
import java.security.GeneralSecurityException;
import java.security.NoSuchAlgorithmException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class CipherSuitesTest {
  @ParameterizedTest
  @EnumSource(CryptoChoice.class)
  void suites_standInTheOrderOfTheRegistry(CryptoChoice choice) {
    assertThat(Suites.of(choice).all())
        .extracting(CipherSuite::toString)
        .containsExactly(
            "0x0001 mlkem768-mldsa65", "0x0002 mlkem1024-mldsa87", "0x0003 x25519mlkem768-mldsa65");
  }

  @ParameterizedTest
  @CsvSource({
    "mlkem768-mldsa65, ML-KEM-768, ML-DSA-65, SHA-256",
    "mlkem1024-mldsa87, ML-KEM-1024, ML-DSA-87, SHA-384",
    "x25519mlkem768-mldsa65, X-Wing, ML-DSA-65, SHA-256",
  })
  void suite_hasTheRegisteredAlgorithms(String name, String kem, String signature, String hash) {
    CipherSuite suite = Suites.of(CryptoChoice.AUTO).find(name).orElseThrow();

    assertThat(suite.kem().algorithm()).isEqualTo(kem);
    assertThat(suite.signature().algorithm()).isEqualTo(signature);
    assertThat(suite.aead().algorithm()).isEqualTo("AES-256-GCM");
    assertThat(suite.hash().algorithm()).isEqualTo(hash);
  }

  @Test
  void suite_isFoundByItsNameAndItsId() {
    CipherSuites suites = Suites.of(CryptoChoice.AUTO);

    for (CipherSuite suite : suites.all()) {
      assertThat(suites.find(suite.name())).containsSame(suite);
      assertThat(suites.find(suite.hexId())).containsSame(suite);
    }
    assertThat(suites.find("rot13")).isEmpty();
    assertThat(suites.find("0x0004")).isEmpty();
  }

  @Test
  void signatures_areThoseOfTheSuites() {
    CipherSuites suites = Suites.of(CryptoChoice.AUTO);

    assertThat(suites.signatures())
        .extracting(SignatureScheme::algorithm)
        .containsExactly("ML-DSA-65", "ML-DSA-87");
    assertThat(suites.all()).allMatch(suite -> suites.signatures().contains(suite.signature()));
  }

  @Test
  void auto_takesTheFasterOfEach() {
    CipherSuites suites = Suites.of(CryptoChoice.AUTO);

    assertThat(suites.describe())
        .isEqualTo(
            "JDK %d, X25519 by Bouncy Castle (auto: the fastest)"
                .formatted(Runtime.version().feature()));
    assertThat(suites.all().getFirst().kem()).isInstanceOf(JdkMlKem.class);
    assertThat(suites.all().getFirst().signature()).isInstanceOf(JdkMlDsa.class);
  }

  @Test
  void autoOnAPoorerJava_takesBouncyCastle() throws CryptoUnavailable {
    CipherSuites suites = CipherSuites.create(CryptoChoice.AUTO, CipherSuitesTest::poorJava);

    assertThat(suites.describe())
        .isEqualTo("Bouncy Castle (auto: this Java lacks an algorithm: no ML-KEM-768)");
    assertThat(suites.all().getFirst().kem()).isInstanceOf(BcMlKem.class);
    assertThat(suites.all().getFirst().signature()).isInstanceOf(BcMlDsa.class);
  }

  @Test
  void jdkOnAPoorerJava_isUnavailable() {
    assertThatExceptionOfType(CryptoUnavailable.class)
        .isThrownBy(() -> CipherSuites.create(CryptoChoice.JDK, CipherSuitesTest::poorJava))
        .withMessageContaining("no ML-KEM-768")
        .withMessageContaining("choose auto or bc");
  }

  @Test
  void bouncyCastleOnAPoorerJava_isAvailable() throws CryptoUnavailable {
    assertThat(CipherSuites.create(CryptoChoice.BC, CipherSuitesTest::poorJava).describe())
        .isEqualTo("Bouncy Castle (as chosen)");
  }

  private static Primitives poorJava() throws GeneralSecurityException {
    throw new NoSuchAlgorithmException("no ML-KEM-768");
  }

  @Test
  void choices_readAsInTheConfiguration() {
    assertThat(CryptoChoice.values())
        .extracting(CryptoChoice::toString)
        .containsExactly("auto", "jdk", "bc");
  }
}
