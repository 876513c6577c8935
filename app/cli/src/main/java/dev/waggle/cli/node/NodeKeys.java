package dev.waggle.cli.node;

import dev.waggle.chain.Author;
import dev.waggle.chain.ChainRules;
import dev.waggle.crypto.CipherSuites;
import dev.waggle.crypto.CryptoUnavailable;
import dev.waggle.crypto.SystemRandom;
import dev.waggle.node.config.ConfigKeys;
import dev.waggle.node.config.ConfigProblem;
import dev.waggle.node.config.NodeConfig;
import dev.waggle.ports.PeerIdentity;
import dev.waggle.ports.crypto.CipherSuite;
import dev.waggle.ports.crypto.RandomSource;
import dev.waggle.ports.crypto.SignatureScheme;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a node that keeps a chain: who it is to its peers, and who signs its blocks.
 *
 * <p>Both are one if the node's key is one that the chain knows, so that a block's miner is the
 * node's PeerId. Any other node signs with a key that is drawn when it starts, and kept nowhere:
 * nobody gains anything by having mined a block.
 *
 * @param identity null if only the node knows how to draw one that its suites can use
 * @param author signs by the rules' scheme
 */
public record NodeKeys(ChainRules rules, @Nullable PeerIdentity identity, Author author) {
  /**
   * The keys of a node of this configuration.
   *
   * @param identity null for one that is kept nowhere
   * @throws ConfigProblem if this Java lacks what the configuration asks for
   */
  static NodeKeys of(NodeConfig config, @Nullable PeerIdentity identity) {
    CipherSuites suites = suites(config);
    ChainRules rules = ChainRules.of(config.network(), scheme(suites));
    RandomSource random = new SystemRandom();
    if (identity != null) {
      boolean signsBlocks = identity.algorithm().equals(rules.scheme().algorithm());
      return new NodeKeys(
          rules,
          identity,
          signsBlocks
              ? new Author(rules, identity.keyPair(), random)
              : Author.drawn(rules, random));
    }
    Author author = Author.drawn(rules, random);
    boolean isIdentity =
        suites
            .find(config.suites().getFirst())
            .map(CipherSuite::signature)
            .filter(scheme -> scheme.algorithm().equals(rules.scheme().algorithm()))
            .isPresent();
    return new NodeKeys(rules, isIdentity ? author.identity() : null, author);
  }

  /**
   * What all nodes of a network sign transactions and blocks with.
   *
   * @throws ConfigProblem if this Java lacks what the configuration asks for
   */
  public static SignatureScheme scheme(NodeConfig config) {
    return scheme(suites(config));
  }

  private static SignatureScheme scheme(CipherSuites suites) {
    return suites.signatures().stream()
        .filter(each -> each.algorithm().equals(ChainRules.SIGNATURE_ALGORITHM))
        .findFirst()
        .orElseThrow();
  }

  private static CipherSuites suites(NodeConfig config) {
    try {
      return CipherSuites.create(config.crypto());
    } catch (CryptoUnavailable e) {
      throw ConfigProblem.because(
          ConfigKeys.CRYPTO.name(), config.crypto().toString(), e.getMessage());
    }
  }
}
