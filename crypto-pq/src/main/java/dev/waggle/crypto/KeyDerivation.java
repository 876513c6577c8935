package dev.waggle.crypto;

import dev.waggle.ports.Bytes;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Map;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.pkcs.KeyDerivationFunc;
import org.bouncycastle.asn1.pkcs.PBKDF2Params;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.crypto.generators.SCrypt;
import org.bouncycastle.util.Strings;
import org.jspecify.annotations.Nullable;

/**
 * How a key file makes a key of a passphrase, and how much work that is. The passphrase's bytes are
 * its UTF-8 whatever the hash (RFC 8018 §3): so does OpenSSL where the terminal speaks UTF-8.
 */
sealed interface KeyDerivation {
  ASN1ObjectIdentifier PBKDF2_ID = PKCSObjectIdentifiers.id_PBKDF2;

  /** RFC 7914 §7. */
  ASN1ObjectIdentifier SCRYPT_ID = new ASN1ObjectIdentifier("1.3.6.1.4.1.11591.4.11");

  /** Some ten seconds; OWASP's advice is below one million. */
  int MAX_ITERATIONS = 10_000_000;

  /** OWASP's advice of 2023 for scrypt; OpenSSL writes 16 MiB, and opens no more than 32. */
  long MAX_SCRYPT_BYTES = 128L << 20;

  /** That much memory is passed over twice: some ten seconds. */
  long MAX_SCRYPT_WORK_BYTES = 1L << 30;

  /**
   * Derives a key.
   *
   * @param passphrase lent
   * @return {@code keyBytes} bytes, to be wiped
   */
  byte[] derive(char[] passphrase, int keyBytes);

  /**
   * Reads what a file says.
   *
   * @param keyBytes what its cipher needs
   * @throws UnusableFile if the derivation is unknown, or is more work than a node will do
   * @throws RuntimeException if the parameters are damaged
   */
  static KeyDerivation read(KeyDerivationFunc function, int keyBytes) throws UnusableFile {
    ASN1ObjectIdentifier algorithm = function.getAlgorithm();
    if (algorithm.equals(PBKDF2_ID)) {
      return Pbkdf2.read(PBKDF2Params.getInstance(function.getParameters()), keyBytes);
    }
    if (algorithm.equals(SCRYPT_ID)) {
      return Scrypt.read(ASN1Sequence.getInstance(function.getParameters()), keyBytes);
    }
    throw Pbes2.unknown("makes its key of the passphrase by", algorithm);
  }

  private static void requireLength(@Nullable BigInteger given, int keyBytes) {
    if (given != null && !given.equals(BigInteger.valueOf(keyBytes))) {
      throw new IllegalArgumentException("the cipher takes no key of " + given + " bytes");
    }
  }

  /**
   * PBKDF2 (RFC 8018 §5.2).
   *
   * @param factory the JDK's name of it, with its hash
   */
  record Pbkdf2(String factory, Bytes salt, int iterations) implements KeyDerivation {
    static final String SHA256 = "PBKDF2WithHmacSHA256";

    private static final Map<ASN1ObjectIdentifier, String> FACTORIES =
        Map.of(
            PKCSObjectIdentifiers.id_hmacWithSHA1, "PBKDF2WithHmacSHA1",
            PKCSObjectIdentifiers.id_hmacWithSHA224, "PBKDF2WithHmacSHA224",
            PKCSObjectIdentifiers.id_hmacWithSHA256, SHA256,
            PKCSObjectIdentifiers.id_hmacWithSHA384, "PBKDF2WithHmacSHA384",
            PKCSObjectIdentifiers.id_hmacWithSHA512, "PBKDF2WithHmacSHA512");

    private static Pbkdf2 read(PBKDF2Params parameters, int keyBytes) throws UnusableFile {
      requireLength(parameters.getKeyLength(), keyBytes);
      ASN1ObjectIdentifier hash = parameters.getPrf().getAlgorithm();
      String factory = FACTORIES.get(hash);
      if (factory == null) {
        throw Pbes2.unknown("makes its key of the passphrase by PBKDF2 with", hash);
      }
      BigInteger iterations = parameters.getIterationCount();
      if (iterations.compareTo(BigInteger.valueOf(MAX_ITERATIONS)) > 0) {
        throw new UnusableFile(
            "asks for %s iterations of PBKDF2, and a node does %d at most%s"
                .formatted(iterations, MAX_ITERATIONS, Pbes2.CONVERT));
      }
      if (iterations.signum() <= 0) {
        throw new IllegalArgumentException("PBKDF2 without work");
      }
      return new Pbkdf2(factory, Bytes.wrap(parameters.getSalt()), iterations.intValueExact());
    }

    @Override
    public byte[] derive(char[] passphrase, int keyBytes) {
      PBEKeySpec spec =
          new PBEKeySpec(passphrase, salt.borrowArray(), iterations, keyBytes * Byte.SIZE);
      try {
        return SecretKeyFactory.getInstance(factory).generateSecret(spec).getEncoded();
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("every Java has " + factory, e);
      } finally {
        spec.clearPassword();
      }
    }
  }

  /**
   * scrypt (RFC 7914).
   *
   * @param cost N, a power of two
   * @param blockSize r, in units of 128 bytes
   * @param parallelism p
   */
  record Scrypt(Bytes salt, int cost, int blockSize, int parallelism) implements KeyDerivation {
    private static Scrypt read(ASN1Sequence parameters, int keyBytes) throws UnusableFile {
      if (parameters.size() > 4) {
        requireLength(integer(parameters.getObjectAt(4)), keyBytes);
      }
      BigInteger cost = integer(parameters.getObjectAt(1));
      BigInteger blockSize = integer(parameters.getObjectAt(2));
      BigInteger parallelism = integer(parameters.getObjectAt(3));
      BigInteger bytes = cost.multiply(blockSize).shiftLeft(7);
      long room = Math.min(MAX_SCRYPT_BYTES, Runtime.getRuntime().maxMemory() / 4);
      if (bytes.compareTo(BigInteger.valueOf(room)) > 0
          || bytes.multiply(parallelism).compareTo(BigInteger.valueOf(MAX_SCRYPT_WORK_BYTES)) > 0) {
        throw new UnusableFile(
            "asks for scrypt with N=%s, r=%s, p=%s, which takes more than %d MiB (128 N r), or more than %d MiB p times; encrypt it again with less"
                .formatted(cost, blockSize, parallelism, room >> 20, MAX_SCRYPT_WORK_BYTES >> 20));
      }
      boolean isPowerOfTwo = cost.signum() > 0 && cost.bitCount() == 1;
      if (!isPowerOfTwo
          || cost.equals(BigInteger.ONE)
          || blockSize.signum() <= 0
          || parallelism.signum() <= 0) {
        throw new IllegalArgumentException("scrypt with parameters that it does not take");
      }
      return new Scrypt(
          Bytes.wrap(ASN1OctetString.getInstance(parameters.getObjectAt(0)).getOctets()),
          cost.intValueExact(),
          blockSize.intValueExact(),
          parallelism.intValueExact());
    }

    private static BigInteger integer(ASN1Encodable encoded) {
      return ASN1Integer.getInstance(encoded).getValue();
    }

    @Override
    public byte[] derive(char[] passphrase, int keyBytes) {
      byte[] utf8 = Strings.toUTF8ByteArray(passphrase);
      try {
        return SCrypt.generate(utf8, salt.borrowArray(), cost, blockSize, parallelism, keyBytes);
      } finally {
        Arrays.fill(utf8, (byte) 0);
      }
    }
  }
}
