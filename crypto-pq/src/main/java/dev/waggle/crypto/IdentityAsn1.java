package dev.waggle.crypto;

import dev.waggle.ports.crypto.SecretBytes;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.pkcs.EncryptedPrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.crypto.params.MLDSAPrivateKeyParameters;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemWriter;

/**
 * The texts of identity files that take a parser of ASN.1: encrypted keys, and keys that others
 * wrote. Bouncy Castle's classes come from a signed jar, whose signature the JVM checks at first
 * use and whose classes no AOT cache takes: so {@link IdentityPem} comes here only if it must.
 */
final class IdentityAsn1 {
  static final String CLEAR = "PRIVATE KEY";
  static final String ENCRYPTED = "ENCRYPTED PRIVATE KEY";
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
    byte[] encrypted =
        Pbes2.encrypt(
            new PrivateKeyInfo(
                new AlgorithmIdentifier(new ASN1ObjectIdentifier(parameters.objectIdentifier())),
                new DERTaggedObject(false, SEED_TAG, new DEROctetString(seed.borrowArray()))),
            passphrase);
    StringWriter text = new StringWriter();
    try (PemWriter writer = new PemWriter(text)) {
      writer.writeObject(new PemObject(ENCRYPTED, encrypted));
    }
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }

  /** Reads a key: see {@link IdentityPem#decode}. */
  static IdentityPem.Key decode(byte[] text, IdentityPem.Passphrase passphrase)
      throws UnusableFile {
    return switch (IdentityContainer.of(text)) {
      case IdentityContainer.Clear(PrivateKeyInfo key) -> key(key);
      case IdentityContainer.Encrypted(EncryptedPrivateKeyInfo key) ->
          key(decrypt(key, passphrase));
    };
  }

  private static PrivateKeyInfo decrypt(
      EncryptedPrivateKeyInfo info, IdentityPem.Passphrase passphrase) throws UnusableFile {
    Pbes2 encryption;
    try {
      encryption = Pbes2.read(info);
    } catch (RuntimeException e) {
      throw damaged();
    }
    char[] words = passphrase.require();
    try {
      return encryption.open(words);
    } finally {
      Arrays.fill(words, '\0');
    }
  }

  private static IdentityPem.Key key(PrivateKeyInfo info) throws UnusableFile {
    MlDsaParameters parameters = parameters(info.getPrivateKeyAlgorithm().getAlgorithm());
    byte[] seed;
    try {
      seed = seed(parameters, info.getPrivateKey().getOctets());
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

  /**
   * The three forms of RFC 9881 §6, and the three that OpenSSL knows besides (EVP_PKEY-ML-DSA):
   * seed or expanded key as they are, and the latter with the public key behind it.
   */
  private static byte[] seed(MlDsaParameters parameters, byte[] key)
      throws UnusableFile, IOException {
    if (key.length == MlDsaParameters.SEED_LENGTH) {
      return key;
    }
    if (isExpanded(key.length, parameters)) {
      throw withoutSeed(parameters);
    }
    return switch (ASN1Primitive.fromByteArray(key)) {
      case ASN1TaggedObject tagged when tagged.hasContextTag(SEED_TAG) ->
          ASN1OctetString.getInstance(tagged, false).getOctets();
      case ASN1Sequence both when both.size() == 2 ->
          agreedSeed(
              parameters,
              ASN1OctetString.getInstance(both.getObjectAt(0)).getOctets(),
              ASN1OctetString.getInstance(both.getObjectAt(1)).getOctets());
      case ASN1OctetString alone when isExpanded(alone.getOctetsLength(), parameters) ->
          throw withoutSeed(parameters);
      default -> throw damaged();
    };
  }

  private static boolean isExpanded(int length, MlDsaParameters parameters) {
    int alone = parameters.privateKeyLength();
    return length == alone || length == alone + parameters.publicKeyLength();
  }

  static UnusableFile withoutSeed(MlDsaParameters parameters) {
    return new UnusableFile(
        "holds an expanded %s key without its seed, which a node needs and nobody can compute from it; export the key again with its seed where it was made, or make a new identity"
            .formatted(parameters.algorithm()));
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

  static UnusableFile damaged() {
    return new UnusableFile("is damaged: it holds no complete private key; restore it from a copy");
  }
}
