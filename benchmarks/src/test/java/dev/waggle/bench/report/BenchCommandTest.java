package dev.waggle.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.bench.machine.Others;
import dev.waggle.bench.machine.OthersMeter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class BenchCommandTest {
  private static final String NL = System.lineSeparator();

  @TempDir Path dir;

  private record Outcome(int exitCode, String out, String err) {}

  private Outcome execute(String... arguments) {
    return executeOn(FixedMeter.QUIET, arguments);
  }

  private Outcome executeOn(OthersMeter meter, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exitCode =
        BenchCommand.create(new Home(dir), meter)
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(arguments);
    return new Outcome(exitCode, out.toString(), err.toString());
  }

  private Path written(String name, String text) throws IOException {
    return Files.writeString(dir.resolve(name), text);
  }

  @Test
  void help_hasEveryOptionAndExamples() {
    Outcome help = execute("--help");
    assertThat(help.exitCode()).isZero();
    assertThat(help.out())
        .startsWith("Usage: waggle bench [OPTIONS]")
        .contains(
            "--quick", "--only=REGEX", "--out=DIR", "--compare=", "--publish=PATH", "--costs=FILE")
        .contains("--json", "--busy", "--transport=NAME", "--codec=NAME", "--suite=NAME")
        .contains("Examples:", "./waggle bench --quick");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "--quik|Unknown option: '--quik'",
        "dance|Unmatched argument at index 0: 'dance'",
        "--only Nobody|--only = 'Nobody': matches no benchmark of the full run",
        "--quick --only Codec|--only = 'Codec': matches no benchmark of the quick run",
        "--only (|--only = '(': Unclosed group",
        "--compare a --quick|Expected parameter 2 (of 2 mandatory parameters) for option"
            + " '--compare' but found '--quick'",
        "--compare a b --quick|--compare goes with no such option",
        "--publish a --json|--publish goes with no such option",
        "--publish a --costs b|--publish goes with no such option",
        "--compare a b --costs c|--compare goes with no such option",
        "--publish a --codec b|--publish goes with no such option",
        "--publish a --busy|--publish goes with no such option",
        "--compare a b --busy|--compare goes with no such option",
        "--costs a --json|--costs goes with no such option",
        "--costs a --only Hash|--costs goes with no such option",
      })
  void mistake_isOneLineAndExitCode2(String arguments, String line) {
    Outcome outcome = execute(arguments.split(" ", -1));
    assertThat(outcome.err()).isEqualTo("waggle: " + line + "; see 'waggle bench --help'" + NL);
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.out()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "no JSON", "{}", "{\"schema\":9}", "[1]", "[{\"benchmark\":\"A.a\"}]"})
  void wrongFile_isNamedInOneLine(String text) throws IOException {
    Path wrong = written("wrong.json", text);
    Path right = written("right.json", new RunFixture().plainJson());
    Outcome outcome = execute("--compare", right.toString(), wrong.toString());
    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err()).startsWith("waggle: " + wrong + ": not ").hasLineCount(1);
  }

  @Test
  void missingFile_isNamedInOneLine() {
    Path missing = dir.resolve("missing.json");
    assertThat(execute("--compare", missing.toString(), missing.toString()))
        .isEqualTo(new Outcome(1, "", "waggle: " + missing + ": no such file" + NL));
  }

  @Test
  void compare_readsBothKindsOfFile() throws IOException {
    RunFixture old = new RunFixture().score("A.a", 100, 1, "ops/s");
    RunFixture now = new RunFixture().score("A.a", 200, 1, "ops/s");
    Path envelope = written("old.json", ResultsFile.text(old.run()));
    Path array = written("new.json", now.plainJson());
    Outcome text = execute("--compare", envelope.toString(), array.toString());
    assertThat(text.out()).contains("faster 2.00 x  A.a");
    assertThat(text.err()).isEmpty();
    Outcome json = execute("--json", "--compare", envelope.toString(), array.toString());
    JsonNode change = new JsonMapper().readTree(json.out()).path("changes").get(0);
    assertThat(change.path("change").asString()).isEqualTo("faster");
    assertThat(change.path("ratio").path("value").asDouble()).isEqualTo(2);
  }

  @Test
  void compare_warnsWhenMachinesDiffer() throws IOException {
    String run = ResultsFile.text(new RunFixture().run());
    Path old = written("old.json", run);
    Path now = written("new.json", run.replace("Test CPU", "Other CPU"));
    assertThat(execute("--compare", old.toString(), now.toString()).err())
        .startsWith("waggle: the machines differ")
        .contains("old: Test CPU", "new: Other CPU");
  }

  @Test
  void publish_writesTheReportAndTheReadme() throws IOException {
    Run run = new RunFixture().score("StartupBenchmark.run", 900, 5, "ms/op").run();
    Path results = written("results.json", ResultsFile.text(run));
    Path readme =
        written("README.md", "before\n" + Readme.BEGIN + "\nold\n" + Readme.END + "\nafter\n");
    assertThat(execute("--publish", dir.toString()).exitCode()).isZero();
    Path report = dir.resolve(Readme.REPORT);
    assertThat(report.resolve("results.json")).hasSameTextualContentAs(results);
    assertThat(report.resolve("index.html")).content().contains("Waggle, measured");
    assertThat(readme)
        .content()
        .startsWith("before\n" + Readme.BEGIN + "\nQuick run of `./waggle bench --quick`")
        .contains("| 900 ± 5 ms |")
        .endsWith("\n" + Readme.END + "\nafter\n")
        .doesNotContain("old\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--quick --only MessageId", "--quick --only MessageId --json"})
  void busyMachine_isRefusedBeforeAnythingIsMeasured(String arguments) {
    Outcome outcome = executeOn(FixedMeter.BUSY, arguments.split(" ", -1));
    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err())
        .startsWith(
            "waggle: the machine is busy: others use 1.25 of 2 processors, and more than 0.20")
        .endsWith(". End what runs beside, or measure anyway with --busy" + NL)
        .hasLineCount(1);
  }

  @Test
  void busyMachine_isSaidInWhatComesOfIt() throws IOException {
    Outcome outcome =
        executeOn(
            FixedMeter.BUSY,
            "--busy",
            "--only",
            "MessageIdBenchmark",
            "--quick",
            "--out",
            dir.toString());
    assertThat(outcome.err()).startsWith("the machine is busy: others use 1.25 of 2 processors");
    assertThat(outcome.exitCode()).isZero();
    Run run = ResultsFile.read(dir.resolve("results.json"));
    assertThat(run.load().others()).isEqualTo(new Others(1.25, 2));
    assertThat(run.command()).endsWith(" --busy");
  }

  @Test
  void ownParts_thatAreNotThere_areNamedBeforeAnythingIsMeasured() {
    Outcome outcome = execute("--codec", "toy", "--transport", "mine");
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err())
        .startsWith(
            "waggle: --transport mine --codec toy: transport = 'mine': expected one of broken,"
                + " netty, nio, toy; jars of yours belong in WAGGLE_CLASSPATH")
        .hasLineCount(1);
    assertThat(execute("--transport", "broken").err())
        .contains("transport = 'broken'", "no such device")
        .hasLineCount(1);
    assertThat(execute("--suite", "toy", "--quick").err()).contains("goes without --quick");
  }

  @Test
  void ownParts_areNotPublished() throws IOException {
    Run run = new RunFixture().ownParts(new OwnParts("mine", null, null)).run();
    Path file = written("results.json", ResultsFile.text(run));
    assertThat(execute("--publish", dir.toString()))
        .isEqualTo(
            new Outcome(
                1,
                "",
                "waggle: --publish: "
                    + file
                    + " is about own parts, and not about the targets"
                    + NL));
  }

  @Test
  void costs_needsAFolderBeforeAnythingIsMeasured() {
    Path file = dir.resolve("none").resolve("costs.csv");
    assertThat(execute("--costs", file.toString()))
        .isEqualTo(new Outcome(1, "", "waggle: --costs: no file can be written at " + file + NL));
    assertThat(execute("--costs", dir.toString()).exitCode()).isEqualTo(1);
  }

  @Test
  void publish_needsTheMarkers() throws IOException {
    written("results.json", ResultsFile.text(new RunFixture().run()));
    Path readme = written("README.md", "nothing");
    assertThat(execute("--publish", dir.toString()).err())
        .isEqualTo("waggle: " + readme + ": has no " + Readme.BEGIN + " ... " + Readme.END + NL);
  }
}
