package dev.waggle.simulator.fidelity;

import dev.waggle.domain.channel.SecureChannel;
import dev.waggle.ports.crypto.Aead;
import dev.waggle.ports.crypto.CipherSuite;
import dev.waggle.ports.crypto.KeyDerivation;
import dev.waggle.ports.crypto.SecretBytes;

/**
 * A channel that seals nothing: records have the lengths and the keys the lives of real ones, and
 * no byte is touched.
 */
final class Weightless {
  private static final int SECRET_BYTES = 32;

  private static final class NoAead implements Aead {
    private final Aead like;

    NoAead(Aead like) {
      this.like = like;
    }

    @Override
    public String algorithm() {
      return "none";
    }

    @Override
    public int keyLength() {
      return like.keyLength();
    }

    @Override
    public int nonceLength() {
      return like.nonceLength();
    }

    @Override
    public int tagLength() {
      return like.tagLength();
    }

    @Override
    public Sealer sealer(SecretBytes key) {
      return (nonce, buffer, aadAt, aadLength, offset, head, tail, tailAt, tailLength) -> {};
    }

    @Override
    public Opener opener(SecretBytes key) {
      return (nonce, source, aadAt, aadLength, offset, length, plaintext, at) -> Opener.FORGED;
    }
  }

  private static final class NoDerivation implements KeyDerivation {
    @Override
    public int hashLength() {
      return SECRET_BYTES;
    }

    @Override
    public SecretBytes extract(byte[] salt, SecretBytes inputKeyMaterial) {
      return SecretBytes.wrap(new byte[SECRET_BYTES]);
    }

    @Override
    public SecretBytes expand(SecretBytes pseudorandomKey, byte[] info, int length) {
      return SecretBytes.wrap(new byte[length]);
    }

    @Override
    public byte[] mac(SecretBytes key, byte[] message) {
      return new byte[SECRET_BYTES];
    }
  }

  private Weightless() {}

  /** A channel as those of {@code suite}, without its arithmetic. */
  static SecureChannel channel(CipherSuite suite) {
    CipherSuite none =
        new CipherSuite(
            suite.id(),
            suite.name(),
            suite.kem(),
            suite.signature(),
            new NoAead(suite.aead()),
            suite.hash(),
            new NoDerivation());
    return new SecureChannel(none, secret(), secret());
  }

  private static SecretBytes secret() {
    return SecretBytes.wrap(new byte[SECRET_BYTES]);
  }
}
