package dev.waggle.cli.config;

import dev.waggle.node.config.ConfigKey;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Settings as lines of a TOML file. */
public final class TomlText {
  /** {@code key = value}, which the file may have as it is. */
  public static String line(ConfigKey<?> key, String text) {
    return key.name() + " = " + value(key, text);
  }

  private static String value(ConfigKey<?> key, String text) {
    if (key.isRepeatable()) {
      return text.isBlank()
          ? "[]"
          : Arrays.stream(text.split(",", -1))
              .map(element -> quoted(element.strip()))
              .collect(Collectors.joining(", ", "[", "]"));
    }
    return switch (key.parse(text)) {
      case Boolean _, Integer _ -> text.strip();
      default -> quoted(text);
    };
  }

  /** A basic string of TOML. */
  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (Character.isISOControl(c)) {
        quoted.append("\\u%04X".formatted((int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }

  private TomlText() {}
}
