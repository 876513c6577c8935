package dev.waggle.bench.report;

import dev.waggle.bench.report.Target.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Waggle's targets: ratios within one run on one machine, and a few absolute figures. */
final class Targets {
  private static final int SMALL = 256;
  private static final int LARGE = 65_536;
  private static final double PERCENT_OF_NANOS_A_SECOND = 100 / 1e9;

  private static final String GOSSIP = "GossipBenchmark.message";
  private static final String SEND = "HotPathBenchmark.send";
  private static final String RECEIVE = "HotPathBenchmark.receive";

  /** Who the peers are, for those who read the table. */
  static final String PEERS =
      "The better of tuned and packed TLS 1.3 by BoringSSL, on the same I/O facility: both batch their"
          + " writes as Waggle does, without a promise for each, and packed TLS fills its records"
          + " itself. Usual TLS is what Netty's users write: LengthFieldPrepender,"
          + " LengthFieldBasedFrameDecoder, and a writeAndFlush for each message.";

  static final List<Target> ALL = all();

  /** How all of them fared. */
  static List<Row> in(Results results) {
    return ALL.stream().map(target -> target.in(results)).toList();
  }

  private static List<Target> all() {
    List<Target> targets = new ArrayList<>();
    targets.addAll(LinkTargets.all());
    targets.add(
        Target.relative(
            "serialize, seal and frame, 64 KiB",
            Quantity.score(SEND, "bytes", Integer.toString(LARGE))
                .times(LARGE, Units.BYTES_PER_SECOND),
            "openssl speed, 16 KiB",
            Quantity.openSsl(),
            Bound.atLeast(0.75, Units.RATIO)));
    targets.add(receiving());
    handshakes(targets);
    gossip(targets);
    manyPeers(targets);
    garbage(targets);
    memory(targets);
    targets.add(
        Target.relative(
            "one block of 64 KiB made ready for 50 peers",
            Quantity.score("FanOutBenchmark.block"),
            "50 seals of it",
            Quantity.score("FanOutBenchmark.seals"),
            Bound.atMost(1.3, Units.RATIO)));
    targets.add(
        Target.absolute(
            "./waggle run, from start to listening",
            Quantity.score("StartupBenchmark.run"),
            Bound.atMost(1000, Units.MILLIS_PER_OP)));
    return List.copyOf(targets);
  }

  /** Of one core's time; less for the same messages is better. */
  private static Target receiving() {
    InTurn batches = InTurn.of("HotPathBenchmark.inTurn", "bytes", Integer.toString(LARGE));
    return Target.inTurn(
        "receive, 64 KiB",
        share(batches, "receiveNanos"),
        "send, in turn with it",
        share(batches, "sendNanos"),
        batches.ratio("sendNanos", "receiveNanos"),
        Bound.atLeast(0.8, Units.RATIO));
  }

  private static Quantity share(InTurn of, String nanos) {
    return of.mean(nanos, Units.NANOS).times(PERCENT_OF_NANOS_A_SECOND, Units.SHARE_OF_TIME);
  }

  /** Small messages are counted, large ones weighed. */
  static Quantity flow(Quantity messages, int bytes) {
    return bytes < LARGE
        ? messages.times(1, Units.MESSAGES_PER_SECOND)
        : messages.times(bytes, Units.BYTES_PER_SECOND);
  }

  private static void handshakes(List<Target> targets) {
    for (String suite :
        List.of("mlkem768-mldsa65", "mlkem1024-mldsa87", "x25519mlkem768-mldsa65")) {
      for (String crypto : List.of("JDK", "BC")) {
        targets.add(
            handshake(
                "handshake, "
                    + suite
                    + " by "
                    + (crypto.equals("BC") ? "Bouncy Castle" : "the JDK"),
                InTurn.of("HandshakeBenchmark.inTurn", "suite", suite, "crypto", crypto)));
      }
    }
  }

  private static Target handshake(String what, InTurn both) {
    return Target.inTurn(
        what,
        share(both, "handshakeNanos"),
        "its primitives, in turn with it",
        share(both, "primitivesNanos"),
        both.ratio("handshakeNanos", "primitivesNanos"),
        Bound.atMost(1.1, Units.RATIO));
  }

