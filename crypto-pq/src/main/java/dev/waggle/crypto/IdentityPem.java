package dev.waggle.crypto;

import dev.waggle.ports.crypto.SecretBytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The text of an identity file: one ML-DSA key (RFC 9881) as PKCS#8 (RFC 5958) in PEM (RFC 7468),
 * clear or encrypted.
 *
 * <p>RFC 9881 §6 knows three forms of the key. We write the seed alone, and read the seed, or seed
 * and expanded key where they agree. An expanded key alone is refused: nothing leads back from it
 * to its seed, and the ports know keys by their seeds. {@link IdentityContainer} knows what else
 * than PEM a key may come in.
 *
 * <p>In what we write in the clear all but the seed is constant. So that is recognised byte for
 * byte, and all else left to {@link IdentityAsn1}.
 */
final class IdentityPem {
  static final List<MlDsaParameters> KNOWN =
      List.of(MlDsaParameters.ML_DSA_65, MlDsaParameters.ML_DSA_87);

  private static final String HEADER = "-----BEGIN PRIVATE KEY-----\n";
  private static final String FOOTER = "\n-----END PRIVATE KEY-----\n";

  /** RFC 7468 §2. */
  private static final int LINE_LENGTH = 64;

  private IdentityPem() {}

  /** What a file holds; whoever receives it closes the seed. */
  record Key(String algorithm, SecretBytes seed) {}

  /** Gives the passphrase when a text turns out to be encrypted, an array to be wiped. */
  @FunctionalInterface
  interface Passphrase {
    char[] require() throws UnusableFile;
  }

  /**
   * Writes a key in the seed form.
   *
   * @param algorithm {@code ML-DSA-65} or {@code ML-DSA-87}
   * @param seed lent
   * @param passphrase lent; null leaves the key in the clear
   */
  static byte[] encode(String algorithm, SecretBytes seed, char @Nullable [] passphrase) {
    MlDsaParameters parameters =
        KNOWN.stream()
            .filter(known -> known.algorithm().equals(algorithm))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no key file holds " + algorithm));
    if (passphrase == null) {
      return clear(parameters, seed.borrowArray());
    }
    try {
      return IdentityAsn1.encode(parameters, seed, passphrase);
    } catch (IOException e) {
      throw new UncheckedIOException("encoding needs memory only", e);
    }
  }

  private static byte[] clear(MlDsaParameters parameters, byte[] seed) {
    byte[] prefix = HexFormat.of().parseHex(parameters.seedPrefix());
    byte[] der = Arrays.copyOf(prefix, prefix.length + seed.length);
    System.arraycopy(seed, 0, der, prefix.length, seed.length);
    String body = Base64.getMimeEncoder(LINE_LENGTH, new byte[] {'\n'}).encodeToString(der);
    return (HEADER + body + FOOTER).getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * Reads a key.
   *
   * @param text lent
   * @throws UnusableFile if it is none, or not one of ours, or there is no passphrase
   */
  static Key decode(byte[] text, Passphrase passphrase) throws UnusableFile {
    Key ours = clearKey(text);
    return ours != null ? ours : IdentityAsn1.decode(text, passphrase);
  }

  /** The key of a text that is what {@link #clear} writes, and nothing else. */
  private static @Nullable Key clearKey(byte[] text) {
    int bodyEnd = text.length - FOOTER.length();
    if (bodyEnd <= HEADER.length()) {
      return null;
    }
    byte[] body = Arrays.copyOfRange(text, HEADER.length(), bodyEnd);
    byte[] der;
    try {
      der = Base64.getMimeDecoder().decode(body);
    } catch (IllegalArgumentException e) {
      return null;
    }
    if (der.length < MlDsaParameters.SEED_LENGTH) {
      return null;
    }
    byte[] seed = Arrays.copyOfRange(der, der.length - MlDsaParameters.SEED_LENGTH, der.length);
    for (MlDsaParameters known : KNOWN) {
      if (Arrays.equals(text, clear(known, seed))) {
        return new Key(known.algorithm(), SecretBytes.wrap(seed));
      }
    }
    return null;
  }
}
