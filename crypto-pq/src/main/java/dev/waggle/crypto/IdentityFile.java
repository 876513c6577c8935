package dev.waggle.crypto;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.PeerIdentity;
import dev.waggle.ports.crypto.InvalidKeyMaterial;
import dev.waggle.ports.crypto.RandomSource;
import dev.waggle.ports.crypto.SecretBytes;
import dev.waggle.ports.crypto.SignatureScheme;
import dev.waggle.ports.crypto.SigningKeyPair;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The file that keeps a node's identity: its ML-DSA key in PEM (RFC 9881), readable by its owner
 * only, encrypted if there is a passphrase.
 *
 * <p>Whatever is wrong with a file that is there, it is reported and left as it is: a node that
 * made itself a new key instead would silently become somebody else. Stateless and safe for use by
 * any thread, and by several processes at once.
 */
public final class IdentityFile {
  /** Seed and expanded key of ML-DSA-87, encrypted, make 7 KiB of PEM; comments may precede it. */
  static final int MAX_BYTES = 32 * 1024;

  private static final String REMEDY = "; mend that, or name another file";

  private final Path file;
  private final List<SignatureScheme> schemes;

  /**
   * @param schemes what the node can sign with: {@link CipherSuites#signatures}
   */
  public IdentityFile(Path file, List<SignatureScheme> schemes) {
    this.file = file;
    this.schemes = schemes;
  }

  /**
   * Loads the identity.
   *
   * @param passphrase asked only if the file is encrypted
   * @throws IdentityProblem if there is no file, or it cannot be used
   */
  public PeerIdentity load(PassphraseSource passphrase) throws IdentityProblem {
    try {
      return parse(PrivateFile.read(file, MAX_BYTES), passphrase);
    } catch (UnusableFile e) {
      throw new IdentityProblem(file, e);
    } catch (NoSuchFileException e) {
      throw new IdentityProblem(file, missing(), e);
    } catch (IOException e) {
      throw new IdentityProblem(file, "cannot be read: " + InWords.of(e) + REMEDY, e);
    }
  }

  /**
   * Makes a new identity and writes it; never replaces a file.
   *
   * @param passphrase asked once; without an answer the file stays unencrypted
   * @throws IdentityProblem if there is a file already, or it cannot be written
   */
  public PeerIdentity create(
      SignatureScheme scheme, RandomSource random, PassphraseSource passphrase)
      throws IdentityProblem {
    if (isThere()) {
      throw existsAlready();
    }
    SigningKeyPair pair = scheme.generate(random);
    if (!write(scheme, pair, passphrase)) {
      throw existsAlready();
    }
    return identity(scheme, pair);
  }

  /**
   * Loads the identity, or makes one where there is no file at all.
   *
   * @param scheme of a new identity; one that is loaded may have another
   * @throws IdentityProblem if there is a file that cannot be used, or none can be written
   */
  public PeerIdentity loadOrCreate(
      SignatureScheme scheme, RandomSource random, PassphraseSource passphrase)
      throws IdentityProblem {
    if (!isThere()) {
      SigningKeyPair pair = scheme.generate(random);
      if (write(scheme, pair, passphrase)) {
        return identity(scheme, pair);
      }
      // Another process was faster: its identity is this node's now.
    }
    return load(passphrase);
  }

  private String missing() {
    return isThere()
        ? "is a link to a file that is not there; bring that back, or name another file"
        : "does not exist; make an identity first";
  }

  /** A link that leads nowhere is there too: something is wrong, and a new key would hide it. */
  private boolean isThere() {
    return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
  }

  private IdentityProblem existsAlready() {
    return new IdentityProblem(file, "exists already; move it away to make a new identity", null);
  }

  private PeerIdentity parse(byte[] ownedText, PassphraseSource source) throws UnusableFile {
    IdentityPem.Key key;
    try {
      key = IdentityPem.decode(ownedText, () -> require(source));
    } finally {
      Arrays.fill(ownedText, (byte) 0);
    }
    try (SecretBytes seed = key.seed()) {
      for (SignatureScheme scheme : schemes) {
        if (scheme.algorithm().equals(key.algorithm())) {
          return identity(scheme, scheme.fromSeed(seed));
        }
      }
      throw new UnusableFile(
          "holds an " + key.algorithm() + " key, which no suite of this node signs with");
    } catch (InvalidKeyMaterial e) {
      throw new IllegalStateException("the seed's length was checked before", e);
    }
  }

  /** What is wrong with the passphrase is not taken for something wrong with the file. */
  private char[] require(PassphraseSource source) throws UnusableFile {
    char[] passphrase;
    try {
      passphrase = source.passphrase(file, PassphraseSource.Purpose.OPEN);
    } catch (IOException e) {
      throw new UnusableFile("is encrypted, and its passphrase is missing: " + InWords.of(e));
    }
    if (passphrase == null || passphrase.length == 0) {
      throw new UnusableFile("is encrypted, and there is no passphrase; give one");
    }
    return passphrase;
  }

  private boolean write(SignatureScheme scheme, SigningKeyPair pair, PassphraseSource source)
      throws IdentityProblem {
    char[] passphrase = newPassphrase(source);
    try (SecretBytes seed = pair.seed()) {
      byte[] text = IdentityPem.encode(scheme.algorithm(), seed, passphrase);
      try {
        return PrivateFile.create(file, text);
      } finally {
        Arrays.fill(text, (byte) 0);
      }
    } catch (IOException e) {
      throw new IdentityProblem(file, "cannot be written: " + InWords.of(e) + REMEDY, e);
    } finally {
      wipe(passphrase);
    }
  }

  private char @Nullable [] newPassphrase(PassphraseSource source) throws IdentityProblem {
    char[] passphrase;
    try {
      passphrase = source.passphrase(file, PassphraseSource.Purpose.PROTECT);
    } catch (IOException e) {
      throw new IdentityProblem(file, "was not written: " + InWords.of(e), e);
    }
    if (passphrase != null && passphrase.length == 0) {
      throw new IdentityProblem(
          file, "was not written: an empty passphrase protects nothing", null);
    }
    return passphrase;
  }

  private static void wipe(char @Nullable [] passphrase) {
    if (passphrase != null) {
      Arrays.fill(passphrase, '\0');
    }
  }

  private static PeerIdentity identity(SignatureScheme scheme, SigningKeyPair pair) {
    byte[] hash = new JdkHash("SHA-256").hash(pair.publicKey().borrowArray());
    return new PeerIdentity(scheme.algorithm(), new PeerId(Bytes.wrap(hash)), pair);
  }
}
