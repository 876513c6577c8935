package dev.waggle.cli.config;

import dev.waggle.node.config.ConfigKey;
import dev.waggle.node.config.ConfigProblem;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/** The settings that a TOML file holds, each with its line. */
public final class TomlFile {
  private final String called;
  private final Path path;
  private final List<ConfigKey<?>> keys;
  private final TomlParseResult content;

  private TomlFile(String called, Path path, List<ConfigKey<?>> keys, String content) {
    this.called = called;
    this.path = path;
    this.keys = keys;
    this.content = Toml.parse(content);
  }

  /**
   * Reads a file.
   *
   * @param called what the file itself is called in messages: the key that names it
   * @param keys those that it may have
   * @throws ConfigProblem if the file cannot be read, is no TOML, or has another key
   */
  public static List<Setting> read(String called, Path path, List<ConfigKey<?>> keys) {
    try {
      return new TomlFile(called, path, keys, Files.readString(path)).settings();
    } catch (CharacterCodingException e) {
      throw ConfigProblem.expected(called, path.toString(), "UTF-8 text");
    } catch (IOException e) {
      throw ConfigProblem.because(called, path.toString(), "cannot be read: " + InWords.of(e));
    }
  }

  private List<Setting> settings() {
    if (content.hasErrors()) {
      TomlParseError first = content.errors().getFirst();
      throw ConfigProblem.because(
          called, at(first.position()), "is no TOML: " + first.getMessage());
    }
    List<Setting> settings = new ArrayList<>();
    content.entrySet().forEach(entry -> settings.add(setting(entry.getKey(), entry.getValue())));
    return settings;
  }

  private String at(TomlPosition position) {
    return path + ":" + position.line();
  }

  private Setting setting(String name, Object value) {
    String origin = at(Objects.requireNonNull(content.inputPositionOf(List.of(name))));
    ConfigKey<?> key =
        keys.stream()
            .filter(known -> known.name().equals(name))
            .findAny()
            .orElseThrow(
                () ->
                    ConfigProblem.because(name, printed(value), "there is no such key").at(origin));
    return new Setting(key, text(key, value, origin), origin);
  }

  private static String text(ConfigKey<?> key, Object value, String origin) {
    if (value instanceof TomlArray array
        && key.isRepeatable()
        && array.toList().stream().allMatch(String.class::isInstance)) {
      return array.toList().stream().map(String.class::cast).collect(Collectors.joining(","));
    }
    if (value instanceof TomlArray || value instanceof TomlTable) {
      String expected = key.isRepeatable() ? "a string or an array of strings" : "one value";
      throw ConfigProblem.expected(key.name(), printed(value), expected).at(origin);
    }
    return value.toString();
  }

  private static String printed(Object value) {
    return switch (value) {
      case TomlTable table -> inOneLine(table.toJson());
      case TomlArray array -> inOneLine(array.toJson());
      default -> value.toString();
    };
  }

  /** Line breaks within strings are escaped in JSON, so these are those of its layout. */
  private static String inOneLine(String json) {
    return json.replaceAll("\\s*\n\\s*", "");
  }
}
