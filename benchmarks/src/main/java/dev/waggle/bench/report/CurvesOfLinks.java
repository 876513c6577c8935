package dev.waggle.bench.report;

import dev.waggle.bench.report.Chart.Curve;
import dev.waggle.bench.report.Chart.Curves;
import dev.waggle.bench.report.Chart.Point;
import dev.waggle.bench.report.Chart.Tone;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Links in turn, as curves over the size of messages: a panel for each I/O facility. */
final class CurvesOfLinks {
  static final String BENCHMARK = "LinksInTurnBenchmark.round";

  /** A link's counter, and what it is called. */
  private record Line(String counter, String label, Tone tone) {}

  private static final List<Line> LINES =
      List.of(
          new Line("waggleNettyNanos", "Waggle, Netty", Tone.WAGGLE),
          new Line("waggleIoUringNanos", "Waggle, Netty on io_uring", Tone.WAGGLE),
          new Line("waggleNioNanos", "Waggle, its own NIO", Tone.WAGGLE),
          new Line("tunedNanos", "TLS 1.3, BoringSSL, tuned", Tone.PEER),
          new Line("packedNanos", "TLS 1.3, BoringSSL, packed", Tone.PEER),
          new Line("plainNanos", "No encryption", Tone.PLAIN));

  private final List<Measurement> measured;

  CurvesOfLinks(Results results) {
    measured =
        results.of(BENCHMARK).sorted(Comparator.comparingLong(CurvesOfLinks::bytes)).toList();
  }

  List<Curves> panels() {
    List<Curves> panels = new ArrayList<>();
    for (String io : List.of("EPOLL", "NIO", "IO_URING")) {
      List<Curve> curves =
          LINES.stream().map(line -> curve(line, io)).filter(CurvesOfLinks::isAny).toList();
      if (!curves.isEmpty()) {
        panels.add(new Curves(Names.io(io), curves));
      }
    }
    return panels;
  }

  private Curve curve(Line line, String io) {
    List<Point> points = new ArrayList<>();
    for (Measurement one : measured) {
      Score score = InTurn.bytesPerSecond(one, line.counter());
      if (score != null && io.equals(one.key().params().get("io"))) {
        points.add(new Point(bytes(one), score));
      }
    }
    return new Curve(LINES.indexOf(line), line.label(), line.tone(), points);
  }

  private static boolean isAny(Curve curve) {
    return !curve.points().isEmpty();
  }

  private static long bytes(Measurement one) {
    return Names.number(one.key().params().getOrDefault("bytes", ""));
  }
}
