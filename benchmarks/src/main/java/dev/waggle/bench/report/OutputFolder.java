package dev.waggle.bench.report;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Where a run's files go: results, table, page, and JMH's log. */
final class OutputFolder {
  static final String LOG = "jmh.log";

  private final Path path;

  private OutputFolder(Path path) {
    this.path = path;
  }

  /**
   * Makes the folder if there is none.
   *
   * @throws BenchFailed if that cannot be
   */
  static OutputFolder at(Path path) {
    try {
      Files.createDirectories(path);
    } catch (IOException e) {
      throw BenchFailed.writing(path, e);
    }
    return new OutputFolder(path);
  }

  Path log() {
    return path.resolve(LOG);
  }

  PrintStream openLog() {
    try {
      return new PrintStream(Files.newOutputStream(log()), true, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw BenchFailed.writing(log(), e);
    }
  }

  Path page() {
    return path.resolve(HtmlPage.NAME);
  }

  /** Writes everything that a run's results give; whoever reads meanwhile finds whole files. */
  void write(Run run) {
    write(ResultsFile.NAME, ResultsFile.text(run));
    write(RatioTable.NAME, new RatioTable(run).file());
    writePage(run);
  }

  void writePage(Run run) {
    write(HtmlPage.NAME, new HtmlPage(run).html());
  }

  void write(String name, String text) {
    Path file = path.resolve(name);
    Path partial = path.resolve(name + ".tmp");
    try {
      Files.writeString(partial, text);
      Files.move(partial, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw BenchFailed.writing(file, e);
    }
  }
}
