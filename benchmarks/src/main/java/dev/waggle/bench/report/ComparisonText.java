package dev.waggle.bench.report;

import dev.waggle.bench.report.Comparison.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A comparison, for people and for scripts. */
final class ComparisonText {
  private static final JsonMapper MAPPER = new JsonMapper();

  /** Lines for a terminal. */
  static String text(Comparison comparison) {
    List<String> lines = new ArrayList<>();
    String of = " of " + count(comparison.figures(), "figure");
    String in = " in " + count(comparison.pairs(), "benchmark") + " that both have";
    lines.add(
        comparison.changes().isEmpty()
            ? "nothing changed beyond its error," + of + in
            : comparison.changes().size() + of + " changed beyond the error," + in);
    lines.addAll(table(comparison.changes()));
    if (comparison.unknown() > 0) {
      lines.add(
          count(comparison.unknown(), "figure")
              + " may have changed or not: no error in one of the two, or another unit");
    }
    only(lines, "only in the old one:", comparison.onlyOld());
    only(lines, "only in the new one:", comparison.onlyNew());
    return lines.stream().collect(Collectors.joining(System.lineSeparator()));
  }

  private static List<String> table(List<Change> changes) {
    List<List<String>> rows =
        changes.stream()
            .map(
                change ->
                    List.of(
                        change.word() + " " + factor(change),
                        what(change),
                        Numbers.withError(change.old()) + " → " + Numbers.withError(change.now())))
            .toList();
    int words = width(rows, 0);
    int names = width(rows, 1);
    return rows.stream()
        .map(
            row ->
                String.format(
                    Locale.ROOT,
                    "  %-" + words + "s  %-" + names + "s  %s",
                    row.get(0),
                    row.get(1),
                    row.get(2)))
        .toList();
  }

  private static String count(int number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }

  private static int width(List<List<String>> rows, int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(1);
  }

  /** How many times, whichever way round is more than one. */
  private static String factor(Change change) {
    double ratio = change.ratio().value();
    double factor = ratio >= 1 ? ratio : 1 / ratio;
    return Double.isFinite(factor) ? String.format(Locale.ROOT, "%.2f x", factor) : "";
  }

  private static String what(Change change) {
    return change.metric().isEmpty()
        ? change.key().toString()
        : change.metric() + " of " + change.key();
  }

  private static void only(List<String> lines, String title, List<String> names) {
    if (!names.isEmpty()) {
      lines.add(title);
      names.forEach(name -> lines.add("  " + name));
    }
  }

  /** One object. */
  static String json(Comparison comparison, boolean sameMachine) {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("sameMachine", sameMachine)
        .put("pairs", comparison.pairs())
        .put("withoutError", comparison.unknown());
    ArrayNode changes = json.putArray("changes");
    for (Change change : comparison.changes()) {
      ObjectNode one = changes.addObject();
      one.put("benchmark", change.key().benchmark());
      one.set("params", MAPPER.valueToTree(change.key().params()));
      one.put("metric", change.metric().isEmpty() ? "score" : change.metric())
          .put("change", change.word());
      RatioJson.put(one, "old", change.old());
      RatioJson.put(one, "new", change.now());
      RatioJson.put(one, "ratio", change.ratio());
    }
    comparison.onlyOld().forEach(json.putArray("onlyOld")::add);
    comparison.onlyNew().forEach(json.putArray("onlyNew")::add);
    json.put("figures", comparison.figures());
    return json.toString();
  }

  private ComparisonText() {}
}
