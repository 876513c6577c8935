package dev.waggle.ports.testkit.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.crypto.Encapsulation;
import dev.waggle.ports.crypto.InvalidKeyMaterial;
import dev.waggle.ports.crypto.KemKeyPair;
import dev.waggle.ports.crypto.KeyEncapsulation;
import dev.waggle.ports.crypto.RandomSource;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link KeyEncapsulation} does, whoever computes it. */
public abstract class KeyEncapsulationContract {
  /** The implementation to test. */
  protected abstract KeyEncapsulation kem();

  private final RandomSource random = Seeds.random(1);

  @Test
  void bothSides_shareOneSecret() throws InvalidKeyMaterial {
    KemKeyPair pair = kem().generate(random);
    Encapsulation made = kem().encapsulate(pair.publicKey(), random);

    assertThat(kem().decapsulate(pair, made.ciphertext())).isEqualTo(made.secret());
  }

  @Test
  void lengths_areAsDeclared() throws InvalidKeyMaterial {
    KemKeyPair pair = kem().generate(random);
    Encapsulation made = kem().encapsulate(pair.publicKey(), random);

    assertThat(pair.publicKey().length()).isEqualTo(kem().publicKeyLength());
    assertThat(made.ciphertext().length()).isEqualTo(kem().ciphertextLength());
    assertThat(made.secret().length()).isEqualTo(kem().secretLength());
  }

  @Test
  void sameRandomBytes_giveTheSameKeysAndCiphertexts() throws InvalidKeyMaterial {
    Bytes key = kem().generate(Seeds.random(7)).publicKey();
    assertThat(kem().generate(Seeds.random(7)).publicKey()).isEqualTo(key);

    Encapsulation made = kem().encapsulate(key, Seeds.random(8));
    Encapsulation again = kem().encapsulate(key, Seeds.random(8));
    assertThat(again.ciphertext()).isEqualTo(made.ciphertext());
    assertThat(again.secret()).isEqualTo(made.secret());
  }

  @Test
  void otherRandomBytes_giveOtherKeysAndSecrets() throws InvalidKeyMaterial {
    KemKeyPair pair = kem().generate(random);
    assertThat(kem().generate(random).publicKey()).isNotEqualTo(pair.publicKey());

    Encapsulation made = kem().encapsulate(pair.publicKey(), random);
    Encapsulation other = kem().encapsulate(pair.publicKey(), random);
    assertThat(other.ciphertext()).isNotEqualTo(made.ciphertext());
    assertThat(other.secret()).isNotEqualTo(made.secret());
  }

  @Test
  void publicKeyOfWrongLength_isInvalid() {
    Bytes key = kem().generate(random).publicKey();

    for (Bytes wrong : Tampering.wrongLengths(key)) {
      assertThatExceptionOfType(InvalidKeyMaterial.class)
          .isThrownBy(() -> kem().encapsulate(wrong, random));
    }
  }

  @Test
  void ciphertextOfWrongLength_isInvalid() throws InvalidKeyMaterial {
    KemKeyPair pair = kem().generate(random);
    Bytes ciphertext = kem().encapsulate(pair.publicKey(), random).ciphertext();

    for (Bytes wrong : Tampering.wrongLengths(ciphertext)) {
      assertThatExceptionOfType(InvalidKeyMaterial.class)
          .isThrownBy(() -> kem().decapsulate(pair, wrong));
    }
  }

  @Test
  void tamperedCiphertext_yieldsOneSecretThatNobodyElseHas() throws InvalidKeyMaterial {
    KemKeyPair pair = kem().generate(random);
    Encapsulation made = kem().encapsulate(pair.publicKey(), random);

    for (Bytes tampered : Tampering.flippedBits(made.ciphertext(), 61)) {
      assertThat(kem().decapsulate(pair, tampered))
          .isNotEqualTo(made.secret())
          .isEqualTo(kem().decapsulate(pair, tampered));
    }
  }

  @Test
  void ciphertextForAnotherKey_yieldsAnotherSecret() throws InvalidKeyMaterial {
    KemKeyPair pair = kem().generate(random);
    Encapsulation made = kem().encapsulate(kem().generate(random).publicKey(), random);

    assertThat(kem().decapsulate(pair, made.ciphertext())).isNotEqualTo(made.secret());
  }

  @Test
  void tamperedPublicKey_neverLeadsToASharedSecret() throws InvalidKeyMaterial {
    KemKeyPair pair = kem().generate(random);

    for (Bytes tampered : Tampering.flippedBits(pair.publicKey(), 61)) {
      Encapsulation made;
      try {
        made = kem().encapsulate(tampered, random);
      } catch (InvalidKeyMaterial e) {
        continue; // Seen at once is as good.
      }
      assertThat(kem().decapsulate(pair, made.ciphertext())).isNotEqualTo(made.secret());
    }
  }

  @Test
  void closedPair_keepsItsPublicKeyOnly() throws InvalidKeyMaterial {
    KemKeyPair pair = kem().generate(random);
    Bytes key = pair.publicKey();
    Bytes ciphertext = kem().encapsulate(key, random).ciphertext();

    pair.close();
    pair.close();

    assertThat(pair.publicKey()).isEqualTo(key);
    assertThatIllegalStateException().isThrownBy(() -> kem().decapsulate(pair, ciphertext));
  }

  @Test
  void pairOfAnotherImplementation_isRefused() throws InvalidKeyMaterial {
    Bytes key = kem().generate(random).publicKey();
    Bytes ciphertext = kem().encapsulate(key, random).ciphertext();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> kem().decapsulate(new ForeignKeyPair(key), ciphertext));
  }

  @Test
  void manyThreads_doNotDisturbEachOther() {
    List<Boolean> shared =
        IntStream.range(0, 16).parallel().mapToObj(this::sharesSecretWithSeed).toList();

    assertThat(shared).containsOnly(true);
  }

  private boolean sharesSecretWithSeed(int seed) {
    RandomSource own = Seeds.random(seed);
    try (KemKeyPair pair = kem().generate(own)) {
      Encapsulation made = kem().encapsulate(pair.publicKey(), own);
      return kem().decapsulate(pair, made.ciphertext()).equals(made.secret());
    } catch (InvalidKeyMaterial e) {
      return false;
    }
  }

  private record ForeignKeyPair(Bytes publicKey) implements KemKeyPair {
    @Override
    public void close() {
      // It holds nothing.
    }
  }
}
