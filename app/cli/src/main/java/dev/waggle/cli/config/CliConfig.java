package dev.waggle.cli.config;

import dev.waggle.cli.logs.LogFormat;
import dev.waggle.node.config.ConfigKey;
import dev.waggle.node.config.ConfigProblem;
import dev.waggle.node.config.NodeConfig;
import dev.waggle.node.config.Settings;
import dev.waggle.ports.Endpoint;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.event.Level;

/**
 * What an operator decided about a node with a chain, and about its process. Immutable, and valid
 * from its construction on.
 *
 * <p>{@link CliKeys} says what each value means.
 */
public final class CliConfig {
  private final Settings settings;
  private final NodeConfig node;

  private CliConfig(Settings settings) {
    this.settings = settings;
    this.node =
        NodeConfig.builder()
            .take(settings)
            .transportOption(CliKeys.NETTY_IO.name(), settings.value(CliKeys.NETTY_IO).toString())
            .build();
  }

  public static CliConfig defaults() {
    return builder().build();
  }

  /** A builder that starts from the defaults. */
  public static Builder builder() {
    Settings.Builder settings = Settings.defaultsOf(CliKeys.ALL);
    CliKeys.ALL.forEach(key -> settings.parse(key, CliKeys.defaultText(key)));
    return new Builder(settings);
  }

  /** A builder that starts from this. */
  public Builder toBuilder() {
    return new Builder(settings.toBuilder());
  }

  public NodeConfig node() {
    return node;
  }

  public Path dataDir() {
    return settings.value(CliKeys.DATA_DIR);
  }

  /** What holds the passphrase of the identity; empty: it is asked for. */
  public Optional<Path> passphraseFile() {
    return settings.value(CliKeys.PASSPHRASE_FILE);
  }

  public boolean mine() {
    return settings.value(CliKeys.MINE);
  }

  /** Where the node's control socket is, if it has one. */
  public Optional<Path> controlSocket() {
    return settings.value(ControlKeys.CONTROL_SOCKET).map(dataDir()::resolve);
  }

  /** Where it is controlled over TCP, if it is. */
  public Optional<Endpoint> controlAddr() {
    return settings.value(ControlKeys.CONTROL_ADDR);
  }

  /** The token's file for that. */
  public Path controlToken() {
    return dataDir().resolve(ControlKeys.TOKEN_FILE);
  }

  public Duration mineInterval() {
    return settings.value(CliKeys.MINE_INTERVAL);
  }

  /** Where the live page is, if there is one. */
  public Optional<Endpoint> uiAddr() {
    return settings.value(CliKeys.UI_ADDR);
  }

  public OnStoreFailure onStoreFailure() {
    return settings.value(CliKeys.ON_STORE_FAILURE);
  }

  /** Whether events are printed. */
  public boolean events() {
    return settings.value(CliKeys.EVENTS);
  }

  public Optional<Endpoint> metricsAddr() {
    return settings.value(CliKeys.METRICS_ADDR);
  }

  public int readyPeers() {
    return settings.value(CliKeys.READY_PEERS);
  }

  public Level logLevel() {
    return settings.value(CliKeys.LOG_LEVEL);
  }

  public LogFormat logFormat() {
    return settings.value(CliKeys.LOG_FORMAT);
  }

  /** Empty: stderr. */
  public Optional<Path> logFile() {
    return settings.value(CliKeys.LOG_FILE);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CliConfig config && settings.equals(config.settings);
  }

  @Override
  public int hashCode() {
    return settings.hashCode();
  }

  @Override
  public String toString() {
    return "CliConfig" + settings;
  }

  /** Collects values; owned by one thread. */
  public static final class Builder {
    private final Settings.Builder settings;

    private Builder(Settings.Builder settings) {
      this.settings = settings;
    }

    /**
     * Takes a value.
     *
     * @throws ConfigProblem if the key does not allow the value
     */
    public <T> Builder set(ConfigKey<T> key, T value) {
      settings.set(key, value);
      return this;
    }

    /**
     * Takes a value as an operator writes it.
     *
     * @throws ConfigProblem if {@code text} is no value of the key
     */
    public <T> Builder parse(ConfigKey<T> key, String text) {
      settings.parse(key, text);
      return this;
    }

    /** The value so far. */
    public <T> T peek(ConfigKey<T> key) {
      return settings.peek(key);
    }

    /**
     * The configuration of these values.
     *
     * @throws ConfigProblem if values do not fit together
     */
    public CliConfig build() {
      return new CliConfig(settings.build());
    }
  }
}
