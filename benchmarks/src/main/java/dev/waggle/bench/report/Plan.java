package dev.waggle.bench.report;

import dev.waggle.ports.wire.GossipMessage;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a run measures, and for how long. JMH's annotations on the classes do not count here; they
 * are for those who start JMH by hand.
 */
record Plan(String mode, List<Group> groups) {
  static final String QUICK = "quick";
  static final String FULL = "full";
  static final String PARTS = "parts";

  private static final String LINK = "LinkBenchmark.message";
  private static final String LINKS_IN_TURN = "LinksInTurnBenchmark.round";
  private static final String[] WAGGLES_LINKS = {
    "WAGGLE_NETTY_EPOLL", "WAGGLE_NETTY_NIO", "WAGGLE_NIO"
  };
  private static final String[] USUAL_LINKS = {"BORINGSSL_USUAL_EPOLL", "BORINGSSL_USUAL_NIO"};
  private static final String LARGEST = Integer.toString(GossipMessage.MAX_PAYLOAD_BYTES);
  private static final String DEFAULT_SUITE = "mlkem768-mldsa65";
  private static final String[] OTHER_SUITES = {"mlkem1024-mldsa87", "x25519mlkem768-mldsa65"};

  /** Besides all iterations: JMH itself, openssl, and a look whether the machine is busy. */
  private static final Duration AROUND = Duration.ofSeconds(10);

  /**
   * What has a target, in short iterations of one fork each, for what nodes use unless told
   * otherwise: neither other suites, whose lattices need seconds to warm up, nor Netty over NIO,
   * nor a crowd on NIO. Of the sizes of messages, two.
   */
  static Plan quick() {
    Rhythm hotPath = new Rhythm(1, 2900, 4, 1000, 8, 180);
    Rhythm handshake = new Rhythm(1, 1000, 8, 1000, 8, 200);
    Rhythm gossip = new Rhythm(1, 5000, 3, 850, 8, 300);
    Rhythm fanOut = new Rhythm(1, 1300, 4, 800, 8, 200);
    return new Plan(
        QUICK,
        List.of(
            Group.of(new Rhythm(1, 5500, 3, 1000, 8, 600), LINKS_IN_TURN)
                .with("io", "EPOLL", "NIO")
                .with("bytes", "1024", "65536"),
            Group.of(hotPath, "HotPathBenchmark.send", "HotPathBenchmark.receive")
                .with("bytes", "256", "65536"),
            receiving(new Rhythm(1, 3200, 3, 800, 8, 200)),
            handshakes(handshake, DEFAULT_SUITE),
            gossip(gossip),
            ids(new Rhythm(1, 1300, 2, 400, 8, 120)),
            crowd(new Rhythm(1, 3500, 5, 1000, 8, 300), "netty"),
            quietPeer(new Rhythm(1, 2500, 1, 1000, 8, 250)),
            Group.of(fanOut, "FanOutBenchmark.block", "FanOutBenchmark.seals"),
            idleLinks(),
            start(new Rhythm(1, 2500, 1, 1200, 5, 1200))));
  }

