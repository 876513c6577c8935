package dev.waggle.domain.handshake;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.crypto.CipherSuite;
import dev.waggle.ports.crypto.RandomSource;
import dev.waggle.ports.crypto.SecretBytes;
import dev.waggle.ports.crypto.SignatureScheme;
import dev.waggle.ports.crypto.SigningKeyPair;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A signature scheme that remembers its answers, so that a test can go through the same handshake
 * thousands of times in seconds. What it has not been asked before, it computes as the other does.
 */
final class RememberingSignature implements SignatureScheme {
  private final SignatureScheme scheme;
  private final Map<List<Bytes>, Bytes> signatures = new LinkedHashMap<>();
  private final Map<List<Bytes>, Boolean> verdicts = new LinkedHashMap<>();

  private RememberingSignature(SignatureScheme scheme) {
    this.scheme = scheme;
  }

  /** {@code suite}, remembering. */
  static CipherSuite in(CipherSuite suite) {
    return new CipherSuite(
        suite.id(),
        suite.name(),
        suite.kem(),
        new RememberingSignature(suite.signature()),
        suite.aead(),
        suite.hash(),
        suite.kdf());
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
  public SigningKeyPair fromSeed(SecretBytes seed) {
    throw new UnsupportedOperationException("no test needs this");
  }

  @Override
  public Bytes sign(SigningKeyPair own, byte[] message, RandomSource random) {
    return signatures.computeIfAbsent(
        List.of(own.publicKey(), Bytes.copyOf(message)), _ -> scheme.sign(own, message, random));
  }

  @Override
  public boolean verify(Bytes publicKey, byte[] message, Bytes signature) {
    return verdicts.computeIfAbsent(
        List.of(publicKey, Bytes.copyOf(message), signature),
        _ -> scheme.verify(publicKey, message, signature));
  }
}
