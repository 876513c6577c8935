package dev.waggle.cli;

import dev.waggle.cli.config.CliKeys;
import dev.waggle.node.config.ConfigKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The flags of a command that stand for keys of the configuration. */
final class ConfigFlags {
  /**
   * {@code command} with a flag for each of these keys.
   *
   * @param defaults those that differ from the usual ones, for the help
   */
  static CommandLine added(
      Object command, List<ConfigKey<?>> keys, Map<ConfigKey<?>, String> defaults) {
    CommandLine line = new CommandLine(command);
    for (ConfigKey<?> key : keys) {
      line.getCommandSpec()
          .addOption(option(key, defaults.getOrDefault(key, CliKeys.defaultText(key))));
    }
    return line;
  }

  private static OptionSpec option(ConfigKey<?> key, String defaultText) {
    OptionSpec.Builder option =
        OptionSpec.builder(key.flag())
            .paramLabel(key.placeholder())
            .description(key.description() + defaultSentence(defaultText));
    if (key.isRepeatable()) {
      return option.type(List.class).auxiliaryTypes(String.class).build();
    }
    if (key.isSwitch()) {
      option.arity("0..1").fallbackValue("true");
    }
    return option.type(String.class).build();
  }

  private static String defaultSentence(String text) {
    return text.isEmpty() ? "" : " Default: " + text + ".";
  }

  /** The flags that were given, as they were written; of a repeated one all, with commas. */
  static Map<ConfigKey<?>, String> given(ParseResult parsed) {
    Map<ConfigKey<?>, String> given = new LinkedHashMap<>();
    for (ConfigKey<?> key : CliKeys.ALL) {
      if (parsed.hasMatchedOption(key.flag())) {
        given.put(key, text(key, parsed));
      }
    }
    return given;
  }

  private static String text(ConfigKey<?> key, ParseResult parsed) {
    return String.join(",", parsed.matchedOption(key.flag()).stringValues());
  }

  private ConfigFlags() {}
}
