package dev.waggle.bench.workload;

import dev.waggle.crypto.CryptoChoice;
import dev.waggle.node.config.ConfigKeys;
import dev.waggle.node.config.ConfigProblem;
import dev.waggle.node.config.NodeConfig;
import dev.waggle.node.wiring.Catalogue;
import dev.waggle.node.wiring.Parts;
import dev.waggle.ports.crypto.CipherSuite;
import dev.waggle.ports.transport.Transport;
import dev.waggle.ports.wire.WireCodec;
import java.util.Locale;

/**
 * Parts by the names under which a node finds them: Waggle's own, and those of any jar on the class
 * path that offers a Guice module as a service.
 *
 * <p>All methods throw {@link ConfigProblem} if there is no such part, or it cannot be had on this
 * machine.
 */
public final class FoundParts {
  /** With one I/O thread, if it has a say in that; whoever asks closes it. */
  public static Transport transport(String name) {
    return catalogue(CryptoChoice.AUTO).transports().named(name);
  }

  /** In capitals as well, as results have always named Waggle's own. */
  public static WireCodec codec(String name) {
    Parts<WireCodec> codecs = catalogue(CryptoChoice.AUTO).codecs();
    String small = name.toLowerCase(Locale.ROOT);
    boolean isInCapitals = !codecs.names().contains(name) && codecs.names().contains(small);
    return codecs.named(isInCapitals ? small : name);
  }

  /**
   * A suite.
   *
   * @param crypto who computes it, if it is one of Waggle's own
   */
  public static CipherSuite suite(String name, CryptoChoice crypto) {
    return catalogue(crypto).suites().named(name);
  }

  private static Catalogue catalogue(CryptoChoice crypto) {
    return Catalogue.of(
        NodeConfig.builder()
            .parse(ConfigKeys.IO_THREADS, "1")
            .parse(ConfigKeys.CRYPTO, crypto.toString())
            .build());
  }

  private FoundParts() {}
}
