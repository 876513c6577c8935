package dev.waggle.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The part of README.md that is made from results, between two markers. */
final class Readme {
  static final String BEGIN = "<!-- bench:begin -->";
  static final String END = "<!-- bench:end -->";

  /** Where the published results are, from the project's folder. */
  static final String REPORT = "benchmarks/report";

  /** What belongs between the markers. */
  static String section(Run run) {
    return new RatioTable(run).markdown()
        + "\n\nAll figures are in [results.json]("
        + REPORT
        + "/"
        + ResultsFile.NAME
        + "); `./waggle bench --publish "
        + REPORT
        + "` makes a page of them beside it, with charts.";
  }

  /**
   * The text with that part replaced.
   *
   * @throws BenchFailed if it lacks the markers
   */
  static String replaced(String text, Path file, Run run) {
    int begin = text.indexOf(BEGIN);
    int end = text.indexOf(END);
    if (begin < 0 || end < begin) {
      throw new BenchFailed(file + ": has no " + BEGIN + " ... " + END);
    }
    return text.substring(0, begin + BEGIN.length())
        + "\n"
        + section(run)
        + "\n"
        + text.substring(end);
  }

  static void rewrite(Path file, Run run) {
    String text;
    try {
      text = Files.readString(file);
    } catch (IOException e) {
      throw BenchFailed.reading(file, e);
    }
    String replaced = replaced(text, file, run);
    try {
      Files.writeString(file, replaced);
    } catch (IOException e) {
      throw BenchFailed.writing(file, e);
    }
  }

  private Readme() {}
}
