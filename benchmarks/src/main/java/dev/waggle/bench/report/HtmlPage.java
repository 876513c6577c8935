package dev.waggle.bench.report;

import dev.waggle.bench.report.Chart.Bars;
import dev.waggle.bench.report.Chart.Curves;
import dev.waggle.bench.report.Chart.Panel;
import dev.waggle.bench.report.Target.Row;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;

/** A run as a page that needs nothing else: XHTML, with its style and its charts in it. */
final class HtmlPage {
  static final String NAME = "index.html";

  private static final String STYLE = "page.css";

  private final Run run;
  private final Results results;
  private final List<Row> rows;

  HtmlPage(Run run) {
    this.run = run;
    this.results = run.results();
    this.rows = Targets.in(results);
  }

  String html() {
    StringBuilder html = new StringBuilder();
    head(html);
    header(html);
    targets(html);
    new Charts(results).all().forEach(chart -> chart(html, chart));
    failures(html);
    everything(html);
    return html.append("</main>\n</body>\n</html>\n").toString();
  }

  private static void head(StringBuilder html) {
    html.append(
        """
        <!DOCTYPE html>
        <html xmlns="http://www.w3.org/1999/xhtml" lang="en">
        <head>
        <meta charset="utf-8"/>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <meta name="color-scheme" content="light dark"/>
        <title>Waggle, measured</title>
        <style>
        """);
    html.append(style());
    html.append("</style>\n</head>\n<body>\n<main>\n");
  }

