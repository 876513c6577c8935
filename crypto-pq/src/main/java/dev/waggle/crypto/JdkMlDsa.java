package dev.waggle.crypto;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.NamedParameterSpec;

/** ML-DSA (FIPS 204) by the JDK's own provider. */
final class JdkMlDsa extends MlDsa<PrivateKey> {
  private static final String PROVIDER = "SUN";

  /**
   * @throws GeneralSecurityException if this Java lacks the algorithm
   */
  JdkMlDsa(MlDsaParameters parameters) throws GeneralSecurityException {
    super(parameters);
    newSignature();
  }

  /** One for each use: it costs a microsecond, and signatures are not safe for use by threads. */
  private Signature newSignature() throws GeneralSecurityException {
    return Signature.getInstance(parameters.algorithm(), PROVIDER);
  }

  @Override
  Expanded<PrivateKey> expand(byte[] seed) {
    ScriptedRandom script = new ScriptedRandom(seed);
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(parameters.algorithm(), PROVIDER);
      generator.initialize(new NamedParameterSpec(parameters.algorithm()), script);
      java.security.KeyPair pair = generator.generateKeyPair();
      script.requireUsedUp();
      return new Expanded<>(parameters.publicKeyInfo().unwrap(pair.getPublic()), pair.getPrivate());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK cannot expand an ML-DSA key", e);
    }
  }

  @Override
  byte[] sign(PrivateKey privateKey, byte[] message, byte[] rnd) {
    ScriptedRandom script = new ScriptedRandom(rnd);
    try {
      Signature signature = newSignature();
      signature.initSign(privateKey, script);
      signature.update(message);
      byte[] signed = signature.sign();
      script.requireUsedUp();
      return signed;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK cannot sign", e);
    }
  }

  @Override
  boolean verify(byte[] publicKey, byte[] message, byte[] signature) {
    try {
      Signature verifier = newSignature();
      verifier.initVerify(
          KeyFactory.getInstance(parameters.algorithm(), PROVIDER)
              .generatePublic(parameters.publicKeyInfo().wrap(publicKey)));
      verifier.update(message);
      return verifier.verify(signature);
    } catch (SignatureException e) {
      // A signature of the right length whose hints are not encoded as FIPS 204 §7.2 says.
      return false;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK cannot verify", e);
    }
  }
}
