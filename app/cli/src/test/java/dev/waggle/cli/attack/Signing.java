package dev.waggle.cli.attack;

import dev.waggle.chain.ChainRules;
import dev.waggle.crypto.CipherSuites;
import dev.waggle.crypto.CryptoChoice;
import dev.waggle.crypto.CryptoUnavailable;
import dev.waggle.node.config.ConfigKeys;

/** What attackers need to sign as the network does. */
final class Signing {
  /** Of the network that a node joins if nobody names another. */
  static ChainRules rules() {
    try {
      return ChainRules.of(
          ConfigKeys.NETWORK.defaultText(),
          CipherSuites.create(CryptoChoice.AUTO).signatures().stream()
              .filter(each -> each.algorithm().equals(ChainRules.SIGNATURE_ALGORITHM))
              .findFirst()
              .orElseThrow());
    } catch (CryptoUnavailable e) {
      throw new AssertionError(e);
    }
  }

  private Signing() {}
}
