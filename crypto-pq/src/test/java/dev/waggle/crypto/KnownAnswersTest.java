package dev.waggle.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.crypto.CipherSuite;
import dev.waggle.ports.crypto.Encapsulation;
import dev.waggle.ports.crypto.InvalidKeyMaterial;
import dev.waggle.ports.crypto.KemKeyPair;
import dev.waggle.ports.crypto.KeyEncapsulation;
import dev.waggle.ports.crypto.RandomSource;
import dev.waggle.ports.crypto.SecretBytes;
import dev.waggle.ports.crypto.SignatureScheme;
import dev.waggle.ports.crypto.SigningKeyPair;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.bouncycastle.crypto.digests.SHAKEDigest;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Published test vectors; long values stand here as their SHA-256. */
@ParameterizedClass
@EnumSource(CryptoChoice.class)
final class KnownAnswersTest {
  @Parameter CryptoChoice choice;

  /** RFC 9935 appendix C: the public keys of the seed 00, 01, ... 3f. */
  @ParameterizedTest
  @CsvSource({
    "mlkem768-mldsa65,  0b7934c83125c788995e2ba6bd761e33046b3e40571be53e023309a29f398cc9",
    "mlkem1024-mldsa87, c7b8fa0aa471d5ae18922d6ccad5b31e1d84f92ae723abfd13747018740a8530",
  })
  void mlKemKeyOfKnownSeed_isThePublishedOne(String suite, String hash) {
    KemKeyPair pair = suite(suite).kem().generate(script(counting(64)));

    assertThat(sha256(pair.publicKey())).isEqualTo(hash);
  }

  /** RFC 9881 appendix C: the public keys of the seed 00, 01, ... 1f. */
  @ParameterizedTest
  @CsvSource({
    "mlkem768-mldsa65,  d666806e11cee19a7c989f7445f90dd419cf4d2d51db8c0fdb4c0f0a542238c9",
    "mlkem1024-mldsa87, 91dc389cfaa01470b7f66eee45a4ae9026d154817c754dfe22298b3fa241ffcd",
  })
  void mlDsaKeyOfKnownSeed_isThePublishedOne(String suite, String hash) throws InvalidKeyMaterial {
    SigningKeyPair pair = suite(suite).signature().fromSeed(SecretBytes.wrap(counting(32)));

    assertThat(sha256(pair.publicKey())).isEqualTo(hash);
  }

  /** Project Wycheproof, mldsa_65_sign_seed_test and mldsa_87_sign_seed_test, number 1. */
  @ParameterizedTest
  @CsvSource({
    "mlkem768-mldsa65,  39fbbb0d97a52c79844213b325af823a7f16a174e00a5b3daeb3e6e6d1c89681",
    "mlkem1024-mldsa87, 1ad45bd0419e694375bd38ec11d8e0c228ab9ffac2fce4adbe6218d9c949e293",
  })
  void mlDsaSignatureWithoutRandomness_isThePublishedOne(String suite, String hash)
      throws InvalidKeyMaterial {
    byte[] seed = new byte[32];
    Arrays.fill(seed, (byte) 0x2a);
    byte[] message = "Hello world".getBytes(StandardCharsets.US_ASCII);
    SignatureScheme scheme = suite(suite).signature();

    SigningKeyPair pair = scheme.fromSeed(SecretBytes.wrap(seed));

    assertThat(sha256(scheme.sign(pair, message, script(new byte[32])))).isEqualTo(hash);
  }

