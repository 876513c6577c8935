package dev.waggle.cli.config;

import dev.waggle.cli.config.ConfigLoader.Setting;
import dev.waggle.node.config.ConfigKey;
import dev.waggle.node.config.ConfigKeys;
import dev.waggle.node.config.ConfigProblem;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.toml.TomlMapper;

/** The settings that a TOML file holds, each with its line. */
final class TomlFile {
  private static final String UNREADABLE = "config";

  private final Path path;
  private final String content;

  private TomlFile(Path path, String content) {
    this.path = path;
    this.content = content;
  }

  /**
   * @throws ConfigProblem if the file cannot be read, is no TOML, or has a key that we do not know
   */
  static List<Setting> read(Path path) {
    try {
      return new TomlFile(path, Files.readString(path)).settings();
    } catch (CharacterCodingException e) {
      throw ConfigProblem.expected(UNREADABLE, path.toString(), "UTF-8 text");
    } catch (IOException e) {
      throw ConfigProblem.because(UNREADABLE, path.toString(), "cannot be read: " + e.getMessage());
    }
  }

  private List<Setting> settings() {
    List<Setting> settings = new ArrayList<>();
    parse().properties().forEach(entry -> settings.add(setting(entry.getKey(), entry.getValue())));
    return settings;
  }

  private JsonNode parse() {
    try {
      return new TomlMapper().readTree(content);
    } catch (JacksonException e) {
      TokenStreamLocation location = e.getLocation();
      String line = location == null ? "" : ":" + location.getLineNr();
      throw ConfigProblem.because(
          UNREADABLE, path + line, "is no TOML: " + firstLine(e.getOriginalMessage()));
    }
  }

  private Setting setting(String name, JsonNode value) {
    String origin = path + ":" + lineOf(name);
    ConfigKey<?> key =
        ConfigKeys.named(name)
            .orElseThrow(
                () ->
                    ConfigProblem.because(name, value.toString(), "there is no such key")
                        .at(origin));
    return new Setting(key, text(key, value, origin), origin);
  }

  private static String text(ConfigKey<?> key, JsonNode value, String origin) {
    if (value.isValueNode()) {
      return value.asString();
    }
    if (value.isArray() && key.isRepeatable() && value.valueStream().allMatch(JsonNode::isString)) {
      return value.valueStream().map(JsonNode::asString).collect(Collectors.joining(","));
    }
    String expected = key.isRepeatable() ? "a string or an array of strings" : "one value";
    throw ConfigProblem.expected(key.name(), value.toString(), expected).at(origin);
  }

  /** The tree of values carries no lines, so look where the key is assigned; 1 if nowhere. */
  private int lineOf(String name) {
    String quoted = Pattern.quote(name);
    Pattern assignment = Pattern.compile("^\\s*\\[*\\s*[\"']?" + quoted + "[\"']?\\s*[=.\\]]");
    List<String> lines = content.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      if (assignment.matcher(lines.get(i)).find()) {
        return i + 1;
      }
    }
    return 1;
  }

  private static String firstLine(String message) {
    return message.lines().findFirst().orElse("");
  }
}
