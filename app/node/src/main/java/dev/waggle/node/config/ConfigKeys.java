package dev.waggle.node.config;

import static dev.waggle.node.config.ValueType.bool;
import static dev.waggle.node.config.ValueType.choice;
import static dev.waggle.node.config.ValueType.duration;
import static dev.waggle.node.config.ValueType.endpoint;
import static dev.waggle.node.config.ValueType.integer;
import static dev.waggle.node.config.ValueType.list;
import static dev.waggle.node.config.ValueType.optional;
import static dev.waggle.node.config.ValueType.text;

import dev.waggle.crypto.CryptoChoice;
import dev.waggle.domain.handshake.HandshakeLimits;
import dev.waggle.ports.Endpoint;
import dev.waggle.ports.IpAddress;
import dev.waggle.ports.IpEndpoint;
import dev.waggle.ports.PeerAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The table of the node's keys. */
public final class ConfigKeys {
  /** Stands for the only transport on the class path, where there is no other. */
  public static final String ANY_TRANSPORT = "auto";

  /** More seeds than that help nobody to join, and each is dialled for ever. */
  private static final int MAX_SEEDS = 256;

  /** Each takes a link beside those that the node chooses. */
  private static final int MAX_ADD_PEERS = 8;

  /** More are asked for nothing, and take longer to be asked. */
  private static final int MAX_DNS_SEEDS = 16;

  /** RFC 1123 §2.1; the last label tells it from an IPv4 address. */
  private static final String HOST_NAME =
      "(?=.{1,253}$)(?:LABEL\\.)*(?![0-9]+$)LABEL"
          .replace("LABEL", "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?");

  private static final ValueType<String> NAME =
      text("NAME", "[A-Za-z0-9._-]{1,64}", "1 to 64 letters, digits, dots and dashes");

  public static final ConfigKey<Endpoint> P2P_ADDR =
      ConfigKey.of(
          "p2p_addr",
          endpoint(),
          "0.0.0.0:9000",
          "Where to listen; port 0 lets the system choose.");

  public static final ConfigKey<Optional<IpEndpoint>> EXTERNAL_ADDRESS =
      ConfigKey.of(
          "external_address",
          optional(ipEndpoint()),
          "",
          "Where others can dial this node, if it cannot find out itself.");

  public static final ConfigKey<Nat> NAT =
      ConfigKey.of(
          "nat",
          choice(Nat.class),
          "auto",
          "How others reach a node behind a router. auto: it asks the router by PCP, then NAT-PMP, to"
              + " let others through, unless external_address says where that is so already, and"
              + " punches holes together with peers; with allow_private, or if nobody may dial the"
              + " node, neither. off: neither. A protocol's name: it asks by this one only, and"
              + " punches holes.");

  public static final ConfigKey<List<IpAddress>> DIAL_FROM =
      ConfigKey.of(
              "dial_from",
              list(ipAddress(), 0, 2),
              "",
              "From which addresses of this machine to dial others, one of IPv4 and one of IPv6;"
                  + " else the system chooses.")
          .repeatable("--dial-from");

  public static final ConfigKey<List<PeerAddress>> SEEDS =
      ConfigKey.of(
              "seeds",
              list(peerAddress(), 0, MAX_SEEDS),
              "",
              "Peers to join through: host:port, or peerid@host:port to accept nobody else there.")
          .repeatable("--seed");

  public static final ConfigKey<List<String>> DNS_SEEDS =
      ConfigKey.of(
              "dns_seeds",
              list(text("NAME", HOST_NAME, "a host name"), 0, MAX_DNS_SEEDS),
              "",
              "Names to ask DNS for peers to join through.")
          .repeatable("--dns-seed");

  public static final ConfigKey<List<PeerAddress>> CONNECT =
      ConfigKey.of(
              "connect",
              list(peerAddress(), 0, MAX_SEEDS),
              "",
              "Dial these and nobody else; learn no addresses.")
          .repeatable("--connect");

  public static final ConfigKey<List<PeerAddress>> ADD_PEERS =
      ConfigKey.of(
              "add_peers",
              list(peerAddress(), 0, MAX_ADD_PEERS),
              "",
              "Peers to stay linked with beside the others.")
          .repeatable("--add-peer");

  public static final ConfigKey<Boolean> ALLOW_PRIVATE =
      ConfigKey.ofSwitch(
          "allow_private",
          "Take and tell private, loopback and reserved addresses too: for test networks.");

  public static final ConfigKey<String> NETWORK =
      ConfigKey.of(
          "network",
          text("NAME", "[a-z0-9.-]{1,64}", "1 to 64 characters of a-z, 0-9, dot and dash"),
          "waggle-dev",
          "Only nodes of the same network talk to each other.");

  public static final ConfigKey<String> TRANSPORT =
      ConfigKey.of(
          "transport",
          NAME,
          ANY_TRANSPORT,
          "Which adapter moves the bytes; auto: the only one that there is.");

