package dev.waggle.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.waggle.simulator.costs.Costs;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Timeout(180)
class SimulateCommandTest {
  private static final List<String> SMALL =
      List.of("simulate", "--nodes", "20", "--blocks", "2", "--block-bytes", "50KiB");

  @TempDir private Path folder;

  private static Outcome simulate(String... more) {
    List<String> words = new ArrayList<>(SMALL);
    words.addAll(List.of(more));
    return Outcome.of(words.toArray(String[]::new));
  }

  @Test
  void text_saysHowFarBlocksCame_andWhatRepeatsTheRun() {
    Outcome outcome = simulate("--seed", "3");
    assertThat(outcome.exitCode()).as(outcome.toString()).isZero();
    assertThat(outcome.out())
        .contains("2, of which 2 came to all nodes")
        .contains("seed 3")
        .contains("all agree");
  }

  @Test
  void json_isOneObjectOnStdout_andTheTextGoesToStderr() {
    Outcome outcome = simulate("--json");
    assertThat(outcome.exitCode()).as(outcome.toString()).isZero();
    assertThat(outcome.out().lines()).hasSize(1);
    JsonNode report = new JsonMapper().readTree(outcome.out());
    assertThat(report.get("blocks")).hasSize(2);
    assertThat(outcome.err()).contains("of which 2 came to all nodes");
  }

  @Test
  void files_areWritten() throws Exception {
    Path trace = folder.resolve("trace.jsonl");
    Path csv = folder.resolve("run.csv");
    Path page = folder.resolve("run.html");
    Outcome outcome =
        simulate("--trace", trace.toString(), "--csv", csv.toString(), "--html", page.toString());
    assertThat(outcome.exitCode()).as(outcome.toString()).isZero();
    assertThat(Files.readAllLines(csv)).hasSize(3);
    assertThat(page)
        .content()
        .contains("./waggle simulate --nodes 20 --blocks 2 --block-bytes 50KiB");
    List<String> lines = Files.readAllLines(trace);
    assertThat(lines).hasSizeGreaterThan(1_000);
    assertThat(new JsonMapper().readTree(lines.getLast()).isObject()).isTrue();
  }

  @Test
  void networkInTrouble_healsAndIsLookedAt() {
    Outcome outcome = simulate("--fault-rate", "1", "--check", "--json");
    assertThat(outcome.exitCode()).as(outcome.toString()).isZero();
    JsonNode report = new JsonMapper().readTree(outcome.out());
    assertThat(report.get("tips").asInt()).isEqualTo(1);
  }

  @Test
  void networkWithoutLinks_failsWithExitCode1() {
    // Nobody has room for a peer: no block comes to anybody.
    Outcome outcome = simulate("--max-inbound", "0");
    assertThat(outcome.exitCode()).as(outcome.toString()).isEqualTo(1);
    assertThat(outcome.out()).contains("2, of which 0 came to all nodes");
  }

