package dev.waggle.ports.testkit.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.crypto.InvalidKeyMaterial;
import dev.waggle.ports.crypto.RandomSource;
import dev.waggle.ports.crypto.SecretBytes;
import dev.waggle.ports.crypto.SignatureScheme;
import dev.waggle.ports.crypto.SigningKeyPair;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link SignatureScheme} does, whoever computes it. */
public abstract class SignatureSchemeContract {
  private static final byte[] MESSAGE = "the hive moves".getBytes(StandardCharsets.US_ASCII);

  /** The implementation to test. */
  protected abstract SignatureScheme scheme();

  private final RandomSource random = Seeds.random(2);

  @Test
  void signature_verifiesUnderItsKey() {
    SigningKeyPair pair = scheme().generate(random);

    for (byte[] message : List.of(new byte[0], new byte[1], MESSAGE, new byte[100_000])) {
      Bytes signature = scheme().sign(pair, message, random);
      assertThat(scheme().verify(pair.publicKey(), message, signature)).isTrue();
    }
  }

  @Test
  void lengths_areAsDeclared() {
    SigningKeyPair pair = scheme().generate(random);

    assertThat(pair.publicKey().length()).isEqualTo(scheme().publicKeyLength());
    assertThat(pair.seed().length()).isEqualTo(scheme().seedLength());
    assertThat(scheme().sign(pair, MESSAGE, random).length()).isEqualTo(scheme().signatureLength());
  }

  @Test
  void sameRandomBytes_giveTheSameKeysAndSignatures() {
    SigningKeyPair pair = scheme().generate(Seeds.random(7));
    SigningKeyPair again = scheme().generate(Seeds.random(7));

    assertThat(again.publicKey()).isEqualTo(pair.publicKey());
    assertThat(scheme().sign(again, MESSAGE, Seeds.random(8)))
        .isEqualTo(scheme().sign(pair, MESSAGE, Seeds.random(8)));
  }

  @Test
  void otherRandomBytes_giveOtherKeysAndSignatures() {
    SigningKeyPair pair = scheme().generate(random);

    assertThat(scheme().generate(random).publicKey()).isNotEqualTo(pair.publicKey());
    assertThat(scheme().sign(pair, MESSAGE, random))
        .isNotEqualTo(scheme().sign(pair, MESSAGE, random));
  }

  @Test
  void seed_expandsToTheSamePairAgain() throws InvalidKeyMaterial {
    SigningKeyPair pair = scheme().generate(random);
    SigningKeyPair again = scheme().fromSeed(pair.seed());

    assertThat(again.publicKey()).isEqualTo(pair.publicKey());
    assertThat(again.seed()).isEqualTo(pair.seed());
    Bytes signature = scheme().sign(again, MESSAGE, random);
    assertThat(scheme().verify(pair.publicKey(), MESSAGE, signature)).isTrue();
  }

  @Test
  void wipedSeeds_leaveThePairIntact() throws InvalidKeyMaterial {
    SigningKeyPair pair = scheme().generate(random);
    SecretBytes lent = pair.seed();
    SigningKeyPair again = scheme().fromSeed(lent);

    lent.close();

    assertThat(again.seed()).isEqualTo(pair.seed());
    Bytes signature = scheme().sign(again, MESSAGE, random);
    assertThat(scheme().verify(pair.publicKey(), MESSAGE, signature)).isTrue();
  }

  @Test
  void seedOfWrongLength_isInvalid() {
    Bytes seed = Bytes.copyOf(scheme().generate(random).seed().borrowArray());

    for (Bytes wrong : Tampering.wrongLengths(seed)) {
      assertThatExceptionOfType(InvalidKeyMaterial.class)
          .isThrownBy(() -> scheme().fromSeed(SecretBytes.wrap(wrong.toArray())));
    }
  }

  @Test
  void anotherMessage_doesNotVerify() {
    SigningKeyPair pair = scheme().generate(random);
    Bytes signature = scheme().sign(pair, MESSAGE, random);

    for (Bytes other : Tampering.flippedBits(Bytes.copyOf(MESSAGE), 1)) {
      assertThat(scheme().verify(pair.publicKey(), other.toArray(), signature)).isFalse();
    }
    assertThat(scheme().verify(pair.publicKey(), new byte[0], signature)).isFalse();
  }

  @Test
  void tamperedSignature_doesNotVerify() {
    SigningKeyPair pair = scheme().generate(random);
    Bytes signature = scheme().sign(pair, MESSAGE, random);

    for (Bytes tampered : Tampering.flippedBits(signature, 29)) {
      assertThat(scheme().verify(pair.publicKey(), MESSAGE, tampered)).isFalse();
    }
  }

  @Test
  void anotherKey_doesNotVerify() {
    SigningKeyPair pair = scheme().generate(random);
    Bytes signature = scheme().sign(pair, MESSAGE, random);

    for (Bytes tampered : Tampering.flippedBits(pair.publicKey(), 29)) {
      assertThat(scheme().verify(tampered, MESSAGE, signature)).isFalse();
    }
    assertThat(scheme().verify(scheme().generate(random).publicKey(), MESSAGE, signature))
        .isFalse();
  }

  @Test
  void wrongLengths_doNotVerify() {
    SigningKeyPair pair = scheme().generate(random);
    Bytes signature = scheme().sign(pair, MESSAGE, random);

    for (Bytes wrong : Tampering.wrongLengths(signature)) {
      assertThat(scheme().verify(pair.publicKey(), MESSAGE, wrong)).isFalse();
    }
    for (Bytes wrong : Tampering.wrongLengths(pair.publicKey())) {
      assertThat(scheme().verify(wrong, MESSAGE, signature)).isFalse();
    }
  }

  @Test
  void randomBytesOfTheRightLengths_doNotVerify() {
    Bytes honest = scheme().generate(random).publicKey();

    for (int i = 0; i < 50; i++) {
      Bytes noise = Bytes.wrap(random.bytes(scheme().signatureLength()));
      Bytes key = Bytes.wrap(random.bytes(scheme().publicKeyLength()));
      assertThat(scheme().verify(honest, MESSAGE, noise)).isFalse();
      assertThat(scheme().verify(key, MESSAGE, noise)).isFalse();
    }
  }

  @Test
  void pairOfAnotherImplementation_isRefused() {
    SigningKeyPair pair = scheme().generate(random);
    SigningKeyPair foreign =
        new SigningKeyPair() {
          @Override
          public Bytes publicKey() {
            return pair.publicKey();
          }

          @Override
          public SecretBytes seed() {
            return pair.seed();
          }
        };

    assertThatIllegalArgumentException().isThrownBy(() -> scheme().sign(foreign, MESSAGE, random));
  }

  @Test
  void manyThreads_mayShareOnePair() {
    SigningKeyPair pair = scheme().generate(random);

    List<Boolean> verified =
        IntStream.range(0, 16)
            .parallel()
            .mapToObj(
                seed -> {
                  byte[] message = {(byte) seed};
                  Bytes signature = scheme().sign(pair, message, Seeds.random(seed));
                  return scheme().verify(pair.publicKey(), message, signature);
                })
            .toList();

    assertThat(verified).containsOnly(true);
  }
}
