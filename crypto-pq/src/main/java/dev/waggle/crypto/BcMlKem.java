package dev.waggle.crypto;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.crypto.Encapsulation;
import dev.waggle.ports.crypto.InvalidKeyMaterial;
import dev.waggle.ports.crypto.KemKeyPair;
import dev.waggle.ports.crypto.SecretBytes;
import org.bouncycastle.crypto.SecretWithEncapsulation;
import org.bouncycastle.crypto.kems.MLKEMExtractor;
import org.bouncycastle.crypto.kems.MLKEMGenerator;
import org.bouncycastle.crypto.params.MLKEMPrivateKeyParameters;
import org.bouncycastle.crypto.params.MLKEMPublicKeyParameters;
import org.jspecify.annotations.Nullable;

/** ML-KEM (FIPS 203) by Bouncy Castle's lightweight classes. */
final class BcMlKem extends MlKem {
  BcMlKem(MlKemParameters parameters) {
    super(parameters);
  }

  @Override
  KemKeyPair expand(byte[] seed) {
    return new BcKeyPair(
        parameters, new MLKEMPrivateKeyParameters(parameters.bouncyCastle(), seed));
  }

  @Override
  Encapsulation encapsulate(byte[] publicKey, byte[] m) throws InvalidKeyMaterial {
    MLKEMPublicKeyParameters parsed = parse(publicKey);
    SecretWithEncapsulation made = MLKEMGenerator.internalGenerateEncapsulated(parsed, m);
    return new Encapsulation(
        Bytes.wrap(made.getEncapsulation()), SecretBytes.wrap(made.getSecret()));
  }

  private MLKEMPublicKeyParameters parse(byte[] publicKey) throws InvalidKeyMaterial {
    try {
      return new MLKEMPublicKeyParameters(parameters.bouncyCastle(), publicKey);
    } catch (IllegalArgumentException e) {
      throw new InvalidKeyMaterial(
          algorithm() + " public key fails the modulus check (FIPS 203 §7.2)");
    }
  }

  @Override
  byte[] decapsulate(KemKeyPair own, byte[] ciphertext) {
    if (!(own instanceof BcKeyPair pair) || !pair.parameters.equals(parameters)) {
      throw foreignKeyPair();
    }
    MLKEMPrivateKeyParameters privateKey = pair.privateKey;
    if (privateKey == null) {
      throw closedKeyPair();
    }
    return new MLKEMExtractor(privateKey).extractSecret(ciphertext);
  }

  private static final class BcKeyPair implements KemKeyPair {
    private final MlKemParameters parameters;
    private final Bytes publicKey;
    private @Nullable MLKEMPrivateKeyParameters privateKey;

    BcKeyPair(MlKemParameters parameters, MLKEMPrivateKeyParameters privateKey) {
      this.parameters = parameters;
      this.publicKey = Bytes.wrap(privateKey.getPublicKey());
      this.privateKey = privateKey;
    }

    @Override
    public Bytes publicKey() {
      return publicKey;
    }

    @Override
    public void close() {
      MLKEMPrivateKeyParameters dropped = privateKey;
      privateKey = null;
      if (dropped != null) {
        dropped.destroy();
      }
    }
  }
}
