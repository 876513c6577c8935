package dev.waggle.node.config;

import dev.waggle.crypto.CryptoChoice;
import dev.waggle.domain.addresses.Reach;
import dev.waggle.ports.Endpoint;
import dev.waggle.ports.IpAddress;
import dev.waggle.ports.IpEndpoint;
import dev.waggle.ports.PeerAddress;
import dev.waggle.ports.nat.Mapping;
import dev.waggle.ports.transport.SourceAddresses;
import dev.waggle.ports.transport.TransportSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What an operator decided about a node. Immutable, and valid from its construction on; names of
 * transports, suites and codecs are resolved when the node is wired, since experimenters add their
 * own.
 *
 * <p>{@link ConfigKeys} says what each value means.
 */
public final class NodeConfig {
  private final Settings settings;
  private final Map<String, String> transportOptions;

  private NodeConfig(Settings settings, Map<String, String> transportOptions) {
    this.settings = settings;
    this.transportOptions = transportOptions;
    if (heartbeatTimeout().compareTo(heartbeatInterval()) <= 0) {
      throw ConfigProblem.expected(
          ConfigKeys.HEARTBEAT_TIMEOUT.name(),
          DurationText.format(heartbeatTimeout()),
          "more than heartbeat_interval, " + DurationText.format(heartbeatInterval()));
    }
    requireOneOfEachFamily();
    requireReached();
    settings.value(ConfigKeys.NAT).requireUse(this);
    requireNobodyElse(ConfigKeys.SEEDS);
    requireNobodyElse(ConfigKeys.DNS_SEEDS);
  }

  private void requireOneOfEachFamily() {
    List<IpAddress> sources = settings.value(ConfigKeys.DIAL_FROM);
    if (sources.size() == 2 && sources.getFirst().isIpv4() == sources.getLast().isIpv4()) {
      throw ConfigProblem.expected(
          ConfigKeys.DIAL_FROM.name(), joined(sources), "at most one of IPv4 and one of IPv6");
    }
  }

  /** An address that others do not take is told to nobody, and the operator would wait in vain. */
  private void requireReached() {
    if (externalAddress().isEmpty()) {
      return;
    }
    IpEndpoint external = externalAddress().get();
    switch (Reach.of(external.address())) {
      case PUBLIC -> {}
      case PRIVATE -> {
        if (!allowPrivate()) {
          throw ConfigProblem.because(
              ConfigKeys.EXTERNAL_ADDRESS.name(),
              external.toString(),
              "a private or reserved address, which other nodes take on test networks only, with "
                  + ConfigKeys.ALLOW_PRIVATE.name());
        }
      }
      case NONE ->
          throw ConfigProblem.because(
              ConfigKeys.EXTERNAL_ADDRESS.name(),
              external.toString(),
              "an address that no machine has");
    }
  }

  /** Who dials those of {@code connect} and nobody else has no use for others to join through. */
  private void requireNobodyElse(ConfigKey<? extends List<?>> others) {
    if (!connect().isEmpty() && !settings.value(others).isEmpty()) {
      throw ConfigProblem.because(
          ConfigKeys.CONNECT.name(),
          joined(connect()),
          "there is %s = '%s' too; one of both must go"
              .formatted(others.name(), joined(settings.value(others))));
    }
  }

  private static String joined(List<?> values) {
    return values.stream().map(Object::toString).collect(Collectors.joining(","));
  }

  public static NodeConfig defaults() {
    return builder().build();
  }

  /** A builder that starts from the defaults. */
  public static Builder builder() {
    return new Builder(Settings.defaultsOf(ConfigKeys.ALL), Map.of());
  }

  /** A builder that starts from this. */
  public Builder toBuilder() {
    return new Builder(settings.toBuilder(), transportOptions);
  }

  public Endpoint p2pAddr() {
    return settings.value(ConfigKeys.P2P_ADDR);
  }

  public List<PeerAddress> seeds() {
    return settings.value(ConfigKeys.SEEDS);
  }

  /** Where others can dial this node; empty: it finds out itself, or nobody is told. */
  public Optional<IpEndpoint> externalAddress() {
    return settings.value(ConfigKeys.EXTERNAL_ADDRESS);
  }

