package dev.waggle.bench.report;

import dev.waggle.bench.report.Chart.Bar;
import dev.waggle.bench.report.Chart.Bars;
import dev.waggle.bench.report.Chart.Mark;
import java.util.Locale;

/**
 * Draws a panel as SVG: a line of text over each bar, its error on it as a whisker. Colours come
 * from the page's style sheet, so that they follow light and dark.
 */
final class BarChart {
  /** About what a phone shows, so that text keeps its size there. */
  private static final int WIDTH = 340;

  private static final int ROW = 36;
  private static final int TEXT = 13;
  private static final int BAR_TOP = 19;
  private static final int BAR = 9;
  private static final int WHISKER = 4;
  private static final int MARK_ROW = 16;

  /** Errors longer than bars would squeeze those; they are cut at the edge. */
  private static final double MOST_ERROR = 1.25;

  private final Bars panel;
  private final double scale;

  private BarChart(Bars panel) {
    this.panel = panel;
    double largest = panel.bars().stream().mapToDouble(bar -> bar.score().value()).max().orElse(0);
    double reach =
        panel.bars().stream().mapToDouble(bar -> bar.score().high()).max().orElse(largest);
    double most = Math.min(reach, largest * MOST_ERROR);
    Mark mark = panel.mark();
    double wanted = mark == null ? most : Math.max(most, mark.at().value());
    scale = wanted > 0 ? (WIDTH - 1) / wanted : 0;
  }

  static String svg(Bars panel, String id, String question) {
    return new BarChart(panel).draw(id, question);
  }

  private String draw(String id, String question) {
    Mark mark = panel.mark();
    int rows = panel.bars().size() * ROW;
    int height = rows + (mark == null ? 0 : MARK_ROW);
    StringBuilder svg = new StringBuilder();
    svg.append(
        "<svg role=\"img\" viewBox=\"0 0 %d %d\" aria-labelledby=\"%s-t %s-d\">\n"
            .formatted(WIDTH, height, id, id));
    svg.append(
        "<title id=\"%s-t\">%s</title>\n".formatted(id, Xml.text(question + " " + panel.title())));
    svg.append("<desc id=\"%s-d\">%s</desc>\n".formatted(id, Xml.text(inWords())));
    for (int i = 0; i < panel.bars().size(); i++) {
      bar(svg, panel.bars().get(i), i * ROW);
    }
    if (mark != null) {
      mark(svg, mark, rows);
    }
    return svg.append("</svg>\n").toString();
  }

  private void bar(StringBuilder svg, Bar bar, int top) {
    Score score = bar.score();
    svg.append("<text x=\"0\" y=\"%d\">%s</text>".formatted(top + TEXT, Xml.text(bar.label())));
    svg.append(
        "<text class=\"value\" x=\"%d\" y=\"%d\">%s</text>\n"
            .formatted(WIDTH, top + TEXT, Xml.text(Numbers.plain(score))));
    svg.append(
        "<rect class=\"track\" x=\"0\" y=\"%d\" width=\"%d\" height=\"%d\"/>"
            .formatted(top + BAR_TOP, WIDTH, BAR));
    svg.append(
        "<rect class=\"%s\" x=\"0\" y=\"%d\" width=\"%s\" height=\"%d\"/>\n"
            .formatted(
                bar.tone().name().toLowerCase(Locale.ROOT),
                top + BAR_TOP,
                decimal(x(score.value())),
                BAR));
    if (score.hasError() && score.error() > 0) {
      whisker(svg, x(score.low()), x(score.high()), top + BAR_TOP + BAR / 2.0);
    }
  }

  /** Without an end where it is cut. */
  private static void whisker(StringBuilder svg, double from, double to, double y) {
    svg.append(
        "<path class=\"error\" d=\"M%s %sH%s".formatted(decimal(from), decimal(y), decimal(to)));
    for (double end : new double[] {from, to}) {
      if (end > 0 && end < WIDTH) {
        svg.append("M%s %sv%d".formatted(decimal(end), decimal(y - WHISKER), 2 * WHISKER));
      }
    }
    svg.append("\"/>\n");
  }

  /** Across the bars, and not across the text between them. */
  private void mark(StringBuilder svg, Mark mark, int rows) {
    double x = x(mark.at().value());
    svg.append("<path class=\"mark\" d=\"");
    for (int top = 0; top < rows; top += ROW) {
      svg.append(
          "M%s %dv%d".formatted(decimal(Math.min(x, WIDTH - 1)), top + BAR_TOP - 3, BAR + 6));
    }
    svg.append("\"/>\n");
    boolean right = x > WIDTH / 2.0;
    svg.append(
        "<text class=\"note%s\" x=\"%s\" y=\"%d\">%s</text>\n"
            .formatted(
                right ? " end" : "", decimal(x), rows + MARK_ROW - 4, Xml.text(mark.text())));
  }

  private double x(double value) {
    return Math.clamp(value * scale, 0, WIDTH);
  }

  private String inWords() {
    StringBuilder words = new StringBuilder();
    for (Bar bar : panel.bars()) {
      words
          .append(words.isEmpty() ? "" : "; ")
          .append(bar.label())
          .append(": ")
          .append(Numbers.withError(bar.score()));
    }
    return words.toString();
  }

  private static String decimal(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
