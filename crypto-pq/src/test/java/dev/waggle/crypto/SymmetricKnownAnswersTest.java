package dev.waggle.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.waggle.ports.crypto.Aead;
import dev.waggle.ports.crypto.SecretBytes;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Published test vectors of AES-GCM, SHA-2, HMAC and HKDF. */
final class SymmetricKnownAnswersTest {
  private static final Aead AES_GCM = new AesGcm();

  /** McGrew and Viega, The Galois/Counter Mode of Operation, test cases 13, 14 and 16. */
  @ParameterizedTest
  @CsvSource({
    "0000000000000000000000000000000000000000000000000000000000000000,"
        + "000000000000000000000000, '', '', 530f8afbc74536b9a963b4f1c4cb738b",
    "0000000000000000000000000000000000000000000000000000000000000000,"
        + "000000000000000000000000, '', 00000000000000000000000000000000,"
        + "cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919",
    "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308,"
        + "cafebabefacedbaddecaf888, feedfacedeadbeeffeedfacedeadbeefabaddad2,"
        + "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
        + "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39,"
        + "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
        + "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662"
        + "76fc6ece0f4e1768cddf8853bb2d551b",
  })
  void aesGcm_isThePublishedOne(String key, String nonce, String aad, String text, String sealed) {
    byte[] buffer = hex(aad + text + "00".repeat(16));
    int aadLength = aad.length() / 2;
    int length = text.length() / 2;

    AES_GCM
        .sealer(SecretBytes.wrap(hex(key)))
        .seal(hex(nonce), buffer, 0, aadLength, aadLength, length);
    assertThat(buffer).isEqualTo(hex(aad + sealed));

    byte[] plaintext = new byte[length];
    int opened =
        AES_GCM
            .opener(SecretBytes.wrap(hex(key)))
            .open(hex(nonce), buffer, 0, aadLength, aadLength, length + 16, plaintext);
    assertThat(opened).isEqualTo(length);
    assertThat(plaintext).isEqualTo(hex(text));
  }

  @Test
  void sameNonceTwiceInARow_isRefused() {
    Aead.Sealer sealer = AES_GCM.sealer(SecretBytes.wrap(new byte[32]));
    sealer.seal(new byte[12], new byte[32], 0, 4, 4, 8);

    assertThatIllegalStateException()
        .isThrownBy(() -> sealer.seal(new byte[12], new byte[32], 0, 4, 4, 8));
  }

  @Test
  void nonceOfWrongLength_isRefused() {
    Aead.Sealer sealer = AES_GCM.sealer(SecretBytes.wrap(new byte[32]));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> sealer.seal(new byte[16], new byte[32], 0, 4, 4, 8));
  }

  /** FIPS 180-4, the examples for "abc". */
  @ParameterizedTest
  @CsvSource({
    "SHA-256, ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    "SHA-384, cb00753f45a35e8bb5a03d699ac65007272c32ab0eded163"
        + "1a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7",
  })
  void sha2_isThePublishedOne(String algorithm, String hash) {
    JdkHash function = new JdkHash(algorithm);

    assertThat(function.hash("abc".getBytes(StandardCharsets.US_ASCII))).isEqualTo(hex(hash));
    assertThat(function.length()).isEqualTo(hash.length() / 2);
    assertThat(function.algorithm()).isEqualTo(algorithm);
  }

  /** RFC 4231 §4.3, test case 2. */
  @ParameterizedTest
  @CsvSource({
    "HmacSHA256, 5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
    "HmacSHA384, af45d2e376484031617f78d2b58a6b1b9c7ef464f5a01b47"
        + "e42ec3736322445e8e2240ca5e69e2c78b3239ecfab21649",
  })
  void hmac_isThePublishedOne(String algorithm, String mac) {
    SecretBytes key = SecretBytes.wrap("Jefe".getBytes(StandardCharsets.US_ASCII));
    byte[] message = "what do ya want for nothing?".getBytes(StandardCharsets.US_ASCII);

    assertThat(new Hkdf(algorithm).mac(key, message)).isEqualTo(hex(mac));
  }

  /** RFC 5869 appendix A, test cases 1 to 3. */
  @ParameterizedTest
  @CsvSource({
    "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b, 000102030405060708090a0b0c,"
        + "f0f1f2f3f4f5f6f7f8f9,"
        + "077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5,"
        + "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865",
    "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"
        + "202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f"
        + "404142434445464748494a4b4c4d4e4f,"
        + "606162636465666768696a6b6c6d6e6f707172737475767778797a7b7c7d7e7f"
        + "808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f"
        + "a0a1a2a3a4a5a6a7a8a9aaabacadaeaf,"
        + "b0b1b2b3b4b5b6b7b8b9babbbcbdbebfc0c1c2c3c4c5c6c7c8c9cacbcccdcecf"
        + "d0d1d2d3d4d5d6d7d8d9dadbdcdddedfe0e1e2e3e4e5e6e7e8e9eaebecedeeef"
        + "f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff,"
        + "06a6b88c5853361a06104c9ceb35b45cef760014904671014a193f40c15fc244,"
        + "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c"
        + "59045a99cac7827271cb41c65e590e09da3275600c2f09b8367793a9aca3db71"
        + "cc30c58179ec3e87c14c01d5c1f3434f1d87",
    "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b, '', '',"
        + "19ef24a32c717b167f33a91d6f648bdf96596776afdb6377ac434c1c293ccb04,"
        + "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8",
  })
  void hkdf_isThePublishedOne(String material, String salt, String info, String prk, String okm) {
    Hkdf hkdf = new Hkdf("HmacSHA256");

    SecretBytes extracted = hkdf.extract(hex(salt), SecretBytes.wrap(hex(material)));
    assertThat(extracted.borrowArray()).isEqualTo(hex(prk));

    SecretBytes expanded = hkdf.expand(extracted, hex(info), okm.length() / 2);
    assertThat(expanded.borrowArray()).isEqualTo(hex(okm));
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }
}
