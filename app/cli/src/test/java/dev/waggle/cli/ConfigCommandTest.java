package dev.waggle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.cli.config.CliKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ConfigCommandTest {
  @TempDir Path dir;

  private Outcome config(String command, Path file, String... more) {
    List<String> arguments = new ArrayList<>(List.of("config", command));
    arguments.addAll(List.of("--config", file.toString()));
    arguments.addAll(List.of(more));
    return Outcome.of(arguments.toArray(String[]::new));
  }

  private Path file(String content) throws IOException {
    return Files.writeString(dir.resolve("waggle.toml"), content);
  }

  @Test
  void validSettings_areSaidToBeSo_inOneLine() throws IOException {
    Path file = file("mine = true\ntransport = 'nio'\nsuite = '0x0001'");
    Outcome outcome = config("check", file, "--events");
    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out())
        .isEqualTo("valid: read %s; 4 of %d set%n".formatted(file, CliKeys.ALL.size()));
    assertThat(outcome.err()).isEmpty();
  }

  @Test
  void withoutAFile_thatIsSaid() {
    Outcome outcome = Outcome.of("config", "check", "--data-dir", dir.toString());
    assertThat(outcome.out()).startsWith("valid: no file was read; 1 of ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "mine = 'maybe'|mine = 'maybe' (FILE:1): expected true, false",
        "heartbeat_timeout = '1s'|heartbeat_timeout = '1s' (FILE:1): expected more than"
            + " heartbeat_interval, 15s",
        "transport = 'warp'|transport = 'warp' (FILE:1): expected ",
        "suite = '0x7777'|suite = '0x7777' (FILE:1): expected ",
        "codec = 'xml'|codec = 'xml' (FILE:1): expected ",
        "log-file = 'x'|log-file = 'x' (FILE:1): there is no such key; did you mean log_file?",
      })
  void whatTheNodeCouldNotRunWith_isNamed_withTheCodeOfAMistake(String content, String line)
      throws IOException {
    Path file = file(content);
    Outcome outcome = config("check", file);
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err().lines())
        .singleElement()
        .asString()
        .startsWith("waggle: " + line.replace("FILE", file.toString()));
    assertThat(outcome.out()).isEmpty();
  }

  @Test
  void shown_isEveryValueWithItsOrigin() throws IOException {
    Path file = file("# mine\nseeds = ['a.example:1']\nmine_interval = '5s'");
    Outcome outcome = config("show", file, "--mine-interval", "1m");
    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out().lines().map(line -> line.replaceAll(" +", " ")))
        .hasSize(CliKeys.ALL.size())
        .contains(
            "seeds = [\"a.example:1\"] # " + file + ":2",
            "mine_interval = \"1m\" # --mine-interval",
            "max_inbound = 117 # default",
            "codec = [\"bincode\", \"kryo\"] # default");
  }

  @Test
  void shown_isAFileOfTheSameSettings() throws IOException {
    Path file = file("seeds = ['a.example:1']\nmine = true\ndata_dir = '/a \"b\"'");
    String shown = config("show", file).out();
    Outcome again = config("show", file(shown));
    assertThat(values(again.out())).isEqualTo(values(shown));
    assertThat(again.out()).doesNotContain("# default");
  }

  private static List<String> values(String shown) {
    return shown.lines().map(line -> line.replaceAll(" +# .*", "")).toList();
  }

  @Test
  void json_hasValueAndOriginByKey() throws IOException {
    Path file = file("seeds = ['a.example:1', 'b.example:2']");
    JsonNode json = new JsonMapper().readTree(config("show", file, "--json").out());
    assertThat(json.size()).isEqualTo(CliKeys.ALL.size());
    assertThat(json.get("seeds").get("value").asString()).isEqualTo("a.example:1,b.example:2");
    assertThat(json.get("seeds").get("origin").asString()).isEqualTo(file + ":1");
    assertThat(json.get("mine").toString())
        .isEqualTo("{\"value\":\"false\",\"origin\":\"default\"}");
  }

  @Test
  void passphrase_isNeverShown() throws IOException {
    Path secret = Files.writeString(dir.resolve("secret"), "correct horse");
    Path file = file("passphrase_file = '" + secret + "'");
    for (String command : List.of("show", "check")) {
      Outcome outcome = config(command, file);
      assertThat(outcome.exitCode()).isZero();
      assertThat(outcome.out() + outcome.err()).doesNotContain("horse");
    }
  }

  @Test
  void sample_isThereToBeginWith() throws IOException {
    Outcome sample = Outcome.of("config", "sample");
    assertThat(sample.exitCode()).isZero();
    assertThat(config("check", file(sample.out())).out()).contains("; 0 of ");
  }
}
