package dev.waggle.simulator.report;

import dev.waggle.simulator.run.RunResult;
import dev.waggle.simulator.run.SpreadResult;
import java.util.List;
import java.util.Locale;

/**
 * How each published message spread, a line each, for spreadsheets (RFC 4180, but for the ends of
 * lines).
 */
public final class CsvReport {
  private static final List<String> COLUMNS =
      List.of(
          "kind",
          "id",
          "publisher",
          "place",
          "published_s",
          "size_bytes",
          "reached_nodes",
          "reached_percent",
          "p50_ms",
          "p90_ms",
          "p99_ms",
          "last_ms",
          "mean_hops",
          "most_hops",
          "duplicates_per_node");

  private final RunResult result;
  private final StringBuilder text = new StringBuilder();

  private CsvReport(RunResult result) {
    this.result = result;
  }

  /** A header, the blocks and the transactions; a cell is empty where there is no figure. */
  public static String of(RunResult result) {
    CsvReport report = new CsvReport(result);
    report.line(COLUMNS);
    result.blocks().forEach(report::message);
    result.transactions().forEach(report::message);
    return report.text.toString();
  }

  private void message(SpreadResult message) {
    int place = result.places().get(message.publisher());
    line(
        List.of(
            message.kind().name().toLowerCase(Locale.ROOT),
            message.id().hex(),
            Integer.toString(message.publisher()),
            result.scenario().places().name(place),
            number(message.publishedNanos() / Figures.NANOS_PER_SECOND),
            Integer.toString(message.bytes()),
            Integer.toString(message.reached()),
            number(100.0 * message.reached() / result.scenario().nodes()),
            number(message.coverage().at(50)),
            number(message.coverage().at(90)),
            number(message.coverage().at(99)),
            number(message.coverage().last()),
            number(message.meanHops()),
            Integer.toString(message.mostHops()),
            number(message.duplicates())));
  }

  private void line(List<String> cells) {
    text.append(String.join(",", cells.stream().map(CsvReport::cell).toList())).append('\n');
  }

  private static String cell(String cell) {
    boolean plain = cell.chars().noneMatch(one -> one == ',' || one == '"' || one < ' ');
    return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
  }

  private static String number(double value) {
    return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%.3f", value);
  }
}
