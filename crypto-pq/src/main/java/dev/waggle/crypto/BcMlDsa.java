package dev.waggle.crypto;

import dev.waggle.ports.Bytes;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.params.MLDSAPrivateKeyParameters;
import org.bouncycastle.crypto.params.MLDSAPublicKeyParameters;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.crypto.signers.MLDSASigner;

/** ML-DSA (FIPS 204) by Bouncy Castle's lightweight classes. */
final class BcMlDsa extends MlDsa<MLDSAPrivateKeyParameters> {
  BcMlDsa(MlDsaParameters parameters) {
    super(parameters);
  }

  @Override
  Expanded<MLDSAPrivateKeyParameters> expand(byte[] seed) {
    MLDSAPrivateKeyParameters privateKey =
        new MLDSAPrivateKeyParameters(parameters.bouncyCastle(), seed);
    return new Expanded<>(Bytes.wrap(privateKey.getPublicKey()), privateKey);
  }

  @Override
  byte[] sign(MLDSAPrivateKeyParameters privateKey, byte[] message, byte[] rnd) {
    ScriptedRandom script = new ScriptedRandom(rnd);
    MLDSASigner signer = new MLDSASigner();
    signer.init(true, new ParametersWithRandom(privateKey, script));
    signer.update(message, 0, message.length);
    try {
      byte[] signed = signer.generateSignature();
      script.requireUsedUp();
      return signed;
    } catch (CryptoException e) {
      throw new IllegalStateException("Bouncy Castle cannot sign", e);
    }
  }

  @Override
  boolean verify(byte[] publicKey, byte[] message, byte[] signature) {
    MLDSASigner verifier = new MLDSASigner();
    verifier.init(false, new MLDSAPublicKeyParameters(parameters.bouncyCastle(), publicKey));
    verifier.update(message, 0, message.length);
    return verifier.verifySignature(signature);
  }
}
