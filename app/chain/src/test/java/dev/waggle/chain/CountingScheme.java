package dev.waggle.chain;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.crypto.InvalidKeyMaterial;
import dev.waggle.ports.crypto.RandomSource;
import dev.waggle.ports.crypto.SecretBytes;
import dev.waggle.ports.crypto.SignatureScheme;
import dev.waggle.ports.crypto.SigningKeyPair;
import java.util.concurrent.atomic.AtomicInteger;

/** The scheme of {@link TestBlocks}, which says how often it was asked whether one holds. */
final class CountingScheme implements SignatureScheme {
  private final SignatureScheme scheme = TestBlocks.SCHEME;
  private final AtomicInteger checks = new AtomicInteger();

  /** How often since this was asked last. */
  int checks() {
    return checks.getAndSet(0);
  }

  /** The rules of {@link TestBlocks}, under this scheme. */
  ChainRules rules() {
    return new ChainRules(TestBlocks.RULES.network(), TestBlocks.RULES.difficultyBits(), this);
  }

  @Override
  public String algorithm() {
    return scheme.algorithm();
  }

  @Override
  public int publicKeyLength() {
    return scheme.publicKeyLength();
  }

  @Override
  public int signatureLength() {
    return scheme.signatureLength();
  }

  @Override
  public int seedLength() {
    return scheme.seedLength();
  }

  @Override
  public SigningKeyPair generate(RandomSource random) {
    return scheme.generate(random);
  }

  @Override
  public SigningKeyPair fromSeed(SecretBytes seed) throws InvalidKeyMaterial {
    return scheme.fromSeed(seed);
  }

  @Override
  public Bytes sign(SigningKeyPair own, byte[] message, RandomSource random) {
    return scheme.sign(own, message, random);
  }

  @Override
  public boolean verify(Bytes publicKey, byte[] message, Bytes signature) {
    checks.incrementAndGet();
    return scheme.verify(publicKey, message, signature);
  }
}
