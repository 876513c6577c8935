package dev.waggle.crypto;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.asn1.ASN1BitString;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.pkcs.EncryptedPrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;

/**
 * What a PKCS#8 key comes in: PEM, or what other tools leave of it, DER and its text without the
 * lines around. Whatever else can be recognised is named, with what makes a key file of it.
 */
sealed interface IdentityContainer {
  /** A key in the clear. */
  record Clear(PrivateKeyInfo key) implements IdentityContainer {}

  /** A key under a passphrase. */
  record Encrypted(EncryptedPrivateKeyInfo key) implements IdentityContainer {}

  /** What editors write before text: the byte order marks of UTF-8 and of both kinds of UTF-16. */
  String UTF_8_MARK = "\u00ef\u00bb\u00bf";

  List<String> UTF_16_MARKS = List.of("\u00fe\u00ff", "\u00ff\u00fe");

  int SEQUENCE = 0x30;

  /** The version of PKCS#12; that of PKCS#8 is 0 or 1. */
  int PKCS12 = 3;

  /**
   * Recognises what a file holds.
   *
   * @param content lent
   * @throws UnusableFile if it is no private key
   */
  static IdentityContainer of(byte[] content) throws UnusableFile {
    // Whatever a byte is, it is one character.
    String text = new String(content, StandardCharsets.ISO_8859_1);
    if (text.startsWith(UTF_8_MARK)) {
      text = text.substring(UTF_8_MARK.length());
    }
    if (UTF_16_MARKS.stream().anyMatch(text::startsWith)) {
      throw new UnusableFile(
          "is text in UTF-16; convert it: iconv -f UTF-16 -t US-ASCII FILE > NEW");
    }
    if (text.contains("-----BEGIN ")) {
      return ofPem(text);
    }
    if (text.chars().anyMatch(IdentityContainer::isNoText)) {
      return ofBytes(content, "cat");
    }
    String word = text.replaceAll("\\s", "");
    try {
      return ofBytes(HexFormat.of().parseHex(word), "xxd -r -p");
    } catch (IllegalArgumentException _) {
      // Not hexadecimal.
    }
    try {
      return ofBytes(Base64.getDecoder().decode(word), "base64 -d");
    } catch (IllegalArgumentException _) {
      throw damaged();
    }
  }

  private static boolean isNoText(int c) {
    return c >= 0x7f || (c < ' ' && !Character.isWhitespace(c));
  }

  private static IdentityContainer ofPem(String text) throws UnusableFile {
    PemObject pem;
    try (PemReader reader = new PemReader(new StringReader(text))) {
      pem = reader.readPemObject();
    } catch (IOException | RuntimeException e) {
      // Broken Base64 makes the parser throw either.
      throw damaged();
    }
    if (pem == null) {
      throw damaged();
    }
    return switch (pem.getType()) {
      case IdentityAsn1.CLEAR, IdentityAsn1.ENCRYPTED -> ofDer(pem.getContent());
      default ->
          throw new UnusableFile(
              "holds a " + pem.getType() + ", and not a PKCS#8 private key; name another file");
    };
  }

  /**
   * Recognises bytes that have no PEM around them.
   *
   * @param command prints them when it is given the file
   */
  private static IdentityContainer ofBytes(byte[] bytes, String command) throws UnusableFile {
    if (bytes.length > 0 && bytes[0] == SEQUENCE && bytes.length > MlDsaParameters.SEED_LENGTH) {
      return ofDer(bytes);
    }
    if (bytes.length == MlDsaParameters.SEED_LENGTH) {
      throw new UnusableFile(rawSeed(command));
    }
    for (MlDsaParameters known : IdentityPem.KNOWN) {
      if (bytes.length == known.privateKeyLength()) {
        throw IdentityAsn1.withoutSeed(known);
      }
    }
    throw damaged();
  }

  private static String rawSeed(String command) {
    String[] prefixes =
        IdentityPem.KNOWN.stream()
            .map(known -> HexFormat.of().parseHex(known.seedPrefix()))
            .map(Base64.getEncoder()::encodeToString)
            .toArray(String[]::new);
    return ("holds %d bytes and no more, perhaps a seed; if it is ML-DSA-65's, make a key file of it:"
            + " (umask 077; (echo %s | base64 -d; %s FILE) > NEW), if ML-DSA-87's, with %s")
        .formatted(MlDsaParameters.SEED_LENGTH, prefixes[0], command, prefixes[1]);
  }

  private static IdentityContainer ofDer(byte[] der) throws UnusableFile {
    try {
      ASN1Sequence sequence = ASN1Sequence.getInstance(ASN1Primitive.fromByteArray(der));
      ASN1Encodable first = sequence.getObjectAt(0);
      ASN1Encodable second = sequence.getObjectAt(1);
      if (first instanceof ASN1Integer version && version.hasValue(PKCS12)) {
        throw new UnusableFile(
            "is a PKCS#12 key store; take the key out of it:"
                + " openssl pkcs12 -nocerts -in FILE -out NEW");
      }
      if (first instanceof ASN1Integer) {
        return new Clear(PrivateKeyInfo.getInstance(sequence));
      }
      if (second instanceof ASN1OctetString) {
        return new Encrypted(EncryptedPrivateKeyInfo.getInstance(sequence));
      }
      if (second instanceof ASN1BitString) {
        throw new UnusableFile("holds a public key, and not a private one; name another file");
      }
    } catch (IOException | RuntimeException e) {
      throw damaged();
    }
    throw new UnusableFile("holds no PKCS#8 private key; name another file");
  }

  private static UnusableFile damaged() {
    return IdentityAsn1.damaged();
  }
}