  /**
   * Everything, with the parameters worth having. What has a target gets eight iterations: of
   * fewer, JMH's interval would be too wide to judge by. Links are compared in turn, over all
   * sizes; those that take no turns get the sizes worth having.
   */
  static Plan full() {
    Rhythm links = new Rhythm(1, 5500, 4, 1200, 20, 750);
    Rhythm link = new Rhythm(1, 4600, 2, 1000, 8, 500);
    Rhythm otherLink = new Rhythm(1, 4600, 2, 700, 5, 300);
    Rhythm hotPath = new Rhythm(1, 3000, 6, 1000, 8, 500);
    Rhythm handshake = new Rhythm(1, 1300, 10, 1000, 8, 500);
    Rhythm fanOut = new Rhythm(1, 1300, 6, 1000, 8, 400);
    Rhythm part = new Rhythm(1, 1300, 3, 700, 5, 250);
    Rhythm shortPart = new Rhythm(1, 1300, 3, 400, 5, 150);
    Rhythm heapPart = new Rhythm(1, 3000, 3, 700, 5, 300);
    return new Plan(
        FULL,
        List.of(
            Group.of(links, LINKS_IN_TURN)
                .with("io", "EPOLL", "NIO")
                .with(
                    "bytes", "256", "1024", "4096", "16384", "65536", "262144", "1048576", LARGEST),
            Group.of(new Rhythm(1, 5000, 3, 1000, 5, 1000), LINKS_IN_TURN)
                .with("io", "IO_URING")
                .with("bytes", "256", "65536"),
            Group.of(links, "SizesInTurnBenchmark.round").with("link", WAGGLES_LINKS),
            Group.of(new Rhythm(2, 4500, 3, 3000, 1, 100_000), "PingsInTurnBenchmark.slices")
                .with("io", "EPOLL", "NIO"),
            Group.of(link, LINK).with("link", WAGGLES_LINKS).with("bytes", "256"),
            Group.of(link, LINK).with("link", USUAL_LINKS).with("bytes", "256"),
            Group.of(otherLink, LINK).with("link", USUAL_LINKS).with("bytes", "65536"),
            Group.of(otherLink, LINK).with("link", "JDK_TLS_NIO").with("bytes", "256", "65536"),
            Group.of(otherLink, "PingBenchmark.roundTrip")
                .with("link", "WAGGLE_NETTY_EPOLL", "WAGGLE_NIO", "BORINGSSL_EPOLL", "JDK_TLS_NIO")
                .with("load", "IDLE", "BUSY"),
            Group.of(hotPath, "HotPathBenchmark.send", "HotPathBenchmark.receive")
                .with("bytes", "256", "65536"),
            receiving(hotPath),
            handshakes(handshake, DEFAULT_SUITE),
            handshakes(handshake, OTHER_SUITES),
            gossip(new Rhythm(1, 5000, 5, 1000, 8, 1000)),
            ids(new Rhythm(1, 1300, 3, 700, 8, 300)),
            crowd(new Rhythm(1, 3500, 5, 1000, 8, 500), "netty", "nio"),
            quietPeer(new Rhythm(1, 2500, 2, 1000, 8, 500)),
            Group.of(fanOut, "FanOutBenchmark.block", "FanOutBenchmark.seals"),
            idleLinks(),
            start(new Rhythm(1, 2500, 2, 1200, 10, 1200)),
            Group.of(part, "SealBenchmark.seal")
                .with(
                    "provider", "JDK_HEAP", "JDK_DIRECT", "BOUNCY_CASTLE", "CORRETTO", "CONSCRYPT")
                .with("bytes", "256", "16384", "65536"),
            Group.of(
                    shortPart, "KeyDerivationBenchmark.handshake", "KeyDerivationBenchmark.ratchet")
                .with("suite", "mlkem768-mldsa65"),
            Group.of(part, "FrameBenchmark.frame")
                .with("content", "256", "16384", "65536")
                .with("read", "1460", "65536"),
            Group.of(
                    part,
                    "GossipRouterBenchmark.duplicate",
                    "GossipRouterBenchmark.fresh",
                    "GossipRouterBenchmark.announce")
                .with("peers", "8", "50"),
            Group.of(heapPart, "SessionBenchmark.message")
                .with("bytes", "256", "16384", "65536", "1048576"),
            Group.of(heapPart, "CodecBenchmark.encode", "CodecBenchmark.decode")
                .with("codec", "BINCODE", "KRYO")
                .with(
                    "message",
                    "PING",
                    "GOSSIP_256B",
                    "GOSSIP_64KIB",
                    "GOSSIP_1MIB",
                    "COMPACT_2500")));
  }

  private static Group receiving(Rhythm rhythm) {
    return Group.of(rhythm, "HotPathBenchmark.inTurn").with("bytes", "65536");
  }

  private static Group handshakes(Rhythm rhythm, String... suites) {
    return Group.of(rhythm, "HandshakeBenchmark.inTurn")
        .with("suite", suites)
        .with("crypto", "JDK", "BC");
  }

  private static Group gossip(Rhythm rhythm) {
    return Group.of(rhythm, "GossipBenchmark.message")
        .with("transport", "netty", "nio")
        .with("bytes", "256", "65536");
  }

  private static Group ids(Rhythm rhythm) {
    return Group.of(rhythm, "MessageIdBenchmark.id").with("bytes", "65536");
  }

  private static Group crowd(Rhythm rhythm, String... transports) {
    return Group.of(rhythm, "CrowdBenchmark.message")
        .with("transport", transports)
        .with("peers", "125")
        .with("arrivals", "16");
  }

  private static Group quietPeer(Rhythm rhythm) {
    return Group.of(rhythm, "QuietPeerBenchmark.ping", "QuietPeerBenchmark.block");
  }

  /** Once, since JMH would add up what more iterations count. */
  private static Group idleLinks() {
    Rhythm once = new Rhythm(1, 5000, 0, 0, 1, 5000);
    return Group.of(once, "IdleLinkBenchmark.links").with("transport", "netty", "nio");
  }

  private static Group start(Rhythm rhythm) {
    return Group.of(rhythm, "StartupBenchmark.run");
  }

  /** What of it matches; perhaps nothing. */
  Plan only(Pattern pattern) {
    return new Plan(
        mode,
        groups.stream()
            .map(group -> group.only(pattern))
            .filter(group -> !group.benchmarks().isEmpty())
            .toList());
  }

  boolean isEmpty() {
    return groups.isEmpty();
  }

  /** How many forks it takes. */
  int size() {
    return groups.stream().mapToInt(group -> group.keys().size() * group.rhythm().forks()).sum();
  }

  /** What all of it takes. */
  Duration duration() {
    return groups.stream()
        .map(group -> group.rhythm().duration().multipliedBy(group.keys().size()))
        .reduce(AROUND, Duration::plus);
  }
}
