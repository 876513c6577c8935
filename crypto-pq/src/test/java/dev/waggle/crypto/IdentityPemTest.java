package dev.waggle.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.waggle.ports.crypto.SecretBytes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.PBEParameterSpec;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.crypto.params.MLDSAPrivateKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyInfoFactory;
import org.bouncycastle.util.io.pem.PemReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class IdentityPemTest {
  /** RFC 9881 appendix C.1: the seed 00, 01, ... 1f in the seed form. */
  private static final String PUBLISHED_65 =
      """
      -----BEGIN PRIVATE KEY-----
      MDQCAQAwCwYJYIZIAWUDBAMSBCKAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZ
      GhscHR4f
      -----END PRIVATE KEY-----
      """;

  private static final String PUBLISHED_87 = PUBLISHED_65.replace("DBAMSBCKA", "DBAMTBCKA");

  private static final byte[] SEED = counting(32);
  private static final String PASSPHRASE = "correct horse";

  @Test
  void clearKey_isWrittenAsPublished() {
    assertThat(encoded("ML-DSA-65", null)).isEqualTo(PUBLISHED_65);
    assertThat(encoded("ML-DSA-87", null)).isEqualTo(PUBLISHED_87);
  }

  @Test
  void clearKey_isWrittenAsBouncyCastleDoes() throws IOException {
    MLDSAPrivateKeyParameters key =
        new MLDSAPrivateKeyParameters(MlDsaParameters.ML_DSA_65.bouncyCastle(), SEED)
            .getParametersWithFormat(MLDSAPrivateKeyParameters.SEED_ONLY);

    assertThat(der(encoded("ML-DSA-65", null)))
        .isEqualTo(PrivateKeyInfoFactory.createPrivateKeyInfo(key).getEncoded("DER"));
  }

  @Test
  void anotherAlgorithm_isNotWritten() {
    assertThatIllegalArgumentException().isThrownBy(() -> encoded("ML-DSA-44", null));
  }

  @Test
  void publishedKeys_areRead() throws UnusableFile, IOException {
    assertThat(decode(PUBLISHED_65).algorithm()).isEqualTo("ML-DSA-65");
    assertThat(decode(PUBLISHED_65).seed()).isEqualTo(SecretBytes.wrap(SEED));
    assertThat(decode(PUBLISHED_87).algorithm()).isEqualTo("ML-DSA-87");
    assertThat(decode(PUBLISHED_87).seed()).isEqualTo(SecretBytes.wrap(SEED));
  }

  @Test
  void linesOfWindowsAndCommentsAround_areRead() throws UnusableFile, IOException {
    String decorated = "my node\n" + PUBLISHED_65 + "\nkeep it safe\n";

    assertThat(decode(decorated.replace("\n", "\r\n")).seed()).isEqualTo(SecretBytes.wrap(SEED));
  }

  @ParameterizedTest
  @ValueSource(strings = {"*", "-", "\n"})
  void junkWithinTheKey_isDamaged(String junk) {
    assertUnusable(PUBLISHED_65.replace("GhscHR4f", "Ghsc" + junk + "R4f"), "is damaged");
  }

  @Test
  void seedWithItsExpandedKey_isRead() throws UnusableFile, IOException {
    String both = pem(MlDsaParameters.ML_DSA_65, both(SEED, expanded(SEED)));

    assertThat(decode(both).algorithm()).isEqualTo("ML-DSA-65");
    assertThat(decode(both).seed()).isEqualTo(SecretBytes.wrap(SEED));
  }

  @Test
  void seedWithAnotherExpandedKey_isRefused() {
    byte[] expanded = expanded(SEED);
    expanded[expanded.length - 1] ^= 1;

    assertUnusable(
        pem(MlDsaParameters.ML_DSA_65, both(SEED, expanded)),
        "holds a seed and an expanded key that contradict each other");
  }

  @Test
  void expandedKeyAlone_isRefused() {
    assertUnusable(
        pem(MlDsaParameters.ML_DSA_65, new DEROctetString(expanded(SEED))),
        "holds an expanded ML-DSA-65 key without its seed");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 31, 33, 64})
  void seedOfWrongLength_isDamaged(int length) {
    ASN1Encodable seed = new DERTaggedObject(false, 0, new DEROctetString(new byte[length]));

    assertUnusable(pem(MlDsaParameters.ML_DSA_65, seed), "is damaged");
    assertUnusable(
        pem(MlDsaParameters.ML_DSA_65, both(new byte[length], expanded(SEED))), "is damaged");
  }

  @Test
  void keyOfUnknownForm_isDamaged() {
    assertUnusable(pem(MlDsaParameters.ML_DSA_65, DERNull.INSTANCE), "is damaged");
    assertUnusable(pem(MlDsaParameters.ML_DSA_65, new DERSequence()), "is damaged");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Ed25519", "ML-DSA-44"})
  void keyOfAnotherAlgorithm_isRefused(String algorithm) throws GeneralSecurityException {
    byte[] der =
        KeyPairGenerator.getInstance(algorithm).generateKeyPair().getPrivate().getEncoded();

    assertUnusable(pem("PRIVATE KEY", der), "holds a key of another algorithm");
  }

  @Test
  void somethingElseInPem_isRefused() {
    assertUnusable(
        pem("PUBLIC KEY", new byte[64]), "holds a PUBLIC KEY, and not a PKCS#8 private key");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no PEM at all",
        "-----BEGIN PRIVATE KEY-----\n",
        "-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----\n",
        "-----BEGIN PRIVATE KEY-----\nMDQCAQAwCwYJ\n-----END PRIVATE KEY-----\n",
        "-----BEGIN PRIVATE KEY-----\n????\n-----END PRIVATE KEY-----\n",
        "-----BEGIN PRIVATE KEY-----\nBAA=\n-----END PRIVATE KEY-----\n",
      })
  void text_thatIsNoKey_isDamaged(String text) {
    assertUnusable(text, "is damaged");
  }

  /** Whatever a disk makes of the file: a key or a complaint, never another exception. */
  @Test
  void everyCorruptedByte_givesAKeyOrAComplaint() throws IOException {
    byte[] text = PUBLISHED_65.getBytes(StandardCharsets.US_ASCII);
    int refused = 0;
    for (int at = 0; at < text.length; at++) {
      byte[] corrupted = text.clone();
      corrupted[at] ^= 0x11;
      try {
        IdentityPem.decode(corrupted, IdentityPemTest::noPassphrase);
      } catch (UnusableFile e) {
        refused++;
      }
    }
    // What remains are other seeds: 32 bytes in 43 characters.
    assertThat(refused).isGreaterThan(text.length - 43 - 5);
  }

  @Test
  void everyTruncation_isRefused() throws IOException {
    int end = PUBLISHED_65.indexOf("-----END");
    for (int length = 0; length < end; length++) {
      assertUnusable(PUBLISHED_65.substring(0, length), "is damaged");
    }
  }

  @Test
  void encryptedKey_opensWithItsPassphraseOnly() throws UnusableFile, IOException {
    String text = encoded("ML-DSA-87", PASSPHRASE);
    assertThat(text).startsWith("-----BEGIN ENCRYPTED PRIVATE KEY-----\n");

    char[] passphrase = PASSPHRASE.toCharArray();
    IdentityPem.Key key =
        IdentityPem.decode(text.getBytes(StandardCharsets.US_ASCII), () -> passphrase);

    assertThat(key.algorithm()).isEqualTo("ML-DSA-87");
    assertThat(key.seed()).isEqualTo(SecretBytes.wrap(SEED));
    assertThat(passphrase).containsOnly('\0');
    assertThatExceptionOfType(UnusableFile.class)
        .isThrownBy(
            () ->
                IdentityPem.decode(
                    text.getBytes(StandardCharsets.US_ASCII), "Correct horse"::toCharArray))
        .withMessageContaining("the passphrase is wrong, or the file is damaged");
  }

  @Test
  void encryptedKey_opensWithTheJdk() throws IOException, GeneralSecurityException {
    EncryptedPrivateKeyInfo info =
        new EncryptedPrivateKeyInfo(der(encoded("ML-DSA-65", PASSPHRASE)));
    AlgorithmParameters parameters = info.getAlgParameters();
    assertThat(parameters.toString()).isEqualTo("PBEWithHmacSHA256AndAES_256");
    assertThat(parameters.getParameterSpec(PBEParameterSpec.class).getIterationCount())
        .isEqualTo(600_000);

    Cipher cipher = Cipher.getInstance(parameters.toString());
    cipher.init(Cipher.DECRYPT_MODE, jdkKey(), parameters);

    assertThat(cipher.doFinal(info.getEncryptedData())).isEqualTo(der(PUBLISHED_65));
  }

  @Test
  void keyEncryptedByTheJdk_opens() throws IOException, GeneralSecurityException, UnusableFile {
    Cipher cipher = Cipher.getInstance("PBEWithHmacSHA256AndAES_256");
    PBEParameterSpec spec =
        new PBEParameterSpec(counting(16), 2_048, new IvParameterSpec(counting(16)));
    cipher.init(Cipher.ENCRYPT_MODE, jdkKey(), spec, new SecureRandom());
    byte[] encrypted = cipher.doFinal(der(PUBLISHED_65));
    String text = pem("ENCRYPTED PRIVATE KEY", encryptedKeyInfo(cipher.getParameters(), encrypted));

    IdentityPem.Key key =
        IdentityPem.decode(text.getBytes(StandardCharsets.US_ASCII), PASSPHRASE::toCharArray);

    assertThat(key.seed()).isEqualTo(SecretBytes.wrap(SEED));
  }

  /** Two billion iterations would take half an hour, in which the node seems to hang. */
  @Test
  void encryptionThatAsksForAbsurdWork_isRefused() throws IOException, GeneralSecurityException {
    AlgorithmParameters parameters = AlgorithmParameters.getInstance("PBEWithHmacSHA256AndAES_256");
    parameters.init(
        new PBEParameterSpec(counting(16), Integer.MAX_VALUE, new IvParameterSpec(counting(16))));
    String text = pem("ENCRYPTED PRIVATE KEY", encryptedKeyInfo(parameters, new byte[64]));

    assertThatExceptionOfType(UnusableFile.class)
        .isThrownBy(
            () ->
                IdentityPem.decode(
                    text.getBytes(StandardCharsets.US_ASCII), PASSPHRASE::toCharArray))
        .withMessageStartingWith("asks for 2147483647 iterations of PBKDF2");
  }

  private static byte[] encryptedKeyInfo(AlgorithmParameters parameters, byte[] encrypted)
      throws IOException {
    AlgorithmIdentifier algorithm =
        new AlgorithmIdentifier(
            PKCSObjectIdentifiers.id_PBES2, ASN1Primitive.fromByteArray(parameters.getEncoded()));
    return new org.bouncycastle.asn1.pkcs.EncryptedPrivateKeyInfo(algorithm, encrypted)
        .getEncoded("DER");
  }

  private static SecretKey jdkKey() throws GeneralSecurityException {
    return SecretKeyFactory.getInstance("PBEWithHmacSHA256AndAES_256")
        .generateSecret(new PBEKeySpec(PASSPHRASE.toCharArray()));
  }

  private static String encoded(String algorithm, String passphrase) {
    char[] characters = passphrase == null ? null : passphrase.toCharArray();
    byte[] text = IdentityPem.encode(algorithm, SecretBytes.wrap(SEED.clone()), characters);
    return new String(text, StandardCharsets.US_ASCII);
  }

  private static IdentityPem.Key decode(String text) throws UnusableFile, IOException {
    return IdentityPem.decode(
        text.getBytes(StandardCharsets.US_ASCII), IdentityPemTest::noPassphrase);
  }

  private static char[] noPassphrase() {
    throw new AssertionError("nobody asked for encryption");
  }

  private static void assertUnusable(String text, String message) {
    assertThatExceptionOfType(UnusableFile.class)
        .isThrownBy(() -> decode(text))
        .withMessageStartingWith(message);
  }

  private static byte[] expanded(byte[] seed) {
    return new MLDSAPrivateKeyParameters(MlDsaParameters.ML_DSA_65.bouncyCastle(), seed)
        .getEncoded();
  }

  private static ASN1Encodable both(byte[] seed, byte[] expanded) {
    ASN1EncodableVector elements = new ASN1EncodableVector();
    elements.add(new DEROctetString(seed));
    elements.add(new DEROctetString(expanded));
    return new DERSequence(elements);
  }

  private static String pem(MlDsaParameters parameters, ASN1Encodable key) {
    try {
      AlgorithmIdentifier algorithm =
          new AlgorithmIdentifier(new ASN1ObjectIdentifier(parameters.objectIdentifier()));
      return pem("PRIVATE KEY", new PrivateKeyInfo(algorithm, key).getEncoded("DER"));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String pem(String type, byte[] der) {
    return "-----BEGIN %s-----%n%s%n-----END %s-----%n"
        .formatted(type, Base64.getMimeEncoder().encodeToString(der), type);
  }

  private static byte[] der(String pem) throws IOException {
    byte[] text = pem.getBytes(StandardCharsets.US_ASCII);
    try (PemReader reader =
        new PemReader(
            new InputStreamReader(new ByteArrayInputStream(text), StandardCharsets.US_ASCII))) {
      return reader.readPemObject().getContent();
    }
  }

  private static byte[] counting(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) i;
    }
    return bytes;
  }
}
