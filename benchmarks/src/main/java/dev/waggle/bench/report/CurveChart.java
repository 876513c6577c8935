package dev.waggle.bench.report;

import dev.waggle.bench.report.Chart.Curve;
import dev.waggle.bench.report.Chart.Curves;
import dev.waggle.bench.report.Chart.Point;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Draws a panel of curves as SVG: sizes from left to right, each twice the one before at the same
 * distance, figures upwards from zero. Each line has a shape and dashes of its own, which a legend
 * below names, so that nobody needs the colours, which come from the page's style sheet.
 */
final class CurveChart {
  private static final int WIDTH = 340;
  private static final int PLOT_TOP = 18;
  private static final int PLOT_HEIGHT = 190;
  private static final int PLOT_LEFT = 8;
  private static final int PLOT_RIGHT = 332;
  private static final int SIZES_ROW = 22;
  private static final int LEGEND_ROW = 20;
  private static final int LEGEND_SHAPE = 36;
  private static final int SHAPE = 4;

  /** Labels of sizes that are closer than this would run into each other. */
  private static final double LABEL_WIDTH = 46;

  private static final int GRID_LINES = 4;

  private static final List<String> DASHES = List.of("", "7 3", "2 3", "9 3 2 3", "4 4", "1 4");

  private final Curves panel;
  private final List<Long> sizes;
  private final double most;

  private CurveChart(Curves panel) {
    this.panel = panel;
    sizes =
        panel.curves().stream()
            .flatMap(curve -> curve.points().stream())
            .map(Point::bytes)
            .distinct()
            .sorted()
            .toList();
    most =
        panel.curves().stream()
            .flatMap(curve -> curve.points().stream())
            .mapToDouble(point -> point.score().value())
            .max()
            .orElse(0);
  }

  static String svg(Curves panel, String id, String question) {
    return new CurveChart(panel).draw(id, question);
  }

  private String draw(String id, String question) {
    int plotEnd = PLOT_TOP + PLOT_HEIGHT + SIZES_ROW;
    int height = plotEnd + panel.curves().size() * LEGEND_ROW;
    StringBuilder svg = new StringBuilder();
    svg.append(
        "<svg role=\"img\" viewBox=\"0 0 %d %d\" aria-labelledby=\"%s-t %s-d\">\n"
            .formatted(WIDTH, height, id, id));
    svg.append(
        "<title id=\"%s-t\">%s</title>\n".formatted(id, Xml.text(question + " " + panel.title())));
    svg.append("<desc id=\"%s-d\">%s</desc>\n".formatted(id, Xml.text(inWords())));
    grid(svg);
    sizes(svg);
    for (int i = 0; i < panel.curves().size(); i++) {
      curve(svg, panel.curves().get(i));
      legend(svg, panel.curves().get(i), plotEnd + i * LEGEND_ROW);
    }
    return svg.append("</svg>\n").toString();
  }

  /** Lines at round figures. */
  private void grid(StringBuilder svg) {
    double step = step(most / GRID_LINES);
    String unit = panel.curves().getFirst().points().getFirst().score().unit();
    for (double value = 0; value <= most && step > 0; value += step) {
      svg.append(
          "<path class=\"grid\" d=\"M%d %sH%d\"/>"
              .formatted(PLOT_LEFT, decimal(y(value)), PLOT_RIGHT));
      if (value > 0) {
        svg.append(
            "<text class=\"note\" x=\"%d\" y=\"%s\">%s</text>\n"
                .formatted(
                    PLOT_LEFT,
                    decimal(y(value) - 3),
                    Xml.text(Numbers.plain(Score.exact(value, unit)))));
      }
    }
  }

  /** One, two or five times a power of ten, and not less than wanted. */
  private static double step(double wanted) {
    if (wanted <= 0) {
      return 0;
    }
    double power = Math.pow(10, Math.floor(Math.log10(wanted)));
    double leading = wanted / power;
    return power * (leading <= 1 ? 1 : leading <= 2 ? 2 : leading <= 5 ? 5 : 10);
  }

