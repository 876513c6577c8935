package dev.waggle.cli.config;

import dev.waggle.node.config.ConfigKey;

/** A file of settings to begin with: every key with its meaning and its default, as a comment. */
public final class SampleFile {
  private static final int COLUMNS = 100;

  private static final String HEAD =
      """
      # Settings of a Waggle node, each with its default. Take away the # before a key to set it.
      # The node reads this file as waggle.toml in its data directory, or from where --config names
      # it. A variable of the environment outranks the file, and a flag of the command line both.
      """;

  /** The file. */
  public static String text() {
    StringBuilder sample = new StringBuilder(HEAD);
    for (ConfigKey<?> key : CliKeys.ALL) {
      sample.append('\n');
      comment(sample, key.description());
      comment(sample, "%s, %s".formatted(key.flag(), key.env()) + values(key));
      sample.append('#').append(TomlText.line(key, CliKeys.defaultText(key))).append('\n');
    }
    return sample.toString();
  }

  private static String values(ConfigKey<?> key) {
    String placeholder = key.placeholder();
    return placeholder.indexOf('|') < 0 ? "" : ": " + placeholder.replace("|", ", ");
  }

  private static void comment(StringBuilder sample, String text) {
    StringBuilder line = new StringBuilder("#");
    for (String word : text.split(" ", -1)) {
      if (line.length() + 1 + word.length() > COLUMNS) {
        sample.append(line).append('\n');
        line = new StringBuilder("#");
      }
      line.append(' ').append(word);
    }
    sample.append(line).append('\n');
  }

  private SampleFile() {}
}
