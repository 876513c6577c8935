package dev.waggle.crypto;

import dev.waggle.ports.crypto.SecretBytes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.crypto.params.MLDSAPrivateKeyParameters;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;
import org.bouncycastle.util.io.pem.PemWriter;

/**
 * The texts of identity files that take a parser of ASN.1: encrypted keys, and keys that others
 * wrote. Bouncy Castle's classes come from a signed jar, whose signature the JVM checks at first
 * use and whose classes no AOT cache takes: so {@link IdentityPem} comes here only if it must.
 */
final class IdentityAsn1 {
  private static final String CLEAR = "PRIVATE KEY";
  private static final String ENCRYPTED = "ENCRYPTED PRIVATE KEY";
  private static final int SEED_TAG = 0;

  private IdentityAsn1() {}

  /**
   * Writes an encrypted key in the seed form.
   *
   * @param seed lent
   * @param passphrase lent
   */
  static byte[] encode(MlDsaParameters parameters, SecretBytes seed, char[] passphrase)
      throws IOException {
    return write(
        Pbes2.encrypt(
            new PrivateKeyInfo(
                new AlgorithmIdentifier(new ASN1ObjectIdentifier(parameters.objectIdentifier())),
                new DERTaggedObject(false, SEED_TAG, new DEROctetString(seed.borrowArray()))),
            passphrase));
  }

  private static byte[] write(PemObject pem) throws IOException {
    StringWriter text = new StringWriter();
    try (PemWriter writer = new PemWriter(text)) {
      writer.writeObject(pem);
    }
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }

  /** Reads a key: see {@link IdentityPem#decode}. */
  static IdentityPem.Key decode(byte[] text, IdentityPem.Passphrase passphrase)
      throws UnusableFile, IOException {
    PemObject pem = read(text);
    return switch (pem.getType()) {
      case CLEAR -> key(parse(pem.getContent()));
      case ENCRYPTED -> key(decrypt(pem.getContent(), passphrase.require()));
      default ->
          throw new UnusableFile(
              "holds a " + pem.getType() + ", and not a PKCS#8 private key; name another file");
    };
  }

  private static PrivateKeyInfo decrypt(byte[] der, char[] passphrase) throws UnusableFile {
    try {
      return Pbes2.decrypt(der, passphrase);
    } finally {
      Arrays.fill(passphrase, '\0');
    }
  }

  private static PemObject read(byte[] text) throws UnusableFile {
    PemObject pem;
    try (Reader characters =
            new InputStreamReader(new ByteArrayInputStream(text), StandardCharsets.US_ASCII);
        PemReader reader = new PemReader(characters)) {
      pem = reader.readPemObject();
    } catch (IOException | RuntimeException e) {
      // Broken Base64 makes the parser throw either.
      throw damaged();
    }
    if (pem == null) {
      throw damaged();
    }
    return pem;
  }

  private static PrivateKeyInfo parse(byte[] der) throws UnusableFile {
    try {
      return PrivateKeyInfo.getInstance(der);
    } catch (RuntimeException e) {
      throw damaged();
    }
  }

  private static IdentityPem.Key key(PrivateKeyInfo info) throws UnusableFile {
    MlDsaParameters parameters = parameters(info.getPrivateKeyAlgorithm().getAlgorithm());
    byte[] seed;
    try {
      seed = seed(parameters, info.parsePrivateKey());
    } catch (IOException | RuntimeException e) {
      throw damaged();
    }
    if (seed.length != MlDsaParameters.SEED_LENGTH) {
      throw damaged();
    }
    return new IdentityPem.Key(parameters.algorithm(), SecretBytes.wrap(seed));
  }

  private static MlDsaParameters parameters(ASN1ObjectIdentifier algorithm) throws UnusableFile {
    for (MlDsaParameters known : IdentityPem.KNOWN) {
      if (known.objectIdentifier().equals(algorithm.getId())) {
        return known;
      }
    }
    throw new UnusableFile(
        "holds a key of another algorithm ("
            + algorithm
            + "); nodes sign with ML-DSA-65 or ML-DSA-87: name another file");
  }

  /** The three forms of RFC 9881 §6. */
  private static byte[] seed(MlDsaParameters parameters, ASN1Encodable key) throws UnusableFile {
    return switch (key) {
      case ASN1TaggedObject tagged when tagged.hasContextTag(SEED_TAG) ->
          ASN1OctetString.getInstance(tagged, false).getOctets();
      case ASN1Sequence both when both.size() == 2 ->
          agreedSeed(
              parameters,
              ASN1OctetString.getInstance(both.getObjectAt(0)).getOctets(),
              ASN1OctetString.getInstance(both.getObjectAt(1)).getOctets());
      case ASN1OctetString _ ->
          throw new UnusableFile(
              "holds an expanded key without its seed; convert it to the seed form of RFC 9881,"
                  + " or name another file");
      default -> throw damaged();
    };
  }

  /** RFC 9881 §8.2: a seed that does not expand to the key beside it is a sign of tampering. */
  private static byte[] agreedSeed(MlDsaParameters parameters, byte[] seed, byte[] expanded)
      throws UnusableFile {
    byte[] expected = new MLDSAPrivateKeyParameters(parameters.bouncyCastle(), seed).getEncoded();
    if (!MessageDigest.isEqual(expected, expanded)) {
      throw new UnusableFile(
          "holds a seed and an expanded key that contradict each other; restore it from a copy");
    }
    return seed;
  }

  private static UnusableFile damaged() {
    return new UnusableFile("is damaged: it holds no complete private key; restore it from a copy");
  }
}
