package dev.waggle.ports.testkit.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.ports.crypto.Aead;
import dev.waggle.ports.crypto.CipherSuite;
import dev.waggle.ports.crypto.HashFunction;
import dev.waggle.ports.crypto.KeyDerivation;
import dev.waggle.ports.crypto.KeyEncapsulation;
import dev.waggle.ports.crypto.SignatureScheme;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What every {@link CipherSuite} does: the contracts of all its parts, and that they fit. */
public abstract class CipherSuiteContract {
  /** The suite to test. */
  protected abstract CipherSuite suite();

  @Test
  void hashAndKdf_haveOneLength() {
    assertThat(suite().kdf().hashLength()).isEqualTo(suite().hash().length());
  }

  @Test
  void nonce_holdsARecordCounter() {
    assertThat(suite().aead().nonceLength()).isGreaterThanOrEqualTo(Long.BYTES);
  }

  @Test
  void name_isForConfigurations() {
    assertThat(suite().name()).matches("[a-z0-9]+(-[a-z0-9]+)*");
  }

  @Nested
  class Kem extends KeyEncapsulationContract {
    @Override
    protected KeyEncapsulation kem() {
      return suite().kem();
    }
  }

  @Nested
  class Signature extends SignatureSchemeContract {
    @Override
    protected SignatureScheme scheme() {
      return suite().signature();
    }
  }

  @Nested
  class Encryption extends AeadContract {
    @Override
    protected Aead aead() {
      return suite().aead();
    }
  }

  @Nested
  class Hash extends HashFunctionContract {
    @Override
    protected HashFunction hash() {
      return suite().hash();
    }
  }

  @Nested
  class Kdf extends KeyDerivationContract {
    @Override
    protected KeyDerivation kdf() {
      return suite().kdf();
    }
  }
}