  public static final ConfigKey<List<String>> SUITE =
      ConfigKey.of(
              "suite",
              list(NAME, 1, HandshakeLimits.MAX_SUITES),
              "mlkem768-mldsa65,x25519mlkem768-mldsa65",
              "Cipher suites by name or id, the preferred one first: mlkem768-mldsa65 (0x0001),"
                  + " mlkem1024-mldsa87 (0x0002), x25519mlkem768-mldsa65 (0x0003).")
          .repeatable("--suite");

  public static final ConfigKey<List<String>> CODEC =
      ConfigKey.of(
              "codec",
              list(NAME, 1, HandshakeLimits.MAX_CODECS),
              "bincode",
              "Message codecs, the preferred one first.")
          .repeatable("--codec");

  public static final ConfigKey<CryptoChoice> CRYPTO =
      ConfigKey.of(
          "crypto",
          choice(CryptoChoice.class),
          "auto",
          "Who computes ML-KEM and ML-DSA: the JDK, Bouncy Castle, or the faster one.");

  public static final ConfigKey<Integer> IO_THREADS =
      ConfigKey.of(
          "io_threads", integer(0, 1024), "0", "Threads that serve connections; 0: one a core.");

  public static final ConfigKey<Integer> OUTBOUND_TARGET =
      ConfigKey.of("outbound_target", integer(0, 128), "8", "How many peers to dial and keep.");

  public static final ConfigKey<Integer> MAX_INBOUND =
      ConfigKey.of("max_inbound", integer(0, 4096), "117", "How many peers may dial us.");

  public static final ConfigKey<Duration> HEARTBEAT_INTERVAL =
      ConfigKey.of(
          "heartbeat_interval",
          duration(Duration.ofMillis(50), Duration.ofHours(1)),
          "15s",
          "How long a link is silent before a Ping.");

  public static final ConfigKey<Duration> HEARTBEAT_TIMEOUT =
      ConfigKey.of(
          "heartbeat_timeout",
          duration(Duration.ofMillis(100), Duration.ofHours(3)),
          "45s",
          "How long a peer is silent before its link is closed; more than heartbeat_interval.");

  public static final ConfigKey<Boolean> COMPACT_BLOCKS =
      ConfigKey.of(
          "compact_blocks",
          bool(),
          "true",
          "Send blocks without the transactions that peers have already, and take them so.");

  public static final ConfigKey<Boolean> EARLY_NOTICES =
      ConfigKey.of(
          "early_notices",
          bool(),
          "true",
          "Tell peers that a large message is on its way, and have them tell us.");

  public static final ConfigKey<Boolean> HEADERS_FIRST =
      ConfigKey.of(
          "headers_first",
          bool(),
          "true",
          "Catch up by headers first, with blocks from several peers; and let others do so.");

  /** Every key, in the order in which help lists them. */
  public static final List<ConfigKey<?>> ALL =
      List.of(
          P2P_ADDR,
          EXTERNAL_ADDRESS,
          NAT,
          DIAL_FROM,
          SEEDS,
          DNS_SEEDS,
          CONNECT,
          ADD_PEERS,
          ALLOW_PRIVATE,
          NETWORK,
          TRANSPORT,
          SUITE,
          CODEC,
          CRYPTO,
          IO_THREADS,
          OUTBOUND_TARGET,
          MAX_INBOUND,
          HEARTBEAT_INTERVAL,
          HEARTBEAT_TIMEOUT,
          COMPACT_BLOCKS,
          EARLY_NOTICES,
          HEADERS_FIRST);

  private static ValueType<IpEndpoint> ipEndpoint() {
    return ValueType.of(
        "IP:PORT",
        "ip:port, IPv6 in brackets, the port from 1 to 65535",
        ConfigKeys::parseIpEndpoint,
        e -> true);
  }

  private static IpEndpoint parseIpEndpoint(String text) {
    IpEndpoint parsed = IpEndpoint.of(Endpoint.parse(text));
    if (parsed == null) {
      throw new IllegalArgumentException("a name, or port 0");
    }
    return parsed;
  }

  private static ValueType<IpAddress> ipAddress() {
    return ValueType.of("IP", "an ip address", ConfigKeys::parseIpAddress, e -> true);
  }

  private static IpAddress parseIpAddress(String text) {
    IpAddress parsed = text.indexOf('%') < 0 ? IpAddress.ofLiteral(text) : null;
    if (parsed == null) {
      throw new IllegalArgumentException("a name");
    }
    return parsed;
  }

  private static ValueType<PeerAddress> peerAddress() {
    return ValueType.of(
        "[PEERID@]HOST:PORT",
        "host:port or peerid@host:port, IPv6 in brackets, the port from 1 to 65535",
        PeerAddress::parse,
        peer -> peer.endpoint().port() != 0);
  }

  private ConfigKeys() {}
}
