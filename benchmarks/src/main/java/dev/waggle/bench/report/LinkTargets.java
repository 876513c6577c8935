package dev.waggle.bench.report;

import dev.waggle.ports.wire.GossipMessage;
import java.util.ArrayList;
import java.util.List;

/** The targets of a single link, on each of Waggle's transports. */
final class LinkTargets {
  private static final int SMALL = 256;
  private static final int USUAL = 65_536;
  private static final int LARGE = 1 << 20;
  private static final int LARGEST = GossipMessage.MAX_PAYLOAD_BYTES;

  /** Those at which a link is compared with its peers. */
  private static final int[] SIZES = {1 << 10, 1 << 12, 1 << 14, USUAL, 1 << 18, LARGE, LARGEST};

  private static final String TUNED = "tunedNanos";
  private static final String PACKED = "packedNanos";
  private static final String PLAIN = "plainNanos";

  /** Waggle's transports, each beside peers on the same I/O facility. */
  private enum Adapter {
    NETTY_EPOLL("Netty on epoll", "EPOLL", "waggleNettyNanos"),
    NETTY_NIO("Netty on NIO", "NIO", "waggleNettyNanos"),
    NIO("NIO", "NIO", "waggleNioNanos");

    private final String text;
    private final String io;
    private final String counter;

    Adapter(String text, String io, String counter) {
      this.text = text;
      this.io = io;
      this.counter = counter;
    }
  }

  static List<Target> all() {
    List<Target> targets = new ArrayList<>();
    for (int bytes : SIZES) {
      for (Adapter adapter : Adapter.values()) {
        targets.add(againstTls(adapter, bytes));
      }
    }
    for (int bytes : SIZES) {
      for (Adapter adapter : Adapter.values()) {
        targets.add(againstPlain(adapter, bytes));
      }
    }
    for (Adapter adapter : Adapter.values()) {
      targets.add(againstUsual(adapter));
    }
    for (Adapter adapter : Adapter.values()) {
      targets.add(againstUsualSize(adapter, SMALL, 0.85));
      targets.add(againstUsualSize(adapter, LARGE, 0.9));
      targets.add(againstUsualSize(adapter, LARGEST, 0.9));
    }
    targets.add(pings("Netty on epoll", "EPOLL"));
    targets.add(pings("Netty on NIO", "NIO"));
    return targets;
  }

  /** What one of the links in turn carries. */
  static Quantity bytesPerSecond(String io, String counter, int bytes) {
    return links(io, bytes).bytesPerSecond(counter);
  }

  private static InTurn links(String io, int bytes) {
    return InTurn.of("LinksInTurnBenchmark.round", "io", io, "bytes", Integer.toString(bytes));
  }

  private static Target againstTls(Adapter adapter, int bytes) {
    InTurn links = links(adapter.io, bytes);
    return Target.inTurn(
        what(adapter, bytes),
        links.bytesPerSecond(adapter.counter),
        "tuned or packed TLS 1.3",
        links.bytesPerSecond(TUNED).orMore(links.bytesPerSecond(PACKED)),
        links.ratio(TUNED, adapter.counter).orLess(links.ratio(PACKED, adapter.counter)),
        Bound.atLeast(1.25, Units.RATIO));
  }

  private static Target againstPlain(Adapter adapter, int bytes) {
    InTurn links = links(adapter.io, bytes);
    return Target.inTurn(
        what(adapter, bytes) + ", against no encryption",
        links.bytesPerSecond(adapter.counter),
        "Netty without encryption",
        links.bytesPerSecond(PLAIN),
        links.ratio(PLAIN, adapter.counter),
        Bound.atLeast(0.75, Units.RATIO));
  }

  private static String what(Adapter adapter, int bytes) {
    return "link, " + Targets.size(bytes) + ", " + adapter.text;
  }

  /** One after the other: the two differ by far more than a machine does from itself. */
  private static Target againstUsual(Adapter adapter) {
    return Target.relative(
        what(adapter, SMALL) + ", against TLS as usually written",
        link("WAGGLE_" + adapter.name()),
        "usual TLS 1.3 by BoringSSL",
        link("BORINGSSL_USUAL_" + adapter.io),
        Bound.atLeast(5, Units.RATIO));
  }

  private static Quantity link(String link) {
    return Quantity.score("LinkBenchmark.message", "link", link, "bytes", Integer.toString(SMALL))
        .times(1, Units.MESSAGES_PER_SECOND);
  }

  private static Target againstUsualSize(Adapter adapter, int bytes, double least) {
    InTurn sizes = InTurn.of("SizesInTurnBenchmark.round", "link", "WAGGLE_" + adapter.name());
    return Target.inTurn(
        what(adapter, bytes) + ", against itself",
        sizes.bytesPerSecond(sizeNanos(bytes)),
        "the same link, 64 KiB",
        sizes.bytesPerSecond(sizeNanos(USUAL)),
        sizes.ratio(sizeNanos(USUAL), sizeNanos(bytes)),
        Bound.atLeast(least, Units.RATIO));
  }

  private static String sizeNanos(int bytes) {
    return "bytes" + bytes + "Nanos";
  }

  private static Target pings(String text, String io) {
    InTurn pings = InTurn.of("PingsInTurnBenchmark.slices", "io", io);
    return Target.inTurn(
        "ping over a busy link, p99, " + text,
        pings.estimate("nettyP99Nanos", Units.NANOS),
        "NIO",
        pings.estimate("nioP99Nanos", Units.NANOS),
        pings.estimate("p99Ratio", Units.RATIO),
        Bound.atMost(1.2, Units.RATIO));
  }

  private LinkTargets() {}
}
