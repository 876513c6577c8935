package dev.waggle.cli.config;

import static dev.waggle.node.config.ValueType.choice;
import static dev.waggle.node.config.ValueType.duration;
import static dev.waggle.node.config.ValueType.file;
import static dev.waggle.node.config.ValueType.integer;
import static dev.waggle.node.config.ValueType.optional;
import static dev.waggle.node.config.ValueType.path;

import dev.waggle.cli.logs.LogFormat;
import dev.waggle.netty.NettyIo;
import dev.waggle.netty.NettyTransport;
import dev.waggle.node.config.ConfigKey;
import dev.waggle.node.config.ConfigKeys;
import dev.waggle.ports.Endpoint;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.event.Level;

/** The table of all keys: the node's, and those of what the command line puts on top of it. */
public final class CliKeys {
  public static final ConfigKey<Path> DATA_DIR =
      ConfigKey.of(
          "data_dir",
          path(),
          "~/.waggle",
          "Where identity, chain and known peers are kept, and waggle.toml is looked for.");

  public static final ConfigKey<Optional<Path>> PASSPHRASE_FILE =
      ConfigKey.of(
          "passphrase_file",
          optional(file()),
          "",
          "The first line of this file encrypts a new identity and opens an encrypted one. Without"
              + " it, an encrypted identity's passphrase is asked for.");

  public static final ConfigKey<NettyIo> NETTY_IO =
      ConfigKey.of(
          NettyIo.OPTION, choice(NettyIo.class), "auto", "How the netty transport does its I/O.");

  public static final ConfigKey<Boolean> MINE = ConfigKey.ofSwitch("mine", "Mine blocks.");

  public static final ConfigKey<Duration> MINE_INTERVAL =
      ConfigKey.of(
          "mine_interval",
          duration(Duration.ofMillis(1), Duration.ofHours(1)),
          "2s",
          "How long the miner rests between blocks.");

  /**
   * A node without its store is worth little to its operator, who does not see that, and to its
   * peers, for whom it takes up a link and passes on no block. So it ends unless told otherwise:
   * whoever watches processes notices, and starts it again.
   */
  public static final ConfigKey<OnStoreFailure> ON_STORE_FAILURE =
      ConfigKey.of(
          "on_store_failure",
          choice(OnStoreFailure.class),
          "stop",
          "When blocks cannot be kept, as on a full disk: end the node, or go on without new blocks"
              + " and try again with each that comes.");

  public static final ConfigKey<Boolean> EVENTS =
      ConfigKey.ofSwitch(
          "events", "Print what happens as JSON on stdout, one object a line, and nothing else.");

  public static final ConfigKey<Optional<Endpoint>> METRICS_ADDR =
      ConfigKey.of(
          "metrics_addr",
          optional(OperatorAddress.type()),
          "",
          "Where to serve /metrics for Prometheus, /healthz and /readyz; a port alone means this"
              + " machine only, nothing: nowhere.");

  public static final ConfigKey<Integer> READY_PEERS =
      ConfigKey.of(
          "ready_peers",
          integer(0, 4096),
          "1",
          "With so many peers /readyz says that it is ready.");

  public static final ConfigKey<Level> LOG_LEVEL =
      ConfigKey.of("log_level", choice(Level.class), "info", "What goes to the log.");

  public static final ConfigKey<LogFormat> LOG_FORMAT =
      ConfigKey.of(
          "log_format",
          choice(LogFormat.class),
          "text",
          "How the log looks: lines for people, or a JSON object a line.");

  public static final ConfigKey<Optional<Path>> LOG_FILE =
      ConfigKey.of(
          "log_file",
          optional(file()),
          "",
          "Where the log goes instead of stderr; of a file of 10 MiB the last nine are kept too, as"
              + " FILE.1 and so on.");

  public static final ConfigKey<Optional<Endpoint>> UI_ADDR =
      ConfigKey.of(
          "ui_addr",
          optional(OperatorAddress.type()),
          "",
          "Where a page in the browser shows the node to whoever can reach it; a port alone is one"
              + " of the loopback address.");

  /** Every key, in the order in which help lists them. */
  public static final List<ConfigKey<?>> ALL =
      List.of(
          ConfigKeys.P2P_ADDR,
          ConfigKeys.EXTERNAL_ADDRESS,
          ConfigKeys.NAT,
          ConfigKeys.DIAL_FROM,
          ConfigKeys.SEEDS,
          ConfigKeys.DNS_SEEDS,
          ConfigKeys.CONNECT,
          ConfigKeys.ADD_PEERS,
          ConfigKeys.ALLOW_PRIVATE,
          DATA_DIR,
          PASSPHRASE_FILE,
          ConfigKeys.NETWORK,
          ConfigKeys.TRANSPORT,
          NETTY_IO,
          ConfigKeys.SUITE,
          ConfigKeys.CODEC,
          ConfigKeys.CRYPTO,
          ConfigKeys.IO_THREADS,
          ConfigKeys.OUTBOUND_TARGET,
          ConfigKeys.MAX_INBOUND,
          ConfigKeys.HEARTBEAT_INTERVAL,
          ConfigKeys.HEARTBEAT_TIMEOUT,
          ConfigKeys.COMPACT_BLOCKS,
          ConfigKeys.EARLY_NOTICES,
          ConfigKeys.HEADERS_FIRST,
          MINE,
          MINE_INTERVAL,
          ON_STORE_FAILURE,
          EVENTS,
          ControlKeys.CONTROL_SOCKET,
          ControlKeys.CONTROL_ADDR,
          METRICS_ADDR,
          READY_PEERS,
          UI_ADDR,
          LOG_LEVEL,
          LOG_FORMAT,
          LOG_FILE);

  /** The distribution has more than a node that somebody embeds, and can choose. */
  private static final Map<ConfigKey<?>, String> DEFAULTS =
      Map.of(ConfigKeys.TRANSPORT, NettyTransport.NAME, ConfigKeys.CODEC, "bincode,kryo");

  /** A key's default on the command line, as an operator would write it. */
  public static String defaultText(ConfigKey<?> key) {
    return DEFAULTS.getOrDefault(key, key.defaultText());
  }

  private CliKeys() {}
}