  @ParameterizedTest
  @CsvSource({
    "--suite, rot13, there is no 'rot13'",
    "--bandwidth, fast, expected a rate such as 50Mbit",
    "--transaction-bytes, 2MiB, --transaction-bytes: expected a whole number from 5274 to 65536",
    "--latency, soon, 'expected a time such as 50ms'",
    "--outbound, -1, --outbound: expected a whole number from 0 to 1000",
    "--waiting, 95, '--waiting: expected a number from 0 to 1, not 95.0'",
    "--without, blocks, '--without: expected compact-blocks or dial-back or early-notices'",
    "--without-part, 2, '--without-part: expected a number from 0 to 1, not 2.0'",
    "--shrink, smaller.csv, --shrink searches for what --check finds",
    "--fault-rate, 0, --fault-rate: expected a number above 0",
    "--jitter, -1, --jitter: expected a number from 0 to 10",
    "--fidelity, bits, 'expected messages or bytes'",
    "--latency, 0ms, '--latency: expected a time from 1ms to 30s, not 0s'",
    "--latency, 999999999h, '--latency: expected a time from 1ms to 30s'",
    "--settle, 999999999h, '--settle: expected a time from 0s to 2400h'",
    "--drain, 999999999h, '--drain: expected a time from 0s to 2400h'",
    "--block-every, 999999999h, '--block-every: expected a time from 0s to 2400h'",
    "--block-every, 2400h, '--blocks times --block-every: expected at most 2400h'",
    "--private, most, 'expected a part from 0 to 1, or as in 60%, not ''most'''",
    "--private, 101%, 'expected a part from 0 to 1'",
    "--nat-kinds, symmetric=1, --nat-kinds is about the routers of --private: give that too",
    "--places, no/such/file, no/such/file",
    "--transport, nio, --transport is for the real nodes of --calibrate"
  })
  void wrongOption_isNamed_withExitCode2(String option, String value, String words) {
    Outcome outcome = simulate(option, value);
    assertThat(outcome.exitCode()).as(outcome.toString()).isEqualTo(2);
    assertThat(outcome.err()).contains(words).doesNotContain("Exception");
    assertThat(outcome.out()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "--known 5, --known and --calibrate exclude each other",
    "--seeds 3, --seeds and --calibrate exclude each other",
    "--undialable 0.5, --undialable and --calibrate exclude each other",
    "--waiting 0.5, --waiting and --calibrate exclude each other",
    "--without compact-blocks, --without and --calibrate exclude each other",
    "--resets-per-hour 1, --resets-per-hour and --calibrate exclude each other",
    "--faults f.csv, --faults and --calibrate exclude each other",
    "--fault-rate 1, --fault-rate and --calibrate exclude each other",
    "--check, --check and --calibrate exclude each other",
    "--trace t, --trace and --calibrate exclude each other",
    "--csv c, --csv and --calibrate exclude each other",
    "--html h, --html and --calibrate exclude each other",
    "--nodes 101, '--nodes: with --calibrate at most 100, not 101'",
    "--blocks 0, '--blocks: with --calibrate at least 1, not 0'",
    "--suite toy, --suite: real nodes use no toys"
  })
  void whatRealNodesCannotDo_isNamed_withExitCode2(String options, String words) {
    List<String> line = new ArrayList<>(List.of("simulate", "--calibrate"));
    line.addAll(List.of(options.split(" ")));
    Outcome outcome = Outcome.of(line.toArray(String[]::new));
    assertThat(outcome.exitCode()).as(outcome.toString()).isEqualTo(2);
    assertThat(outcome.err()).contains(words).doesNotContain("Exception");
    assertThat(outcome.out()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "--late 2, --late is about the chain of --history: give that too",
    "--liars 2, --liars is about the chain of --history: give that too",
    "--history 0, '--history: expected a whole number from 1 to 1000000, not 0'",
    "--history 100 --late 0, '--late: expected a whole number from 1 to 100, not 0'",
    "--history 100 --liars 2000, '--liars: expected a whole number from 0 to 1000, not 2000'",
    "--history 100 --history-bytes 100, '--history-bytes: expected 5418 to 8388544, not 100'",
    "--history 100 --late-within 1s, '--late-within: expected a time from 1m to 2400h, not 1s'",
    "--history 100 --liars 3 --nodes 4, '--nodes: with --history at least 5'",
    "--history 100 --liars 2 --lie cheating, '--lie: expected one of invalid-blocks, '",
    "--history 100 --lie orphans, '--lie: give --liars too'",
    "--history 100 --blocks 3, --blocks and --history exclude each other",
    "--history 100 --seeds 3, --seeds and --history exclude each other",
    "--history 100 --fault-rate 1, --fault-rate and --history exclude each other",
    "--history 100 --calibrate, --calibrate and --history exclude each other"
  })
  void whatFitsNoHistory_isNamed_withExitCode2(String options, String words) {
    List<String> line = new ArrayList<>(List.of("simulate"));
    line.addAll(List.of(options.split(" ")));
    Outcome outcome = Outcome.of(line.toArray(String[]::new));
    assertThat(outcome.exitCode()).as(outcome.toString()).isEqualTo(2);
    assertThat(outcome.err()).contains(words).doesNotContain("Exception");
    assertThat(outcome.out()).isEmpty();
  }

