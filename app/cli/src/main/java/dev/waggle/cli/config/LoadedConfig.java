package dev.waggle.cli.config;

import dev.waggle.node.config.ConfigProblem;
import java.util.Map;

/**
 * A configuration, and where each of its values was set.
 *
 * @param origins by name of the key; what is missing has its default
 */
public record LoadedConfig(CliConfig config, Map<String, String> origins) {
  static final String DEFAULT = "default";

  /** Says where the value was set that turned out to be a problem only when the node was wired. */
  public ConfigProblem locate(ConfigProblem problem) {
    return problem.at(origins.getOrDefault(problem.key(), DEFAULT));
  }
}
