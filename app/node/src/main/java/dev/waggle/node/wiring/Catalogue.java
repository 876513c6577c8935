package dev.waggle.node.wiring;

import dev.waggle.crypto.CipherSuites;
import dev.waggle.node.config.ConfigKeys;
import dev.waggle.node.config.ConfigProblem;
import dev.waggle.node.config.NodeConfig;
import dev.waggle.ports.crypto.CipherSuite;
import dev.waggle.ports.transport.Transport;
import dev.waggle.ports.wire.WireCodec;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.util.List;
import java.util.Map;

/**
 * The parts that a node can be made of: its own, and those that the class path adds. Safe from any
 * thread.
 */
public final class Catalogue {
  private final NodeConfig config;
  private final Parts<Transport> transports;
  private final Parts<CipherSuite> suites;
  private final Parts<WireCodec> codecs;
  private final Provider<CipherSuites> crypto;

  @Inject
  Catalogue(
      NodeConfig config,
      Map<String, Provider<Transport>> transports,
      Map<String, Provider<CipherSuite>> suites,
      Map<String, Provider<WireCodec>> codecs,
      Provider<CipherSuites> crypto) {
    this.config = config;
    this.transports = new Parts<>(ConfigKeys.TRANSPORT, transports);
    this.suites = new Parts<>(ConfigKeys.SUITE, suites);
    this.codecs = new Parts<>(ConfigKeys.CODEC, codecs);
    this.crypto = crypto;
  }

  /**
   * The catalogue for a node of this configuration.
   *
   * @throws ConfigProblem if the class path offers a module that does not fit
   */
  public static Catalogue of(NodeConfig config) {
    return Wiring.create(config, List.of(), Catalogue.class);
  }

  /** Each is made anew whenever it is asked for; whoever asks closes it. */
  public Parts<Transport> transports() {
    return transports;
  }

  /**
   * The transport that the configuration names, or the only one that there is.
   *
   * @throws ConfigProblem if it is not there, cannot be had on this machine, or nobody said which
   */
  public Transport transport() {
    String name = config.transport();
    if (!name.equals(ConfigKeys.ANY_TRANSPORT)) {
      return transports.named(name);
    }
    List<String> names = transports.names();
    return switch (names.size()) {
      case 1 -> transports.named(names.getFirst());
      case 0 ->
          throw ConfigProblem.because(
              ConfigKeys.TRANSPORT.name(),
              name,
              "there is none on the class path: add the jar of one, waggle-adapters-nio for"
                  + " example");
      default ->
          throw ConfigProblem.expected(
              ConfigKeys.TRANSPORT.name(),
              name,
              "one of " + String.join(", ", names) + ", for there are several on the class path");
    };
  }

  public Parts<CipherSuite> suites() {
    return suites;
  }

  public Parts<WireCodec> codecs() {
    return codecs;
  }

  /**
   * The suite of that name, or of that id as the registry writes it.
   *
   * @throws ConfigProblem if there is none, or it cannot be had on this machine
   */
  public CipherSuite suite(String nameOrId) {
    if (!suites.names().contains(nameOrId)) {
      for (String name : suites.names()) {
        CipherSuite suite = suites.named(name);
        if (suite.hexId().equalsIgnoreCase(nameOrId)) {
          return suite;
        }
      }
    }
    return suites.named(nameOrId);
  }

  /**
   * Who computes the suites that come with Waggle, and why: one line for the operator.
   *
   * @throws ConfigProblem if this Java lacks what the configuration asks for
   */
  public String crypto() {
    return Wiring.make(crypto, ConfigKeys.CRYPTO, config.crypto().toString()).describe();
  }
}