  @Test
  void nodesThatComeLate_catchUp_alsoAmongLiars() {
    Outcome outcome =
        Outcome.of(
            "simulate",
            "--history",
            "300",
            "--late",
            "2",
            "--liars",
            "3",
            "--lie",
            "made-up-headers,flawed-headers",
            "--latency",
            "20ms",
            "--json");
    assertThat(outcome.exitCode()).as(outcome.toString()).isZero();
    JsonNode report = new JsonMapper().readTree(outcome.out());
    assertThat(report.at("/scenario/nodes").asInt()).isEqualTo(13);
    assertThat(report.at("/scenario/history/blocks").asInt()).isEqualTo(300);
    assertThat(report.get("faults").size()).isEqualTo(3);
    assertThat(report.at("/faults/2/how").asString()).isEqualTo("made-up headers");
    assertThat(report.get("late").size()).isEqualTo(2);
    assertThat(report.at("/late/1/blocks").asInt()).isEqualTo(300);
    assertThat(outcome.err()).contains("had all 300 blocks after");
  }

  @ParameterizedTest
  @CsvSource({
    "--known 5, --known and --private exclude each other",
    "--history 100, --history and --private exclude each other",
    "--calibrate, --calibrate and --private exclude each other",
    "--nat-kinds round=1, 'each kind once, as in symmetric=1,full-cone=2, not ''round=1'''",
    "--nat-kinds symmetric=x, 'not ''symmetric=x'''",
    "--nat-kinds symmetric=0, 'not ''symmetric=0'''"
  })
  void whatFitsNoRouters_isNamed_withExitCode2(String options, String words) {
    List<String> line = new ArrayList<>(List.of("simulate", "--private", "0.6"));
    line.addAll(List.of(options.split(" ")));
    Outcome outcome = Outcome.of(line.toArray(String[]::new));
    assertThat(outcome.exitCode()).as(outcome.toString()).isEqualTo(2);
    assertThat(outcome.err()).contains(words).doesNotContain("Exception");
    assertThat(outcome.out()).isEmpty();
  }

  @Test
  void nodesBehindRouters_joinThroughSeeds_andGetEveryBlock() {
    Outcome outcome =
        simulate("--private", "50%", "--nat-kinds", "port-restricted=3,symmetric=1", "--json");
    assertThat(outcome.exitCode()).as(outcome.toString()).isZero();
    JsonNode report = new JsonMapper().readTree(outcome.out());
    assertThat(report.at("/scenario/seeds").asInt()).isEqualTo(3);
    assertThat(report.at("/scenario/behindRouters/share").asDouble()).isEqualTo(0.5);
    assertThat(report.at("/reach/together").asInt()).isEqualTo(20);
    assertThat(report.at("/reach/unreachable/nodes").asInt()).isBetween(4, 14);
    assertThat(report.at("/reach/reachable/inboundMean").asDouble()).isPositive();
    assertThat(outcome.err()).contains("port-restricted", "connected    all nodes");
  }

  @Test
  void transportThatThereIsNot_isNamed_withExitCode2() {
    Outcome outcome = simulate("--calibrate", "--transport", "pigeon");
    assertThat(outcome.exitCode()).as(outcome.toString()).isEqualTo(2);
    assertThat(outcome.err()).contains("transport = 'pigeon': expected one of netty, nio");
  }

