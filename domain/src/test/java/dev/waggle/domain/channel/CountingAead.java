package dev.waggle.domain.channel;

import dev.waggle.ports.crypto.Aead;
import dev.waggle.ports.crypto.CipherSuite;
import dev.waggle.ports.crypto.SecretBytes;

/** Seals and opens nothing, costs next to nothing, and counts how often a key was taken up. */
public class CountingAead implements Aead {
  private int sealers;
  private int openers;

  /** {@code suite} with this AEAD in the place of its own. */
  public CipherSuite in(CipherSuite suite) {
    return new CipherSuite(
        suite.id(), suite.name(), suite.kem(), suite.signature(), this, suite.hash(), suite.kdf());
  }

  int sealers() {
    return sealers;
  }

  int openers() {
    return openers;
  }

  @Override
  public String algorithm() {
    return "COUNTING";
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
    return 16;
  }

  @Override
  public Sealer sealer(SecretBytes key) {
    sealers++;
    return (_, buffer, _, _, offset, headLength, tail, tailOffset, tailLength) ->
        System.arraycopy(tail, tailOffset, buffer, offset + headLength, tailLength);
  }

  @Override
  public Opener opener(SecretBytes key) {
    openers++;
    return (_, source, _, _, offset, length, plaintext, at) -> {
      System.arraycopy(source, offset, plaintext, at, length - 16);
      return length - 16;
    };
  }
}
