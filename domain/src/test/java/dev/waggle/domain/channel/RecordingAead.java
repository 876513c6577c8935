package dev.waggle.domain.channel;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.crypto.Aead;
import dev.waggle.ports.crypto.CipherSuite;
import dev.waggle.ports.crypto.SecretBytes;
import java.util.ArrayList;
import java.util.List;

/** An AEAD that remembers under which keys and nonces it sealed. Owned by one thread. */
public final class RecordingAead implements Aead {
  /** One call of a sealer. */
  public record Use(Bytes key, Bytes nonce) {}

  private final Aead real;
  private final List<Use> sealed = new ArrayList<>();

  public RecordingAead(Aead real) {
    this.real = real;
  }

  /** {@code suite} with this AEAD in the place of its own. */
  public CipherSuite in(CipherSuite suite) {
    return new CipherSuite(
        suite.id(), suite.name(), suite.kem(), suite.signature(), this, suite.hash(), suite.kdf());
  }

  public List<Use> sealed() {
    return sealed;
  }

  @Override
  public Sealer sealer(SecretBytes key) {
    Bytes copy = Bytes.copyOf(key.borrowArray());
    Sealer sealer = real.sealer(key);
    return (nonce, buffer, aadOffset, aadLength, offset, length, tail, tailOffset, tailLength) -> {
      sealed.add(new Use(copy, Bytes.copyOf(nonce)));
      sealer.seal(
          nonce, buffer, aadOffset, aadLength, offset, length, tail, tailOffset, tailLength);
    };
  }

  @Override
  public Opener opener(SecretBytes key) {
    return real.opener(key);
  }

  @Override
  public String algorithm() {
    return real.algorithm();
  }

  @Override
  public int keyLength() {
    return real.keyLength();
  }

  @Override
  public int nonceLength() {
    return real.nonceLength();
  }

  @Override
  public int tagLength() {
    return real.tagLength();
  }
}