  @Test
  void latencyAndPlaces_excludeEachOther() {
    Outcome outcome = simulate("--latency", "50ms", "--places", "p.csv");
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err()).contains("--latency and --places exclude each other");
  }

  @Test
  void seedsAndKnown_excludeEachOther_butNoSeedsAreNone() {
    Outcome outcome = simulate("--seeds", "2", "--known", "12");
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err()).contains("--known and --seeds exclude each other");
    assertThat(simulate("--seeds", "0", "--known", "12").exitCode()).isZero();
  }

  @Test
  void blocksThatNodesHave_travelWholeOnlyWithoutTheFeatures() {
    Outcome compact = simulate("--waiting", "1", "--json");
    Outcome whole =
        simulate("--waiting", "1", "--without", "compact-blocks,early-notices", "--json");

    assertThat(compact.exitCode()).as(compact.toString()).isZero();
    assertThat(compact.out()).contains("\"inOnePiece\":0", "\"without\":[]");
    assertThat(whole.exitCode()).as(whole.toString()).isZero();
    assertThat(whole.out()).contains("\"unasked\":0", "\"without\":[1,2]");
  }

  @Test
  void whatNodesLackApart_needsThatSomethingWaits() {
    Outcome outcome = simulate("--waiting-apart");
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err()).contains("--waiting-apart: give --waiting too");
  }

  @Test
  void nodesThatFindEachOtherThroughSeeds_getEveryBlock() {
    Outcome outcome = simulate("--seeds", "2", "--json");
    assertThat(outcome.exitCode()).as(outcome.toString()).isZero();
    assertThat(new JsonMapper().readTree(outcome.out()).at("/scenario/seeds").asInt()).isEqualTo(2);
    assertThat(outcome.err()).contains("found through 2 seeds", "of which 2 came to all nodes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--csv", "--html", "--trace"})
  void fileThatCannotBeWritten_isNamedBeforeTheRun_withExitCode1(String option) throws Exception {
    Path nowhere = folder.resolve("no").resolve("such");
    Path trace = folder.resolve("trace.jsonl");
    Outcome outcome =
        option.equals("--trace")
            ? simulate(option, nowhere.toString())
            : simulate(option, nowhere.toString(), "--trace", trace.toString());
    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err()).contains(nowhere.toString()).doesNotContain("Exception");
    assertThat(trace).doesNotExist();
  }

  @Test
  void fileThatTakesNothingInTheEnd_doesNotHideWhatCameOut() {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full));
    Outcome outcome = simulate("--csv", full.toString());
    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err()).contains("cannot write /dev/full: No space left on device");
    assertThat(outcome.out()).contains("2, of which 2 came to all nodes");
  }

  @Test
  void oneFileForTwoThings_isRefused() {
    String file = folder.resolve("out").toString();
    Outcome outcome = simulate("--csv", file, "--html", folder + "/./out");
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err()).contains("--html: give another file than --csv writes");
  }

  @Test
  void costsWithoutTheSuite_areNamed_withExitCode2() throws Exception {
    Path costs = folder.resolve("costs.csv");
    try (InputStream standard = Costs.class.getResourceAsStream("costs.csv")) {
      String text = new String(standard.readAllBytes(), StandardCharsets.UTF_8);
      Files.writeString(
          costs,
          text.lines()
              .filter(line -> !line.contains("mlkem768-mldsa65"))
              .collect(Collectors.joining("\n")));
    }
    Path trace = folder.resolve("trace.jsonl");
    Outcome outcome = simulate("--costs", costs.toString(), "--trace", trace.toString());
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err())
        .contains("--costs " + costs + " has no costs of the suite mlkem768-mldsa65, only of");
    assertThat(trace).doesNotExist();
  }

  @Test
  void faultOfNoNode_isTold() throws Exception {
    Path faults =
        Files.writeString(
            folder.resolve("faults.csv"),
            "fault, from, lasts, who, how\nstall, 25, 5, 20, -\nstall, 25, 5, 19, -\n");
    Outcome outcome = simulate("--faults", faults.toString());
    assertThat(outcome.exitCode()).as(outcome.toString()).isZero();
    assertThat(outcome.err())
        .contains("happens to nobody, for nodes are 0 to 19: stall, 25.0, 5.0, 20, -")
        .doesNotContain("19, -");
  }

  @Test
  void wordsWithSpaces_areQuotedInWhatRepeatsTheRun() throws Exception {
    Path page = folder.resolve("my page.html");
    Outcome outcome = simulate("--html", page.toString());
    assertThat(outcome.exitCode()).as(outcome.toString()).isZero();
    assertThat(page).content().contains("--html '" + page + "'");
  }
}
