package dev.waggle.bench.report;

import dev.waggle.bench.report.Target.Row;
import dev.waggle.charts.Details;
import dev.waggle.charts.Fact;
import dev.waggle.charts.Facts;
import dev.waggle.charts.Page;
import dev.waggle.charts.Paragraph;
import dev.waggle.charts.Section;
import dev.waggle.charts.Table;
import dev.waggle.charts.Table.Cell;
import dev.waggle.charts.Table.Tone;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A run as a page that needs nothing else. */
final class HtmlPage {
  static final String NAME = "index.html";

  private final Run run;
  private final Results results;
  private final List<Row> rows;

  HtmlPage(Run run) {
    this.run = run;
    this.results = run.results();
    this.rows = Targets.in(results);
  }

  String html() {
    List<Section> sections = new ArrayList<>();
    OwnParts own = run.ownParts();
    sections.add(own == null ? targets() : parts(own));
    sections.addAll(new Charts(results).all());
    if (!results.failures().isEmpty()) {
      sections.add(failures());
    }
    sections.add(everything());
    return new Page("Waggle, measured", summary(), facts(), sections).html();
  }

  private List<Fact> facts() {
    Machine machine = run.machine();
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("Machine", machine.describe()));
    if (!machine.cpuFlags().isEmpty()) {
      facts.add(new Fact("Processor has", String.join(", ", machine.cpuFlags())));
    }
    facts.add(new Fact("Date", run.day()));
    if (run.commit() != null) {
      facts.add(new Fact("Commit", run.commit()));
    }
    facts.add(new Fact("Command", run.command()));
    String disturbance = new Disturbance(run).describe();
    if (!disturbance.isEmpty()) {
      facts.add(new Fact("Others", disturbance));
    }
    Load load = run.load();
    if (load != null && load.average() != null) {
      facts.add(
          new Fact("Load average", String.format(Locale.ROOT, "%.2f before", load.average())));
    }
    OpenSsl openSsl = results.openSsl();
    if (openSsl != null && openSsl.version() != null) {
      facts.add(new Fact("OpenSSL", openSsl.version()));
    }
    return facts;
  }

  private String summary() {
    OwnParts own = run.ownParts();
    if (own != null) {
      return "Parts of your own beside Waggle's: " + own.options() + ".";
    }
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

  private Section targets() {
    return new Section(
        "targets",
        "How do the targets fare?",
        "Ratios compare figures of this run with each other, so they hold on other machines as well."
            + " Errors are half of 99.9 % intervals; a verdict stands only if it does at both ends"
            + " of its interval. Not judged is what others disturbed, and what has too large an"
            + " error: 0.15 of a ratio of measurements in turn, half of any other figure.",
        List.of(
            new Table(
                List.of("What", "Measured", "Against", "Ratio", "Target", "Verdict"),
                rows.stream().map(HtmlPage::target).toList(),
                false),
            new Paragraph(Targets.PEERS)));
  }

  private Section parts(OwnParts own) {
    PartsTable parts = new PartsTable(own, results);
    return new Section(
        "parts",
        "How do these parts do?",
        "Each beside what Waggle has in its place, measured one after the other; the speed is how"
            + " many times Waggle's. Errors are half of 99.9 % intervals.",
        List.of(
            new Table(
                PartsTable.HEADS,
                parts.rows().stream()
                    .map(row -> parts.cells(row).stream().map(Cell::text).toList())
                    .toList(),
                false)));
  }

  private static List<Cell> target(Row row) {
    return List.of(
        Cell.text(row.target().what()),
        Cell.figure(row.measured().describe()),
        Cell.text(RatioTable.against(row)),
        Cell.figure(row.ratio() == null ? "" : Numbers.withError(row.ratio())),
        Cell.figure(row.target().bound().text()),
        new Cell(row.verdict().sign() + " " + row.judgement(), tone(row.verdict())));
  }

  private static Tone tone(Verdict verdict) {
    return switch (verdict) {
      case HOLDS -> Tone.GOOD;
      case MISSES -> Tone.BAD;
      case WITHIN_ERROR -> Tone.OPEN;
      case NOT_JUDGED, NOT_MEASURED -> Tone.SOFT;
    };
  }

  private Section failures() {
    List<Fact> failures = new ArrayList<>();
    results.failures().forEach((key, why) -> failures.add(new Fact(key.toString(), why)));
    return new Section("failures", "What was not measured?", "", List.of(new Facts(failures)));
  }

  private Section everything() {
    Table all =
        new Table(
            List.of(
                "Benchmark",
                "Score",
                "Warm-up of the first fork",
                "Forks × (warm-up, then measured)",
                "Garbage",
                "Others used"),
            results.measurements().stream().map(HtmlPage::score).toList(),
            true);
    return new Section(
        "everything",
        "All figures",
        "",
        List.of(
            new Details("Every score as JMH gave it, with warm-up and settings", List.of(all))));
  }

  private static List<Cell> score(Measurement one) {
    String unit = one.score().unit();
    String warmup =
        one.warmup().stream()
            .map(score -> Numbers.plain(Score.exact(score, unit)))
            .collect(Collectors.joining(", "));
    Score garbage = one.secondary().get(Measurement.GARBAGE);
    return List.of(
        Cell.text(one.key().toString()),
        Cell.text(Numbers.withError(one.score())),
        Cell.text(warmup),
        Cell.text(one.settings()),
        Cell.text(garbage == null ? "" : Numbers.plain(garbage) + "/op"),
        new Cell(
            one.others() == null ? "" : one.others().describe(),
            one.isDisturbed() ? Tone.BAD : Tone.SOFT));
  }
}
