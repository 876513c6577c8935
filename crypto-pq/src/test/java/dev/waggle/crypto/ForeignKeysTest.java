package dev.waggle.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.waggle.ports.crypto.SecretBytes;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.crypto.params.MLDSAPrivateKeyParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys in the clear as other tools write them, whole or in parts. */
final class ForeignKeysTest {
  private static final byte[] SEED =
      HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f".repeat(2));

  /** {@link #SEED} as OpenSSL 3.5 writes it with {@code ml-dsa.output_formats = bare-seed}. */
  private static final String BARE_SEED_BY_OPENSSL =
      """
      -----BEGIN PRIVATE KEY-----
      MDICAQAwCwYJYIZIAWUDBAMSBCAAAQIDBAUGBwgJCgsMDQ4PAAECAwQFBgcICQoL
      DA0ODw==
      -----END PRIVATE KEY-----
      """;

  @TempDir Path dir;

  @Test
  void keyBehindAByteOrderMark_isRead() throws UnusableFile {
    assertSeed(("\uFEFF" + ours()).getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16LE", "UTF-16BE"})
  void keyInUtf16_isNamed(String charset) {
    assertUnusable(
        ("\uFEFF" + ours()).getBytes(Charset.forName(charset)),
        "is text in UTF-16; convert it: iconv -f UTF-16 -t US-ASCII FILE > NEW");
  }

  @Test
  void keyInDer_isRead() throws UnusableFile, IOException {
    assertSeed(der(tagged(SEED)));
  }

  @Test
  void encryptedKeyInDer_isRead() throws UnusableFile, IOException {
    char[] passphrase = "correct horse".toCharArray();
    byte[] der = Pbes2.encrypt(PrivateKeyInfo.getInstance(der(tagged(SEED))), passphrase);

    assertThat(IdentityPem.decode(der, () -> passphrase).seed()).isEqualTo(SecretBytes.wrap(SEED));
  }

  @Test
  void keyWithoutTheLinesOfPemAround_isRead() throws UnusableFile, IOException {
    byte[] der = der(tagged(SEED));
    assertSeed(ascii(Base64.getMimeEncoder().encodeToString(der) + "\n"));
    assertSeed(ascii(HexFormat.of().formatHex(der)));
  }

  @Test
  void bareSeedOfOpenSsl_isRead() throws UnusableFile {
    assertSeed(ascii(BARE_SEED_BY_OPENSSL));
  }

  /** A seed that looks like the beginning of something longer. */
  @Test
  void bareSeed_isNotParsed() throws UnusableFile, IOException {
    byte[] seed = SEED.clone();
    seed[0] = 0x30;
    seed[1] = (byte) 0x82;
    assertThat(IdentityPem.decode(bare(seed), ForeignKeysTest::noPassphrase).seed())
        .isEqualTo(SecretBytes.wrap(seed));
  }

  /** Forms without a seed: of RFC 9881, and of OpenSSL, which also writes the public key behind. */
  enum Expanded {
    IN_AN_OCTET_STRING,
    BARE,
    BEFORE_ITS_PUBLIC_KEY,
    WITHOUT_ANYTHING_AROUND,
    IN_HEXADECIMAL,
    IN_BASE64;

    byte[] file() throws IOException {
      MLDSAPrivateKeyParameters key =
          new MLDSAPrivateKeyParameters(MlDsaParameters.ML_DSA_65.bouncyCastle(), SEED);
      byte[] expanded = key.getEncoded();
      return switch (this) {
        case IN_AN_OCTET_STRING -> der(new DEROctetString(expanded));
        case BARE -> bare(expanded);
        case BEFORE_ITS_PUBLIC_KEY -> der(new DEROctetString(both(expanded, key.getPublicKey())));
        case WITHOUT_ANYTHING_AROUND -> expanded;
        case IN_HEXADECIMAL -> ascii(HexFormat.of().formatHex(expanded));
        case IN_BASE64 -> ascii(Base64.getMimeEncoder().encodeToString(expanded));
      };
    }

    private static byte[] both(byte[] first, byte[] second) {
      byte[] both = Arrays.copyOf(first, first.length + second.length);
      System.arraycopy(second, 0, both, first.length, second.length);
      return both;
    }
  }

  @ParameterizedTest
  @EnumSource
  void expandedKeyWithoutItsSeed_saysThatNothingLeadsBack(Expanded form) throws IOException {
    assertUnusable(
        form.file(),
        "holds an expanded ML-DSA-65 key without its seed, which a node needs and nobody can"
            + " compute from it; export the key again with its seed where it was made, or make a"
            + " new identity");
  }

  /** As keytool makes them, in Java 25 without the seed. */
  @Test
  void keyOfTheJdk_saysThatNothingLeadsBack() throws GeneralSecurityException {
    byte[] der =
        KeyPairGenerator.getInstance("ML-DSA-87").generateKeyPair().getPrivate().getEncoded();
    assertUnusable(der, "holds an expanded ML-DSA-87 key without its seed");
  }

  @Test
  void seedAlone_isNamed_andTheCommandsMakeAKeyFileOfIt() throws Exception {
    assertCommandsConvert(SEED);
    assertCommandsConvert(ascii(HexFormat.of().formatHex(SEED) + "\n"));
    assertCommandsConvert(ascii(Base64.getEncoder().encodeToString(SEED) + "\n"));
  }

  private void assertCommandsConvert(byte[] content) throws Exception {
    Path file = Files.write(dir.resolve("seed"), content);
    Path converted = dir.resolve("new");
    String problem = problem(content);
    assertThat(problem).startsWith("holds 32 bytes and no more, perhaps a seed;");
    Matcher commands =
        Pattern.compile("of it: (.*), if ML-DSA-87's, with (\\S*)$").matcher(problem);
    assertThat(commands.find()).as(problem).isTrue();
    String command65 =
        commands.group(1).replace("FILE", file.toString()).replace("NEW", converted.toString());
    String command87 = command65.replaceFirst("echo \\S+", "echo " + commands.group(2));

    assertThat(converted(command65, converted).algorithm()).isEqualTo("ML-DSA-65");
    assertThat(converted(command87, converted).algorithm()).isEqualTo("ML-DSA-87");
  }

  private static IdentityPem.Key converted(String command, Path to) throws Exception {
    Process shell = new ProcessBuilder("sh", "-c", command).inheritIO().start();
    assertThat(shell.waitFor()).as(command).isZero();
    byte[] made = PrivateFile.read(to, IdentityFile.MAX_BYTES); // for its owner alone
    IdentityPem.Key key = IdentityPem.decode(made, ForeignKeysTest::noPassphrase);
    assertThat(key.seed()).isEqualTo(SecretBytes.wrap(SEED));
    return key;
  }

  @Test
  void keyStore_isNamed() throws IOException {
    assertUnusable(
        new DERSequence(
                new ASN1Encodable[] {
                  new ASN1Integer(3), new DEROctetString(new byte[40]), new DERSequence()
                })
            .getEncoded("DER"),
        "is a PKCS#12 key store; take the key out of it: openssl pkcs12 -nocerts -in FILE");
  }

  @Test
  void publicKeyInDer_isNamed() throws GeneralSecurityException {
    byte[] der =
        KeyPairGenerator.getInstance("ML-DSA-65").generateKeyPair().getPublic().getEncoded();
    assertUnusable(der, "holds a public key, and not a private one; name another file");
  }

  @Test
  void everyTruncationOfDer_isRefused() throws IOException {
    byte[] der = der(tagged(SEED));
    for (int length = 1; length < der.length; length++) {
      assertUnusable(Arrays.copyOf(der, length), "");
    }
  }

  private static String ours() {
    return new String(
        IdentityPem.encode("ML-DSA-65", SecretBytes.wrap(SEED.clone()), null),
        StandardCharsets.US_ASCII);
  }

  private static ASN1Encodable tagged(byte[] seed) {
    return new DERTaggedObject(false, 0, new DEROctetString(seed));
  }

  private static AlgorithmIdentifier algorithm() {
    return new AlgorithmIdentifier(
        new ASN1ObjectIdentifier(MlDsaParameters.ML_DSA_65.objectIdentifier()));
  }

  /** A key without the ASN.1 that RFC 9881 puts around it. */
  private static byte[] bare(byte[] key) throws IOException {
    return new DERSequence(
            new ASN1Encodable[] {new ASN1Integer(0), algorithm(), new DEROctetString(key)})
        .getEncoded("DER");
  }

  private static byte[] der(ASN1Encodable key) throws IOException {
    return new PrivateKeyInfo(algorithm(), key).getEncoded("DER");
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static char[] noPassphrase() {
    throw new AssertionError("nothing is encrypted");
  }

  private static void assertSeed(byte[] content) throws UnusableFile {
    IdentityPem.Key key = IdentityPem.decode(content, ForeignKeysTest::noPassphrase);
    assertThat(key.algorithm()).isEqualTo("ML-DSA-65");
    assertThat(key.seed()).isEqualTo(SecretBytes.wrap(SEED));
  }

  private static void assertUnusable(byte[] content, String message) {
    assertThat(problem(content)).startsWith(message);
  }

  private static String problem(byte[] content) {
    return assertThatExceptionOfType(UnusableFile.class)
        .isThrownBy(() -> IdentityPem.decode(content, ForeignKeysTest::noPassphrase))
        .actual()
        .getMessage();
  }
}