  /**
   * Whether the node may be behind a router that it has to deal with: it dials from the port that
   * it listens at, and punches holes.
   */
  public boolean traverses() {
    return settings.value(ConfigKeys.NAT).traverses(this);
  }

  /** By which protocols routers are to be asked to let others through, in this order; or none. */
  public List<Mapping.Method> mappingMethods() {
    return settings.value(ConfigKeys.NAT).methods(this);
  }

  /** Names of zones. */
  public List<String> dnsSeeds() {
    return settings.value(ConfigKeys.DNS_SEEDS);
  }

  /** If there are any, whom the node dials and nobody else; there are no seeds then. */
  public List<PeerAddress> connect() {
    return settings.value(ConfigKeys.CONNECT);
  }

  public List<PeerAddress> addPeers() {
    return settings.value(ConfigKeys.ADD_PEERS);
  }

  public boolean allowPrivate() {
    return settings.value(ConfigKeys.ALLOW_PRIVATE);
  }

  public String network() {
    return settings.value(ConfigKeys.NETWORK);
  }

  /** Its name, or {@link ConfigKeys#ANY_TRANSPORT}. */
  public String transport() {
    return settings.value(ConfigKeys.TRANSPORT);
  }

  /** What whoever makes the transport gets to know. */
  public TransportSettings transportSettings() {
    return new TransportSettings(
        ioThreads(), SourceAddresses.of(settings.value(ConfigKeys.DIAL_FROM)), transportOptions);
  }

  /** Names or ids of cipher suites, at least one, the preferred one first. */
  public List<String> suites() {
    return settings.value(ConfigKeys.SUITE);
  }

  /** Names of codecs, at least one, the preferred one first. */
  public List<String> codecs() {
    return settings.value(ConfigKeys.CODEC);
  }

  public CryptoChoice crypto() {
    return settings.value(ConfigKeys.CRYPTO);
  }

  /** 0: as many as there are cores. */
  public int ioThreads() {
    return settings.value(ConfigKeys.IO_THREADS);
  }

  public int outboundTarget() {
    return settings.value(ConfigKeys.OUTBOUND_TARGET);
  }

  public int maxInbound() {
    return settings.value(ConfigKeys.MAX_INBOUND);
  }

  public Duration heartbeatInterval() {
    return settings.value(ConfigKeys.HEARTBEAT_INTERVAL);
  }

  /** More than {@link #heartbeatInterval}. */
  public Duration heartbeatTimeout() {
    return settings.value(ConfigKeys.HEARTBEAT_TIMEOUT);
  }

  /** Whether blocks may travel without what peers have already, if the application has a format. */
  public boolean compactBlocks() {
    return settings.value(ConfigKeys.COMPACT_BLOCKS);
  }

  /** Whether peers tell each other early that a large message is on its way. */
  public boolean earlyNotices() {
    return settings.value(ConfigKeys.EARLY_NOTICES);
  }

  /**
   * Whether the node catches up by headers first, and lets others do so, if the application has a
   * chain of headers.
   */
  public boolean headersFirst() {
    return settings.value(ConfigKeys.HEADERS_FIRST);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NodeConfig config
        && settings.equals(config.settings)
        && transportOptions.equals(config.transportOptions);
  }

  @Override
  public int hashCode() {
    return Objects.hash(settings, transportOptions);
  }

  @Override
  public String toString() {
    return "NodeConfig" + settings + transportOptions;
  }

  /** Collects values; owned by one thread. */
  public static final class Builder {
    private final Settings.Builder settings;
    private final Map<String, String> transportOptions;

    private Builder(Settings.Builder settings, Map<String, String> transportOptions) {
      this.settings = settings;
      this.transportOptions = new TreeMap<>(transportOptions);
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

    /** Takes from {@code all} the value of each of the node's keys. */
    public Builder take(Settings all) {
      ConfigKeys.ALL.forEach(key -> settings.take(key, all));
      return this;
    }

    /** Takes an option that only some transports know of: {@code netty_io}. */
    public Builder transportOption(String name, String value) {
      transportOptions.put(name, value);
      return this;
    }

    /**
     * The configuration of these values.
     *
     * @throws ConfigProblem if values do not fit together
     */
    public NodeConfig build() {
      return new NodeConfig(settings.build(), Map.copyOf(transportOptions));
    }
  }
}
