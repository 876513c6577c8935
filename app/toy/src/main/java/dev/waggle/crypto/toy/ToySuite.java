package dev.waggle.crypto.toy;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.PeerIdentity;
import dev.waggle.ports.crypto.Aead;
import dev.waggle.ports.crypto.CipherSuite;
import dev.waggle.ports.crypto.Encapsulation;
import dev.waggle.ports.crypto.HashFunction;
import dev.waggle.ports.crypto.InvalidKeyMaterial;
import dev.waggle.ports.crypto.KemKeyPair;
import dev.waggle.ports.crypto.KeyDerivation;
import dev.waggle.ports.crypto.KeyEncapsulation;
import dev.waggle.ports.crypto.RandomSource;
import dev.waggle.ports.crypto.SecretBytes;
import dev.waggle.ports.crypto.SigningKeyPair;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Objects;

/**
 * A cipher suite with NO SECURITY, fast and deterministic, for simulations and unit tests.
 *
 * <p>Everything is a SHA-256 of something public: the "private" keys equal the public ones, so
 * anyone can decrypt and sign. It still notices every flipped bit, as the real primitives do, which
 * is all that a test of the protocol needs. No node offers it.
 *
 * <p>Safe for use by any thread.
 */
public final class ToySuite {
  /** The id of {@link #create}, one of those for experiments (PROTOCOL §3). */
  public static final int ID = 0xFFFF;

  /** The id of {@link #other}. */
  public static final int OTHER_ID = 0xFFFE;

  private static final int TAG_LENGTH = 16;

  private ToySuite() {}

  /** The toys. */
  public static CipherSuite create() {
    return suite(ID, "toy-no-security");
  }

  /** The same toys under a second id, so that tests can negotiate. */
  public static CipherSuite other() {
    return suite(OTHER_ID, "other-toy-no-security");
  }

  private static CipherSuite suite(int id, String name) {
    return new CipherSuite(
        id,
        name,
        new ToyKem(),
        ToySignature.shortest(),
        new ToyAead(),
        new Sha256(),
        new ToyHkdf());
  }

  /** An identity for {@link #create}, made from {@code random}. */
  public static PeerIdentity identity(RandomSource random) {
    ToySignature scheme = ToySignature.shortest();
    SigningKeyPair keyPair = scheme.generate(random);
    byte[] hash = sha256(keyPair.publicKey().borrowArray());
    return new PeerIdentity(scheme.algorithm(), new PeerId(Bytes.wrap(hash)), keyPair);
  }

  static byte[] sha256(byte[]... parts) {
    MessageDigest digest = newSha256();
    for (byte[] part : parts) {
      digest.update(part);
    }
    return digest.digest();
  }