  /** draft-connolly-cfrg-xwing-kem, appendix C; SHAKE-256 expands the draft's one seed to ours. */
  @ParameterizedTest
  @CsvSource({
    "7f9c2ba4e88f827d616045507605853ed73b8093f6efbc88eb1a6eacfa66ef26,"
        + " 3cb1eea988004b93103cfb0aeefd2a686e01fa4a58e8a3639ca8a1e3f9ae57e2"
        + "35b8cc873c23dc62b8d260169afa2f75ab916a58d974918835d25e6a435085b2,"
        + " 2e816deebcd76c5c80d0cd2d174478871658e8e2ff42bc9d4a6e486372e856bb,"
        + " 17cd532d657e44c897ca6583e548a5424fc70bf54f99515a4d2bcf99e3469f33,"
        + " d2df0522128f09dd8e2c92b1e905c793d8f57a54c3da25861f10bf4ca613e384",
    "badfd6dfaac359a5efbb7bcc4b59d538df9a04302e10c8bc1cbf1a0b3a5120ea,"
        + " 17cda7cfad765f5623474d368ccca8af0007cd9f5e4c849f167a580b14aabdef"
        + "aee7eef47cb0fca9767be1fda69419dfb927e9df07348b196691abaeb580b32d,"
        + " c42ba5f8430d7d2c83739338203819f090e8303ce9c8b02107c272bfa5376916,"
        + " 1661ea86d608a1924ba30840cb0a65f13ae051e3aec9cf0f064efc0bc92f2154,"
        + " f2e86241c64d60f6649fbc6c5b7d17180b780a3f34355e64a85749949c45f150",
    "ef58538b8d23f87732ea63b02b4fa0f4873360e2841928cd60dd4cee8cc0d4c9,"
        + " 22a96188d032675c8ac850933c7aff1533b94c834adbb69c6115bad4692d8619"
        + "f90b0cdf8a7b9c264029ac185b70b83f2801f2f4b3f70c593ea3aeeb613a7f1b,"
        + " 6b080d6b84f095342092fa7a22423e58bd681397ad0ef00eac92bd254db4fa95,"
        + " d3ca5578500344b5896cffc4fd740c9311946b82951df155e6fd86a7966b43c6,"
        + " 953f7f4e8c5b5049bdc771d1dffada0dd961477d1a2ae0988baa7ea6898d893f",
  })
  void xWing_isThePublishedOne(
      String seed, String encapsulationSeed, String keyHash, String ciphertextHash, String secret)
      throws InvalidKeyMaterial {
    KeyEncapsulation kem = suite("x25519mlkem768-mldsa65").kem();
    KemKeyPair pair = kem.generate(script(shake256(hex(seed), 96)));
    Encapsulation made = kem.encapsulate(pair.publicKey(), script(hex(encapsulationSeed)));

    assertThat(sha256(pair.publicKey())).isEqualTo(keyHash);
    assertThat(sha256(made.ciphertext())).isEqualTo(ciphertextHash);
    assertThat(made.secret().borrowArray()).isEqualTo(hex(secret));
    assertThat(kem.decapsulate(pair, made.ciphertext()).borrowArray()).isEqualTo(hex(secret));
  }

  /** The points of small order of Curve25519, and their non-canonical encodings. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
        "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "0000000000000000000000000000000000000000000000000000000000000080",
      })
  void xWingWithAPointOfSmallOrder_isInvalid(String point) throws InvalidKeyMaterial {
    KeyEncapsulation kem = suite("x25519mlkem768-mldsa65").kem();
    KemKeyPair pair = kem.generate(new SystemRandom());
    byte[] key = pair.publicKey().toArray();
    byte[] ciphertext =
        kem.encapsulate(pair.publicKey(), new SystemRandom()).ciphertext().toArray();
    System.arraycopy(hex(point), 0, key, key.length - 32, 32);
    System.arraycopy(hex(point), 0, ciphertext, ciphertext.length - 32, 32);

    assertThatExceptionOfType(InvalidKeyMaterial.class)
        .isThrownBy(() -> kem.encapsulate(Bytes.wrap(key), new SystemRandom()));
    assertThatExceptionOfType(InvalidKeyMaterial.class)
        .isThrownBy(() -> kem.decapsulate(pair, Bytes.wrap(ciphertext)));
  }

  private CipherSuite suite(String name) {
    return Suites.of(choice).find(name).orElseThrow();
  }

  /** Gives these bytes in this order, and fails if they are not enough. */
  private static RandomSource script(byte[] bytes) {
    int[] position = {0};
    return target -> {
      System.arraycopy(bytes, position[0], target, 0, target.length);
      position[0] += target.length;
    };
  }

  private static byte[] counting(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) i;
    }
    return bytes;
  }

  private static byte[] shake256(byte[] seed, int length) {
    SHAKEDigest shake = new SHAKEDigest(256);
    shake.update(seed, 0, seed.length);
    byte[] output = new byte[length];
    shake.doFinal(output, 0, length);
    return output;
  }

  private static String sha256(Bytes bytes) {
    return HexFormat.of().formatHex(new JdkHash("SHA-256").hash(bytes.borrowArray()));
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }
}
