package dev.waggle.node.config;

import dev.waggle.crypto.CryptoChoice;
import dev.waggle.netty.NettyIo;
import dev.waggle.ports.Endpoint;
import dev.waggle.ports.PeerAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.slf4j.event.Level;

/**
 * What an operator decided about a node. Immutable, and valid from its construction on; names of
 * transports, suites and codecs are resolved when the node is wired, since experimenters add their
 * own.
 *
 * <p>{@link ConfigKeys} says what each value means.
 */
public final class NodeConfig {
  private final Map<ConfigKey<?>, Object> values;

  private NodeConfig(Map<ConfigKey<?>, Object> values) {
    this.values = values;
    if (heartbeatTimeout().compareTo(heartbeatInterval()) <= 0) {
      throw ConfigProblem.expected(
          ConfigKeys.HEARTBEAT_TIMEOUT.name(),
          DurationText.format(heartbeatTimeout()),
          "more than heartbeat_interval, " + DurationText.format(heartbeatInterval()));
    }
  }

  public static NodeConfig defaults() {
    return builder().build();
  }

  /** A builder that starts from the defaults. */
  public static Builder builder() {
    Builder builder = new Builder();
    ConfigKeys.ALL.forEach(key -> builder.parse(key, key.defaultText()));
    return builder;
  }

  /** A builder that starts from this. */
  public Builder toBuilder() {
    Builder builder = new Builder();
    builder.values.putAll(values);
    return builder;
  }

  public Endpoint p2pAddr() {
    return value(ConfigKeys.P2P_ADDR);
  }

  public List<PeerAddress> seeds() {
    return value(ConfigKeys.SEEDS);
  }

  public Path dataDir() {
    return value(ConfigKeys.DATA_DIR);
  }

  public String network() {
    return value(ConfigKeys.NETWORK);
  }

  public String transport() {
    return value(ConfigKeys.TRANSPORT);
  }

  public NettyIo nettyIo() {
    return value(ConfigKeys.NETTY_IO);
  }

  /** Names or ids of cipher suites, at least one, the preferred one first. */
  public List<String> suites() {
    return value(ConfigKeys.SUITE);
  }

  /** Names of codecs, at least one, the preferred one first. */
  public List<String> codecs() {
    return value(ConfigKeys.CODEC);
  }

  public CryptoChoice crypto() {
    return value(ConfigKeys.CRYPTO);
  }

  /** 0: as many as there are cores. */
  public int ioThreads() {
    return value(ConfigKeys.IO_THREADS);
  }

  public int outboundTarget() {
    return value(ConfigKeys.OUTBOUND_TARGET);
  }

  public int maxInbound() {
    return value(ConfigKeys.MAX_INBOUND);
  }

  public Duration heartbeatInterval() {
    return value(ConfigKeys.HEARTBEAT_INTERVAL);
  }

  /** More than {@link #heartbeatInterval}. */
  public Duration heartbeatTimeout() {
    return value(ConfigKeys.HEARTBEAT_TIMEOUT);
  }

  public Duration mineInterval() {
    return value(ConfigKeys.MINE_INTERVAL);
  }

  public Level logLevel() {
    return value(ConfigKeys.LOG_LEVEL);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NodeConfig config && values.equals(config.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  @Override
  public String toString() {
    return "NodeConfig" + values;
  }

  /** Only {@link Builder} puts values in, each under a key of its own type. */
  @SuppressWarnings("unchecked")
  private static <T> T value(Map<ConfigKey<?>, Object> values, ConfigKey<T> key) {
    return (T) Objects.requireNonNull(values.get(key));
  }

  private <T> T value(ConfigKey<T> key) {
    return value(values, key);
  }

  /** Collects values; owned by one thread. */
  public static final class Builder {
    private final Map<ConfigKey<?>, Object> values = new LinkedHashMap<>();

    private Builder() {}

    /**
     * Takes a value.
     *
     * @throws ConfigProblem if the key does not allow the value
     */
    public <T> Builder set(ConfigKey<T> key, T value) {
      values.put(key, key.require(value));
      return this;
    }

    /**
     * Takes a value as an operator writes it.
     *
     * @throws ConfigProblem if {@code text} is no value of the key
     */
    public <T> Builder parse(ConfigKey<T> key, String text) {
      return set(key, key.parse(text));
    }

    /** The value so far. */
    public <T> T peek(ConfigKey<T> key) {
      return value(values, key);
    }

    /**
     * The configuration of these values.
     *
     * @throws ConfigProblem if values do not fit together
     */
    public NodeConfig build() {
      return new NodeConfig(new LinkedHashMap<>(values));
    }
  }
}
