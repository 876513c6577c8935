package dev.waggle.crypto;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.crypto.Encapsulation;
import dev.waggle.ports.crypto.InvalidKeyMaterial;
import dev.waggle.ports.crypto.KemKeyPair;
import dev.waggle.ports.crypto.SecretBytes;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.NamedParameterSpec;
import javax.crypto.KEM;
import javax.security.auth.DestroyFailedException;
import org.jspecify.annotations.Nullable;

/** ML-KEM (FIPS 203) by the JDK's own provider. */
final class JdkMlKem extends MlKem {
  private static final String PROVIDER = "SunJCE";

  private final KEM kem;

  /**
   * @throws GeneralSecurityException if this Java lacks the algorithm
   */
  JdkMlKem(MlKemParameters parameters) throws GeneralSecurityException {
    super(parameters);
    this.kem = KEM.getInstance(parameters.algorithm(), PROVIDER);
  }

  @Override
  KemKeyPair expand(byte[] seed) {
    ScriptedRandom script = new ScriptedRandom(seed);
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(parameters.algorithm(), PROVIDER);
      generator.initialize(new NamedParameterSpec(parameters.algorithm()), script);
      KeyPair pair = generator.generateKeyPair();
      script.requireUsedUp();
      Bytes publicKey = parameters.publicKeyInfo().unwrap(pair.getPublic());
      return new JdkKeyPair(parameters, publicKey, pair.getPrivate());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK cannot generate an ML-KEM key", e);
    }
  }

  @Override
  Encapsulation encapsulate(byte[] publicKey, byte[] m) throws InvalidKeyMaterial {
    ScriptedRandom script = new ScriptedRandom(m);
    try {
      PublicKey parsed =
          KeyFactory.getInstance(parameters.algorithm(), PROVIDER)
              .generatePublic(parameters.publicKeyInfo().wrap(publicKey));
      KEM.Encapsulated made = kem.newEncapsulator(parsed, script).encapsulate();
      script.requireUsedUp();
      return new Encapsulation(
          Bytes.wrap(made.encapsulation()), SecretBytes.wrap(made.key().getEncoded()));
    } catch (InvalidKeyException e) {
      throw new InvalidKeyMaterial(
          algorithm() + " public key fails the modulus check (FIPS 203 §7.2)");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK cannot encapsulate", e);
    }
  }

  @Override
  byte[] decapsulate(KemKeyPair own, byte[] ciphertext) {
    if (!(own instanceof JdkKeyPair pair) || !pair.parameters.equals(parameters)) {
      throw foreignKeyPair();
    }
    PrivateKey privateKey = pair.privateKey;
    if (privateKey == null) {
      throw closedKeyPair();
    }
    try {
      return kem.newDecapsulator(privateKey).decapsulate(ciphertext).getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK cannot decapsulate", e);
    }
  }

  private static final class JdkKeyPair implements KemKeyPair {
    private final MlKemParameters parameters;
    private final Bytes publicKey;
    private @Nullable PrivateKey privateKey;

    JdkKeyPair(MlKemParameters parameters, Bytes publicKey, PrivateKey privateKey) {
      this.parameters = parameters;
      this.publicKey = publicKey;
      this.privateKey = privateKey;
    }

    @Override
    public Bytes publicKey() {
      return publicKey;
    }

    @Override
    public void close() {
      PrivateKey dropped = privateKey;
      privateKey = null;
      if (dropped != null) {
        wipe(dropped);
      }
    }

    private static void wipe(PrivateKey key) {
      try {
        key.destroy();
      } catch (DestroyFailedException e) {
        // The JDK's key can; a JDK whose key cannot leaves it to the garbage collector.
      }
    }
  }
}
