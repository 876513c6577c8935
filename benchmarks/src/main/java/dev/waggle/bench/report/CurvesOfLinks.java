package dev.waggle.bench.report;

import dev.waggle.charts.Axis;
import dev.waggle.charts.Curve;
import dev.waggle.charts.Curve.Point;
import dev.waggle.charts.CurveChart;
import dev.waggle.charts.Hue;
import dev.waggle.charts.Unit;
import dev.waggle.charts.Unit.Step;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Links in turn, as curves over the size of messages: a panel for each I/O facility. */
final class CurvesOfLinks {
  static final String BENCHMARK = "LinksInTurnBenchmark.round";

  /** A link's counter, and what it is called. */
  private record Line(String counter, String label, Hue hue) {}

  private static final List<Line> LINES =
      List.of(
          new Line("waggleNettyNanos", "Waggle, Netty", Names.WAGGLE),
          new Line("waggleIoUringNanos", "Waggle, Netty on io_uring", Names.WAGGLE),
          new Line("waggleNioNanos", "Waggle, its own NIO", Names.WAGGLE),
          new Line("tunedNanos", "TLS 1.3, BoringSSL, tuned", Names.PEER),
          new Line("packedNanos", "TLS 1.3, BoringSSL, packed", Names.PEER),
          new Line("plainNanos", "No encryption", Names.PLAIN));

  private static final Axis SIZE = Axis.log2("Size of messages", Unit.bytes());
  private static final Axis SPEED =
      Axis.linear("Payload", new Unit(List.of(new Step(1e6, "MB/s")))).from(0);

  private final List<Measurement> measured;

  CurvesOfLinks(Results results) {
    measured =
        results.of(BENCHMARK).sorted(Comparator.comparingLong(CurvesOfLinks::bytes)).toList();
  }

  List<CurveChart> panels() {
    List<CurveChart> panels = new ArrayList<>();
    for (String io : List.of("EPOLL", "NIO", "IO_URING")) {
      List<Curve> curves = LINES.stream().flatMap(line -> curve(line, io).stream()).toList();
      if (!curves.isEmpty()) {
        panels.add(new CurveChart(Names.io(io), inWords(curves), SIZE, SPEED, curves));
      }
    }
    return panels;
  }

  private Optional<Curve> curve(Line line, String io) {
    List<Point> points = new ArrayList<>();
    for (Measurement one : measured) {
      Score score = InTurn.bytesPerSecond(one, line.counter());
      if (score != null
          && Double.isFinite(score.value())
          && io.equals(one.key().params().get("io"))) {
        points.add(point((double) bytes(one), score));
      }
    }
    return points.isEmpty()
        ? Optional.empty()
        : Optional.of(new Curve(line.label(), line.hue(), points).withLook(LINES.indexOf(line)));
  }

  private static Point point(double bytes, Score score) {
    return Double.isFinite(score.error())
        ? new Point(bytes, score.value(), score.low(), score.high())
        : new Point(bytes, score.value());
  }

  /** What is to be seen; the figures are in the table below. */
  private static String inWords(List<Curve> curves) {
    return "Over the size of messages: "
        + curves.stream().map(Curve::name).collect(Collectors.joining("; "));
  }

  private static long bytes(Measurement one) {
    return Names.number(one.key().params().getOrDefault("bytes", ""));
  }
}
