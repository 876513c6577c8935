package dev.waggle.cli;

import dev.waggle.cli.config.CliConfig;
import dev.waggle.node.config.ConfigProblem;
import dev.waggle.node.config.NodeConfig;
import dev.waggle.node.wiring.Catalogue;
import dev.waggle.ports.crypto.CipherSuite;
import dev.waggle.ports.transport.Transport;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a node can be made of on this machine. Its JSON is an interface that scripts rely on: fields
 * may be added behind the others, and nothing else may change.
 *
 * <p>In each entry {@code problem} says why that part cannot be had here; it is null if it can.
 */
record Inventory(
    List<TransportEntry> transports,
    List<CodecEntry> codecs,
    List<SuiteEntry> suites,
    CryptoEntry crypto) {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final NodeConfig DEFAULTS = CliConfig.defaults().node();

  /**
   * A transport.
   *
   * @param byDefault whether a node uses it that is not told otherwise
   * @param description the I/O facility that it would use and why, or null
   */
  record TransportEntry(
      String name, boolean byDefault, @Nullable String description, @Nullable String problem) {}

  /**
   * A codec.
   *
   * @param byDefault whether a node offers it that is not told otherwise
   */
  record CodecEntry(String name, boolean byDefault, @Nullable String problem) {}

  /**
   * A cipher suite.
   *
   * @param id as the registry writes it, or null
   * @param byDefault whether a node offers it that is not told otherwise
   * @param signature the algorithm of the identities that it is for, or null
   */
  record SuiteEntry(
      String name,
      @Nullable String id,
      boolean byDefault,
      @Nullable String signature,
      @Nullable String problem) {}

  /**
   * Who computes the suites that come with Waggle.
   *
   * @param choice what was asked for
   * @param description who it is and why, or null
   */
  record CryptoEntry(String choice, @Nullable String description, @Nullable String problem) {}

  /** Takes stock: each transport is started, asked, and closed. */
  static Inventory of(NodeConfig config) {
    Catalogue catalogue = Catalogue.of(config);
    return new Inventory(
        catalogue.transports().names().stream().map(name -> transport(catalogue, name)).toList(),
        catalogue.codecs().names().stream().map(name -> codec(catalogue, name)).toList(),
        catalogue.suites().names().stream().map(name -> suite(catalogue, name)).toList(),
        crypto(catalogue, config.crypto().toString()));
  }

  private static TransportEntry transport(Catalogue catalogue, String name) {
    boolean byDefault = DEFAULTS.transport().equals(name);
    try (Transport transport = catalogue.transports().named(name)) {
      return new TransportEntry(name, byDefault, transport.describe(), null);
    } catch (ConfigProblem problem) {
      return new TransportEntry(name, byDefault, null, problem.getMessage());
    }
  }

  private static CodecEntry codec(Catalogue catalogue, String name) {
    boolean byDefault = DEFAULTS.codecs().contains(name);
    try {
      catalogue.codecs().named(name);
      return new CodecEntry(name, byDefault, null);
    } catch (ConfigProblem problem) {
      return new CodecEntry(name, byDefault, problem.getMessage());
    }
  }

  private static SuiteEntry suite(Catalogue catalogue, String name) {
    boolean byDefault = DEFAULTS.suites().contains(name);
    try {
      CipherSuite suite = catalogue.suite(name);
      return new SuiteEntry(name, suite.hexId(), byDefault, suite.signature().algorithm(), null);
    } catch (ConfigProblem problem) {
      return new SuiteEntry(name, null, byDefault, null, problem.getMessage());
    }
  }

  private static CryptoEntry crypto(Catalogue catalogue, String choice) {
    try {
      return new CryptoEntry(choice, catalogue.crypto(), null);
    } catch (ConfigProblem problem) {
      return new CryptoEntry(choice, null, problem.getMessage());
    }
  }

  /** One object on one line. */
  String json() {
    return MAPPER.writeValueAsString(this);
  }
}
