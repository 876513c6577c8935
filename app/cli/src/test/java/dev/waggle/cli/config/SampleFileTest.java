package dev.waggle.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleFileTest {
  @TempDir Path dir;

  @Test
  void asItIs_itSetsNothing() throws IOException {
    LoadedConfig loaded = load(SampleFile.text());
    assertThat(loaded.settings()).isEmpty();
    assertThat(loaded.config()).isEqualTo(CliConfig.defaults());
  }

  @Test
  void withItsKeysTakenOutOfTheirComments_itSetsEveryOneToItsDefault() throws IOException {
    LoadedConfig loaded = load(SampleFile.text().replaceAll("(?m)^#(\\w+ = )", "$1"));
    assertThat(loaded.settings().keySet())
        .containsExactlyInAnyOrderElementsOf(CliKeys.ALL.stream().map(key -> key.name()).toList());
    assertThat(loaded.config()).isEqualTo(CliConfig.defaults());
  }

  @Test
  void everyKey_hasItsMeaning_itsOtherNames_andItsValuesIfTheyAreFew() {
    String words = SampleFile.text().replace("\n# ", " ");
    assertThat(CliKeys.ALL)
        .allSatisfy(
            key ->
                assertThat(words)
                    .contains(" " + key.description() + " " + key.flag() + ", " + key.env()));
    assertThat(words).contains("WAGGLE_ON_STORE_FAILURE: stop, degrade\n#on_store_failure = ");
    assertThat(SampleFile.text().lines()).allMatch(line -> line.length() <= 100);
  }

  private LoadedConfig load(String content) throws IOException {
    Path file = Files.writeString(dir.resolve("sample.toml"), content);
    return ConfigLoader.load(Map.of(), Map.of(), file);
  }
}