  private static String style() {
    try (InputStream css =
        Objects.requireNonNull(HtmlPage.class.getResourceAsStream(STYLE), STYLE)) {
      return new String(css.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void header(StringBuilder html) {
    Machine machine = run.machine();
    html.append("<header>\n<h1>Waggle, measured</h1>\n");
    html.append("<p class=\"lead\">").append(Xml.text(summary())).append("</p>\n<dl>\n");
    fact(html, "Machine", machine.describe());
    if (!machine.cpuFlags().isEmpty()) {
      fact(html, "Processor has", String.join(", ", machine.cpuFlags()));
    }
    fact(html, "Date", run.day());
    if (run.commit() != null) {
      fact(html, "Commit", run.commit());
    }
    html.append("<div><dt>Command</dt><dd><code>")
        .append(Xml.text(run.command()))
        .append("</code></dd></div>\n");
    OpenSsl openSsl = results.openSsl();
    if (openSsl != null && openSsl.version() != null) {
      fact(html, "OpenSSL", openSsl.version());
    }
    html.append("</dl>\n</header>\n");
  }

  private static void fact(StringBuilder html, String name, String value) {
    html.append("<div><dt>")
        .append(name)
        .append("</dt><dd>")
        .append(Xml.text(value))
        .append("</dd></div>\n");
  }

  private String summary() {
    return ("%s run. Of %d targets %d hold, %d miss, %d lie within their error, %d were"
            + " not judged, %d not measured.")
        .formatted(
            run.complete()
                ? run.mode().equals(Plan.FULL) ? "A full" : "A quick"
                : "An interrupted " + run.mode(),
            rows.size(),
            count(Verdict.HOLDS),
            count(Verdict.MISSES),
            count(Verdict.WITHIN_ERROR),
            count(Verdict.NOT_JUDGED),
            count(Verdict.NOT_MEASURED));
  }

  private long count(Verdict verdict) {
    return rows.stream().filter(row -> row.verdict() == verdict).count();
  }

  private void targets(StringBuilder html) {
    html.append(
        """
        <section id="targets">
        <h2>How do the targets fare?</h2>
        <p>Ratios compare figures of this run with each other, so they hold on other machines as well. \
        Errors are half of 99.9 % intervals; a verdict stands only if it does at both ends of its \
        interval, and no ratio of measurements in turn is judged whose error is 0.15 of it or more.</p>
        <table class="targets">
        <thead><tr><th>What</th><th>Measured</th><th>Against</th><th>Ratio</th><th>Target</th>\
        <th>Verdict</th></tr></thead>
        <tbody>
        """);
    rows.forEach(row -> target(html, row));
    html.append("</tbody>\n</table>\n<p class=\"note\">")
        .append(Xml.text(Targets.PEERS))
        .append("</p>\n</section>\n");
  }

  private static void target(StringBuilder html, Row row) {
    html.append("<tr><th scope=\"row\">").append(Xml.text(row.target().what())).append("</th>");
    cell(html, "Measured", "figure", row.measured().describe());
    cell(html, "Against", "", RatioTable.against(row));
    cell(html, "Ratio", "figure", row.ratio() == null ? "" : Numbers.withError(row.ratio()));
    cell(html, "Target", "figure", row.target().bound().text());
    html.append("<td data-label=\"Verdict\" class=\"verdict ")
        .append(row.verdict().name().toLowerCase(Locale.ROOT).replace('_', '-'))
        .append("\"><span><b>")
        .append(row.verdict().sign())
        .append("</b> ")
        .append(Xml.text(row.judgement()))
        .append("</span></td></tr>\n");
  }

  private static void cell(StringBuilder html, String label, String style, String text) {
    html.append(
            "<td data-label=\"%s\" class=\"%s\">".formatted(label, text.isEmpty() ? "none" : style))
        .append(Xml.text(text))
        .append("</td>");
  }

  private static void chart(StringBuilder html, Chart chart) {
    html.append(
        "<section id=\"%s\">\n<h2>%s</h2>\n".formatted(chart.id(), Xml.text(chart.title())));
    html.append("<p>").append(Xml.text(chart.text())).append("</p>\n<div class=\"panels\">\n");
    int number = 0;
    for (Panel panel : chart.panels()) {
      html.append("<figure>\n<figcaption>")
          .append(Xml.text(panel.title()))
          .append("</figcaption>\n")
          .append(svg(panel, chart.id() + "-" + ++number, chart.title()))
          .append("</figure>\n");
    }
    html.append("</div>\n</section>\n");
  }

  private static String svg(Panel panel, String id, String question) {
    return switch (panel) {
      case Bars bars -> BarChart.svg(bars, id, question);
      case Curves curves -> CurveChart.svg(curves, id, question);
    };
  }

  private void failures(StringBuilder html) {
    if (results.failures().isEmpty()) {
      return;
    }
    html.append("<section id=\"failures\">\n<h2>What was not measured?</h2>\n<dl class=\"why\">\n");
    results
        .failures()
        .forEach(
            (key, why) ->
                html.append("<div><dt>")
                    .append(Xml.text(key.toString()))
                    .append("</dt><dd>")
                    .append(Xml.text(why))
                    .append("</dd></div>\n"));
    html.append("</dl>\n</section>\n");
  }

  private void everything(StringBuilder html) {
    html.append(
        """
        <section id="everything">
        <h2>All figures</h2>
        <details>
        <summary>Every score as JMH gave it, with warm-up and settings</summary>
        <div class="wide">
        <table class="all">
        <thead><tr><th>Benchmark</th><th>Score</th><th>Warm-up of the first fork</th>\
        <th>Forks × (warm-up, then measured)</th><th>Garbage</th></tr></thead>
        <tbody>
        """);
    results.measurements().forEach(one -> score(html, one));
    html.append("</tbody>\n</table>\n</div>\n</details>\n</section>\n");
  }

  private static void score(StringBuilder html, Measurement one) {
    String unit = one.score().unit();
    String warmup =
        one.warmup().stream()
            .map(score -> Numbers.plain(Score.exact(score, unit)))
            .collect(Collectors.joining(", "));
    Score garbage = one.secondary().get(Measurement.GARBAGE);
    html.append("<tr><th scope=\"row\">").append(Xml.text(one.key().toString())).append("</th>");
    for (String text :
        List.of(
            Numbers.withError(one.score()),
            warmup,
            one.settings(),
            garbage == null ? "" : Numbers.plain(garbage) + "/op")) {
      html.append("<td>").append(Xml.text(text)).append("</td>");
    }
    html.append("</tr>\n");
  }
}
