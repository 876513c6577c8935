package dev.waggle.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.node.config.ConfigKey;
import dev.waggle.node.config.ConfigKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TomlTextTest {
  @TempDir Path dir;

  @Test
  void values_areWrittenByTheirTypes() {
    assertThat(TomlText.line(ConfigKeys.MAX_INBOUND, "7")).isEqualTo("max_inbound = 7");
    assertThat(TomlText.line(CliKeys.MINE, "true")).isEqualTo("mine = true");
    assertThat(TomlText.line(ConfigKeys.NETWORK, "7")).isEqualTo("network = \"7\"");
    assertThat(TomlText.line(ConfigKeys.SEEDS, "a:1, b:2")).isEqualTo("seeds = [\"a:1\", \"b:2\"]");
    assertThat(TomlText.line(ConfigKeys.SEEDS, "")).isEqualTo("seeds = []");
  }

  @Test
  void whatIsSpecialInAString_isReadBackAsItWas() throws IOException {
    ConfigKey<?> key = CliKeys.DATA_DIR;
    String text = "a\"b\\c\nd\te\u007fé'#";
    Path file = Files.writeString(dir.resolve("x.toml"), TomlText.line(key, text));
    assertThat(TomlFile.read("config", file, List.of(key)))
        .extracting(Setting::text)
        .containsExactly(text);
  }
}
