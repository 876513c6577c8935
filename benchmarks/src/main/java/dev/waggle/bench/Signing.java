package dev.waggle.bench;

import dev.waggle.bench.workload.Settings;
import dev.waggle.chain.ChainRules;
import dev.waggle.crypto.CipherSuites;
import dev.waggle.crypto.CryptoChoice;
import dev.waggle.crypto.CryptoUnavailable;
import dev.waggle.ports.crypto.SignatureScheme;

/** The chain that is measured: signed in earnest, and without work, which only takes time. */
final class Signing {
  static ChainRules rules() {
    return new ChainRules(Settings.NETWORK, 0, scheme());
  }

  private static SignatureScheme scheme() {
    try {
      return CipherSuites.create(CryptoChoice.AUTO).signatures().stream()
          .filter(each -> each.algorithm().equals(ChainRules.SIGNATURE_ALGORITHM))
          .findFirst()
          .orElseThrow();
    } catch (CryptoUnavailable e) {
      throw new IllegalStateException(e);
    }
  }

  private Signing() {}
}
