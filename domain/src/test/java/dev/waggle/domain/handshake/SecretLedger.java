package dev.waggle.domain.handshake;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.crypto.CipherSuite;
import dev.waggle.ports.crypto.Encapsulation;
import dev.waggle.ports.crypto.InvalidKeyMaterial;
import dev.waggle.ports.crypto.KemKeyPair;
import dev.waggle.ports.crypto.KeyDerivation;
import dev.waggle.ports.crypto.RandomSource;
import dev.waggle.ports.crypto.SecretBytes;
import java.util.ArrayList;
import java.util.List;

/** Remembers every secret that a suite hands out. Owned by one thread. */
public final class SecretLedger {
  private final List<SecretBytes> secrets = new ArrayList<>();
  private boolean macFails;

  /** From here on every MAC fails, as if the provider did. */
  void failMacs() {
    macFails = true;
  }

  /** Those that can still be read, the sender's before the receiver's. */
  public List<SecretBytes> unwiped() {
    return secrets.stream().filter(SecretLedger::isReadable).toList();
  }

  private static boolean isReadable(SecretBytes secret) {
    try {
      return secret.borrowArray() != null;
    } catch (IllegalStateException wiped) {
      return false;
    }
  }

  private SecretBytes enter(SecretBytes secret) {
    secrets.add(secret);
    return secret;
  }

  /** {@code suite}, watched. */
  public CipherSuite watch(CipherSuite suite) {
    ForwardingKem kem =
        new ForwardingKem(suite.kem()) {
          @Override
          public KemKeyPair generate(RandomSource random) {
            SecretBytes privateKey = enter(SecretBytes.wrap(new byte[] {1}));
            return new WatchedPair(super.generate(random), privateKey);
          }

          @Override
          public Encapsulation encapsulate(Bytes publicKey, RandomSource random)
              throws InvalidKeyMaterial {
            Encapsulation encapsulation = super.encapsulate(publicKey, random);
            enter(encapsulation.secret());
            return encapsulation;
          }

          @Override
          public SecretBytes decapsulate(KemKeyPair own, Bytes ciphertext)
              throws InvalidKeyMaterial {
            return enter(super.decapsulate(((WatchedPair) own).pair(), ciphertext));
          }
        };
    return new CipherSuite(
        suite.id(),
        suite.name(),
        kem,
        suite.signature(),
        suite.aead(),
        suite.hash(),
        watch(suite.kdf()));
  }

  private KeyDerivation watch(KeyDerivation kdf) {
    return new KeyDerivation() {
      @Override
      public int hashLength() {
        return kdf.hashLength();
      }

      @Override
      public SecretBytes extract(byte[] salt, SecretBytes inputKeyMaterial) {
        return enter(kdf.extract(salt, inputKeyMaterial));
      }

      @Override
      public SecretBytes expand(SecretBytes pseudorandomKey, byte[] info, int length) {
        return enter(kdf.expand(pseudorandomKey, info, length));
      }

      @Override
      public byte[] mac(SecretBytes key, byte[] message) {
        if (macFails) {
          throw new ArithmeticException("the provider has failed");
        }
        return kdf.mac(key, message);
      }
    };
  }

  /** A key pair that shows whether it was closed. */
  private record WatchedPair(KemKeyPair pair, SecretBytes privateKey) implements KemKeyPair {
    @Override
    public Bytes publicKey() {
      return pair.publicKey();
    }

    @Override
    public void close() {
      privateKey.close();
    }
  }
}
