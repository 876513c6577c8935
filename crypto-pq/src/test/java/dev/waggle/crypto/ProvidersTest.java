package dev.waggle.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.waggle.crypto.toy.SeededRandom;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.crypto.CipherSuite;
import dev.waggle.ports.crypto.Encapsulation;
import dev.waggle.ports.crypto.InvalidKeyMaterial;
import dev.waggle.ports.crypto.KemKeyPair;
import dev.waggle.ports.crypto.KeyEncapsulation;
import dev.waggle.ports.crypto.SignatureScheme;
import dev.waggle.ports.crypto.SigningKeyPair;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The JDK and Bouncy Castle are interchangeable, byte for byte, in both directions. */
@ParameterizedClass(name = "{0} makes, {1} takes: {2}")
@MethodSource("pairs")
final class ProvidersTest {
  private static final byte[] MESSAGE = {1, 2, 3};

  @Parameter(0)
  CryptoChoice making;

  @Parameter(1)
  CryptoChoice taking;

  @Parameter(2)
  String name;

  private CipherSuite maker;
  private CipherSuite taker;

  static Stream<Arguments> pairs() {
    List<String> names = Suites.of(CryptoChoice.JDK).all().stream().map(CipherSuite::name).toList();
    return names.stream()
        .flatMap(
            name ->
                Stream.of(
                    Arguments.of(CryptoChoice.JDK, CryptoChoice.BC, name),
                    Arguments.of(CryptoChoice.BC, CryptoChoice.JDK, name)));
  }

  @BeforeEach
  void takeSuites() {
    maker = Suites.of(making).find(name).orElseThrow();
    taker = Suites.of(taking).find(name).orElseThrow();
  }

  @Test
  void keysAndCiphertexts_areTheSame() throws InvalidKeyMaterial {
    for (int seed = 0; seed < 20; seed++) {
      Bytes key = maker.kem().generate(new SeededRandom(seed)).publicKey();
      assertThat(taker.kem().generate(new SeededRandom(seed)).publicKey()).isEqualTo(key);

      Encapsulation made = maker.kem().encapsulate(key, new SeededRandom(seed));
      Encapsulation other = taker.kem().encapsulate(key, new SeededRandom(seed));
      assertThat(other.ciphertext()).isEqualTo(made.ciphertext());
      assertThat(other.secret()).isEqualTo(made.secret());
    }
  }

  @Test
  void ciphertextsOfOne_areOpenedByTheOther() throws InvalidKeyMaterial {
    KemKeyPair pair = taker.kem().generate(new SeededRandom(1));
    Encapsulation made = maker.kem().encapsulate(pair.publicKey(), new SeededRandom(2));

    assertThat(taker.kem().decapsulate(pair, made.ciphertext())).isEqualTo(made.secret());
  }

  @Test
  void tamperedCiphertexts_areRejectedAlike() throws InvalidKeyMaterial {
    KemKeyPair pair = maker.kem().generate(new SeededRandom(1));
    KemKeyPair twin = taker.kem().generate(new SeededRandom(1));
    SeededRandom random = new SeededRandom(3);

    for (int i = 0; i < 20; i++) {
      Bytes noise = Bytes.wrap(random.bytes(maker.kem().ciphertextLength()));
      assertThat(taker.kem().decapsulate(twin, noise))
          .isEqualTo(maker.kem().decapsulate(pair, noise));
    }
  }

  @Test
  void signaturesAndTheirKeys_areTheSame() {
    for (int seed = 0; seed < 20; seed++) {
      SigningKeyPair pair = maker.signature().generate(new SeededRandom(seed));
      SigningKeyPair twin = taker.signature().generate(new SeededRandom(seed));
      assertThat(twin.publicKey()).isEqualTo(pair.publicKey());
      assertThat(twin.seed()).isEqualTo(pair.seed());

      Bytes signature = maker.signature().sign(pair, MESSAGE, new SeededRandom(seed));
      assertThat(taker.signature().sign(twin, MESSAGE, new SeededRandom(seed)))
          .isEqualTo(signature);
      assertThat(taker.signature().verify(pair.publicKey(), MESSAGE, signature)).isTrue();
    }
  }

  /** The hints at the end of a signature are where parsers differ (FIPS 204 algorithm 21). */
  @Test
  void malformedHints_areRejectedByBoth() {
    SignatureScheme scheme = maker.signature();
    SigningKeyPair pair = scheme.generate(new SeededRandom(1));
    Bytes signature = scheme.sign(pair, MESSAGE, new SeededRandom(2));
    SeededRandom random = new SeededRandom(4);

    for (int i = 0; i < 200; i++) {
      byte[] tampered = signature.toArray();
      byte[] hints = random.bytes(1 + i % 60);
      System.arraycopy(hints, 0, tampered, tampered.length - hints.length, hints.length);
      assertThat(scheme.verify(pair.publicKey(), MESSAGE, Bytes.wrap(tampered))).isFalse();
    }
  }

  @Test
  void coefficientsBeyondTheModulus_areInvalidKeys() {
    KeyEncapsulation kem = maker.kem();
    byte[] key = kem.generate(new SeededRandom(1)).publicKey().toArray();
    int coefficients = 8 * (key.length - 64) / 12;

    for (int at : IntStream.of(0, 1, 100, coefficients / 2, coefficients - 4).toArray()) {
      byte[] tampered = key.clone();
      int offset = at / 2 * 3;
      tampered[offset] = (byte) 0xFF;
      tampered[offset + 1] = (byte) 0xFF;
      assertThatExceptionOfType(InvalidKeyMaterial.class)
          .isThrownBy(() -> kem.encapsulate(Bytes.wrap(tampered), new SeededRandom(1)));
    }
  }
}