  private static void gossip(List<Target> targets) {
    for (String adapter : List.of("Netty", "NIO")) {
      targets.add(
          Target.absolute(
              "gossip, 256 B, " + adapter,
              flow(gossip(adapter, SMALL), SMALL),
              Bound.atLeast(500_000, Units.MESSAGES_PER_SECOND)));
    }
    gossipAgainstLink(
        targets, "Netty", LinkTargets.bytesPerSecond("EPOLL", "waggleNettyNanos", LARGE));
    gossipAgainstLink(targets, "NIO", LinkTargets.bytesPerSecond("NIO", "waggleNioNanos", LARGE));
  }

  private static void gossipAgainstLink(List<Target> targets, String adapter, Quantity link) {
    targets.add(
        Target.relative(
            "gossip, 64 KiB, " + adapter,
            flow(gossip(adapter, LARGE), LARGE),
            "the link, or one core's ids if those are fewer",
            link.orLess(flow(ids(LARGE), LARGE)),
            Bound.atLeast(0.6, Units.RATIO)));
  }

  private static Quantity ids(int bytes) {
    return Quantity.score("MessageIdBenchmark.id", "bytes", Integer.toString(bytes));
  }

  private static Quantity gossip(String adapter, int bytes) {
    return Quantity.score(
        GOSSIP, "transport", adapter.toLowerCase(Locale.ROOT), "bytes", Integer.toString(bytes));
  }

  private static void manyPeers(List<Target> targets) {
    for (String adapter : List.of("Netty", "NIO")) {
      targets.add(
          Target.absolute(
              "unique messages with 125 peers, " + adapter,
              Quantity.score(
                      "CrowdBenchmark.message",
                      "transport",
                      adapter.toLowerCase(Locale.ROOT),
                      "peers",
                      "125",
                      "arrivals",
                      "16")
                  .times(1, Units.MESSAGES_PER_SECOND),
              Bound.atLeast(36_000, Units.MESSAGES_PER_SECOND)));
    }
    for (String what : List.of("ping", "block")) {
      targets.add(
          Target.withoutError(
              "delay of a quiet peer under load, " + what + ", p99",
              Quantity.percentile("99.0", "QuietPeerBenchmark." + what),
              Bound.atMost(100, Units.MILLIS_PER_OP)));
    }
  }

  private static void garbage(List<Target> targets) {
    for (int bytes : new int[] {SMALL, LARGE}) {
      targets.add(
          Target.absolute(
              "garbage a message of " + size(bytes) + ", sending",
              Quantity.secondary(Measurement.GARBAGE, SEND, "bytes", Integer.toString(bytes))
                  .times(1, Units.BYTES),
              Bound.noBytes()));
    }
    for (int bytes : new int[] {SMALL, LARGE}) {
      targets.add(
          Target.absolute(
              "garbage a message of " + size(bytes) + ", receiving, beyond the message",
              garbageOfReceiving(bytes),
              Bound.noBytes()));
    }
  }

  /** The benchmark counts it itself, a second, since JMH's profiler sees the peer's garbage too. */
  static Quantity garbageOfReceiving(int bytes) {
    return Quantity.secondary("garbageBytes", RECEIVE, "bytes", Integer.toString(bytes))
        .per(Quantity.score(RECEIVE, "bytes", Integer.toString(bytes)), Units.BYTES);
  }

  private static void memory(List<Target> targets) {
    for (String adapter : List.of("Netty", "NIO")) {
      targets.add(
          Target.withoutError(
              "memory of an idle link, both ends, " + adapter,
              Quantity.secondary(
                      "bytesPerLink",
                      "IdleLinkBenchmark.links",
                      "transport",
                      adapter.toLowerCase(Locale.ROOT))
                  .times(1, Units.BYTES),
              Bound.atMost(32_768, Units.BYTES)));
    }
  }

  static String size(int bytes) {
    return Numbers.size(Integer.toString(bytes));
  }

  private Targets() {}
}
