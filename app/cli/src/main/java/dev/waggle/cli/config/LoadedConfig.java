package dev.waggle.cli.config;

import dev.waggle.node.config.ConfigKey;
import dev.waggle.node.config.ConfigProblem;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A configuration, and where each of its values was set.
 *
 * @param settings by name of the key; what is missing has its default
 * @param file the file that was read, or null if there is none
 */
public record LoadedConfig(CliConfig config, Map<String, Setting> settings, @Nullable Path file) {
  static final String DEFAULT = "default";

  /** Says where the value was set that turned out to be a problem only when the node was wired. */
  public ConfigProblem locate(ConfigProblem problem) {
    return problem.at(origin(problem.key()));
  }

  private String origin(String name) {
    Setting setting = settings.get(name);
    return setting == null ? DEFAULT : setting.origin();
  }

  /** The value of a key as it was written, with its origin. */
  public Setting setting(ConfigKey<?> key) {
    Setting given = settings.get(key.name());
    return given == null ? new Setting(key, CliKeys.defaultText(key), DEFAULT) : given;
  }
}
