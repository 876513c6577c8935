package dev.waggle.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.waggle.cli.config.CliKeys;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManCommandTest {
  @TempDir Path dir;

  @Test
  void page_hasAllThatTheHelpTells() {
    String page = Outcome.of("man", "run").out();
    assertThat(page)
        .contains(".TH \"waggle-run\" 1 ", ".SH NAME\nwaggle\\-run \\- Runs a node until ")
        .contains(".SH SYNOPSIS\nwaggle run [OPTIONS]\n")
        .contains(".TP\n\\fB\\-\\-mine[=true|false]\\fR\nMine blocks. Default: false.\n")
        .contains(".SH EXIT STATUS\n.TP\n\\fB0\\fR\nended by a signal")
        .contains(".br\n  ./waggle run \\-\\-mine")
        .endsWith(".SH SEE ALSO\nwaggle(1)\n");
    assertThat(CliKeys.ALL)
        .allSatisfy(key -> assertThat(page).contains("\\fB" + key.flag().replace("-", "\\-")));
  }

  @Test
  void everyCommand_hasAPage() throws Exception {
    assertThat(Outcome.of("man", "--all-to", dir.resolve("man1").toString()).exitCode()).isZero();
    try (Stream<Path> pages = Files.list(dir.resolve("man1"))) {
      assertThat(pages.map(page -> page.getFileName().toString()))
          .contains("waggle.1", "waggle-run.1", "waggle-identity-new.1", "waggle-config-show.1");
    }
  }

  @Test
  void directoryThatCannotBeWritten_isOneLine() throws Exception {
    Path file = Files.createFile(dir.resolve("file"));
    Outcome outcome = Outcome.of("man", "--all-to", file.toString());
    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err()).startsWith("waggle: " + file + " cannot be written: ");
  }

  /** What {@code man} itself would set the pages with. */
  @Test
  void pages_areSetWithoutAWarning() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/groff")), "this machine has no groff");
    assertThat(Outcome.of("man", "--all-to", dir.toString()).exitCode()).isZero();
    try (Stream<Path> pages = Files.list(dir)) {
      List<String> files = pages.map(Path::toString).sorted().toList();
      List<String> command =
          Stream.concat(Stream.of("groff", "-man", "-Tutf8", "-ww", "-z"), files.stream()).toList();
      Process groff = new ProcessBuilder(command).redirectErrorStream(true).start();
      assertThat(groff.getInputStream().readAllBytes()).asString().isEmpty();
      assertThat(groff.waitFor()).isZero();
    }
  }
}