  static MessageDigest newSha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static byte[] label(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Nothing here is secret, but a closed pair is of no more use than a real one. */
  private static final class ToyKeyPair implements KemKeyPair {
    private final Bytes publicKey;
    private boolean closed;

    ToyKeyPair(Bytes publicKey) {
      this.publicKey = publicKey;
    }

    @Override
    public Bytes publicKey() {
      return publicKey;
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  private static final class ToyKem implements KeyEncapsulation {
    @Override
    public String algorithm() {
      return "TOY-KEM";
    }

    @Override
    public int publicKeyLength() {
      return 32;
    }

    @Override
    public int ciphertextLength() {
      return 32;
    }

    @Override
    public int secretLength() {
      return 32;
    }

    @Override
    public KemKeyPair generate(RandomSource random) {
      return new ToyKeyPair(Bytes.wrap(random.bytes(32)));
    }

    @Override
    public Encapsulation encapsulate(Bytes publicKey, RandomSource random)
        throws InvalidKeyMaterial {
      if (publicKey.length() != 32) {
        throw new InvalidKeyMaterial("a toy key has 32 bytes");
      }
      Bytes ciphertext = Bytes.wrap(random.bytes(32));
      return new Encapsulation(ciphertext, secret(publicKey, ciphertext));
    }

    @Override
    public SecretBytes decapsulate(KemKeyPair own, Bytes ciphertext) throws InvalidKeyMaterial {
      if (ciphertext.length() != 32) {
        throw new InvalidKeyMaterial("a toy ciphertext has 32 bytes");
      }
      if (!(own instanceof ToyKeyPair pair)) {
        throw new IllegalArgumentException("a key pair of another implementation");
      }
      if (pair.closed) {
        throw new IllegalStateException("this key pair was closed");
      }
      return secret(own.publicKey(), ciphertext);
    }

    private static SecretBytes secret(Bytes publicKey, Bytes ciphertext) {
      return SecretBytes.wrap(
          sha256(label("toy kem"), publicKey.borrowArray(), ciphertext.borrowArray()));
    }
  }

  /** XOR with one block of keystream, and a hash as the tag. */
  private static final class ToyAead implements Aead {
    @Override
    public String algorithm() {
      return "TOY-AEAD";
    }

    @Override
    public int keyLength() {
      return 32;
    }

    @Override
    public int nonceLength() {
      return 12;
    }

    @Override
    public int tagLength() {
      return TAG_LENGTH;
    }

    @Override
    public Sealer sealer(SecretBytes key) {
      byte[] raw = copyOf(key);
      return (nonce,
          buffer,
          aadOffset,
          aadLength,
          offset,
          headLength,
          tail,
          tailAt,
          tailLength) -> {
        Objects.checkFromIndexSize(aadOffset, aadLength, buffer.length);
        Objects.checkFromIndexSize(tailAt, tailLength, tail.length);
        Objects.checkFromIndexSize(offset, headLength, buffer.length - TAG_LENGTH - tailLength);
        System.arraycopy(tail, tailAt, buffer, offset + headLength, tailLength);
        int length = headLength + tailLength;
        xor(raw, nonce, buffer, offset, length);
        byte[] tag = tag(raw, nonce, buffer, aadOffset, aadLength, offset, length);
        System.arraycopy(tag, 0, buffer, offset + length, TAG_LENGTH);
      };
    }

    @Override
    public Opener opener(SecretBytes key) {
      byte[] raw = copyOf(key);
      return (nonce, source, aadOffset, aadLength, offset, length, plaintext, at) -> {
        Objects.checkFromIndexSize(aadOffset, aadLength, source.length);
        Objects.checkFromIndexSize(offset, length, source.length);
        int plain = length - TAG_LENGTH;
        if (plain < 0) {
          return Opener.FORGED;
        }
        Objects.checkFromIndexSize(at, plain, plaintext.length);
        byte[] tag = tag(raw, nonce, source, aadOffset, aadLength, offset, plain);
        int end = offset + plain;
        if (!Arrays.equals(tag, 0, TAG_LENGTH, source, end, end + TAG_LENGTH)) {
          Arrays.fill(plaintext, at, at + plain, (byte) 0);
          return Opener.FORGED;
        }
        System.arraycopy(source, offset, plaintext, at, plain);
        xor(raw, nonce, plaintext, at, plain);
        return plain;
      };
    }

    private byte[] copyOf(SecretBytes key) {
      if (key.length() != keyLength()) {
        throw new IllegalArgumentException("a toy key has " + keyLength() + " bytes");
      }
      return key.borrowArray().clone();
    }

    private static void xor(byte[] key, byte[] nonce, byte[] buffer, int offset, int length) {
      byte[] keystream = sha256(label("toy stream"), key, nonce);
      for (int i = 0; i < length; i++) {
        buffer[offset + i] ^= keystream[i & 31];
      }
    }

    private static byte[] tag(
        byte[] key, byte[] nonce, byte[] buffer, int aadOffset, int aadLength, int at, int length) {
      MessageDigest digest = newSha256();
      digest.update(key);
      digest.update(nonce);
      digest.update(buffer, aadOffset, aadLength);
      digest.update(buffer, at, length);
      return digest.digest();
    }
  }

  private static final class Sha256 implements HashFunction {
    @Override
    public String algorithm() {
      return "SHA-256";
    }

    @Override
    public int length() {
      return 32;
    }

    @Override
    public Digest digest() {
      MessageDigest digest = newSha256();
      return new Digest() {
        @Override
        public void update(byte[] source, int offset, int length) {
          digest.update(source, offset, length);
        }

        @Override
        public byte[] finish() {
          return digest.digest();
        }
      };
    }
  }

  /** The shape of HKDF, from plain hashes. */
  private static final class ToyHkdf implements KeyDerivation {
    @Override
    public int hashLength() {
      return 32;
    }

    @Override
    public SecretBytes extract(byte[] salt, SecretBytes inputKeyMaterial) {
      return SecretBytes.wrap(sha256(label("toy extract"), salt, inputKeyMaterial.borrowArray()));
    }

    @Override
    public SecretBytes expand(SecretBytes pseudorandomKey, byte[] info, int length) {
      if (length < 1 || length > 255 * hashLength()) {
        throw new IllegalArgumentException("HKDF cannot expand to " + length + " bytes");
      }
      byte[] out = new byte[length];
      for (int at = 0, block = 0; at < length; at += 32, block++) {
        byte[] part =
            sha256(
                label("toy expand"),
                pseudorandomKey.borrowArray(),
                info,
                new byte[] {(byte) block});
        System.arraycopy(part, 0, out, at, Math.min(32, length - at));
      }
      return SecretBytes.wrap(out);
    }

    @Override
    public byte[] mac(SecretBytes key, byte[] message) {
      return sha256(label("toy mac"), key.borrowArray(), message);
    }
  }
}