  private void sizes(StringBuilder svg) {
    double last = -LABEL_WIDTH;
    for (long bytes : sizes) {
      double x = x(bytes);
      svg.append(
          "<path class=\"grid\" d=\"M%s %dv4\"/>".formatted(decimal(x), PLOT_TOP + PLOT_HEIGHT));
      if (x - last >= LABEL_WIDTH) {
        last = x;
        String anchor = x < LABEL_WIDTH / 2 ? "" : x > WIDTH - LABEL_WIDTH / 2 ? " end" : " mid";
        svg.append(
            "<text class=\"note%s\" x=\"%s\" y=\"%d\">%s</text>\n"
                .formatted(
                    anchor,
                    decimal(x),
                    PLOT_TOP + PLOT_HEIGHT + SIZES_ROW - 5,
                    Xml.text(Numbers.size(Long.toString(bytes)))));
      }
    }
  }

  private void curve(StringBuilder svg, Curve curve) {
    String line =
        curve.points().stream()
            .map(point -> decimal(x(point.bytes())) + " " + decimal(y(point.score().value())))
            .collect(Collectors.joining("L", "M", ""));
    line(svg, curve, line);
    for (Point point : curve.points()) {
      dot(svg, curve, x(point.bytes()), y(point.score().value()));
    }
  }

  private static void line(StringBuilder svg, Curve curve, String path) {
    svg.append(
        "<path class=\"curve %s\" stroke-dasharray=\"%s\" d=\"%s\"/>\n"
            .formatted(tone(curve), DASHES.get(curve.number() % DASHES.size()), path));
  }

  /** In turn: a disc, a square, a triangle, a ring, a frame, an empty triangle. */
  private static void dot(StringBuilder svg, Curve curve, double x, double y) {
    int number = curve.number();
    String style = "dot " + tone(curve) + (number / 3 % 2 == 1 ? " hollow" : "");
    String shape =
        switch (number % 3) {
          case 0 -> "a%1$d %1$d 0 1 0 %2$d 0a%1$d %1$d 0 1 0 -%2$d 0z".formatted(SHAPE, 2 * SHAPE);
          case 1 -> "m0 -%1$dh%2$dv%2$dh-%2$dz".formatted(SHAPE, 2 * SHAPE);
          default -> "m0 %1$dh%2$dl-%1$d -%2$dz".formatted(SHAPE, 2 * SHAPE);
        };
    svg.append(
        "<path class=\"%s\" d=\"M%s %s%s\"/>\n"
            .formatted(style, decimal(x - SHAPE), decimal(y), shape));
  }

  private static void legend(StringBuilder svg, Curve curve, int top) {
    double y = top + LEGEND_ROW / 2.0;
    line(svg, curve, "M0 %sH%d".formatted(decimal(y), LEGEND_SHAPE));
    dot(svg, curve, LEGEND_SHAPE / 2.0, y);
    svg.append(
        "<text x=\"%d\" y=\"%s\">%s</text>\n"
            .formatted(LEGEND_SHAPE + 8, decimal(y + 4), Xml.text(curve.label())));
  }

  private static String tone(Curve curve) {
    return curve.tone().name().toLowerCase(Locale.ROOT);
  }

  private double x(long bytes) {
    double first = Math.log((double) sizes.getFirst());
    double range = Math.log((double) sizes.getLast()) - first;
    double part = range > 0 ? (Math.log((double) bytes) - first) / range : 0.5;
    return PLOT_LEFT + SHAPE + part * (PLOT_RIGHT - PLOT_LEFT - 2 * SHAPE);
  }

  private double y(double value) {
    return PLOT_TOP + PLOT_HEIGHT * (1 - (most > 0 ? value / most : 0));
  }

  private String inWords() {
    return panel.curves().stream()
        .map(
            curve ->
                curve.points().stream()
                    .map(
                        point ->
                            Numbers.size(Long.toString(point.bytes()))
                                + " "
                                + Numbers.withError(point.score()))
                    .collect(Collectors.joining(", ", curve.label() + ": ", "")))
        .collect(Collectors.joining("; "));
  }

  private static String decimal(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
