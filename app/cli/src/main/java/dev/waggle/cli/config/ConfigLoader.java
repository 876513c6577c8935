package dev.waggle.cli.config;

import dev.waggle.node.config.ConfigKey;
import dev.waggle.node.config.ConfigProblem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts a {@link CliConfig} together from, in rising precedence: the defaults, a TOML file, the
 * environment, flags.
 *
 * <p>The file is the one that {@code --config} or {@code WAGGLE_CONFIG} names, which must exist, or
 * else {@code waggle.toml} in the data directory, if there is one. The working directory is not
 * looked at: a file that happens to lie there should not change what a node does.
 */
public final class ConfigLoader {
  public static final String FILE_NAME = "waggle.toml";

  /** The flag that names the file. */
  public static final String FILE_FLAG = "--config";

  /** What the file is called in messages. */
  private static final String FILE_KEY = "config";

  private static final String FILE_ENV = "WAGGLE_CONFIG";

  /** Variables of our name that are no keys: the last two are the launcher's. */
  private static final Set<String> FOREIGN =
      Set.of(FILE_ENV, "WAGGLE_CLASSPATH", "WAGGLE_JAVA_OPTS");

  private final CliConfig.Builder builder = CliConfig.builder();
  private final Map<String, String> origins = new LinkedHashMap<>();

  private ConfigLoader() {}

  /**
   * Loads a configuration.
   *
   * @param flags the values of those flags that were given
   * @param environment all variables of the process
   * @param file what {@code --config} named, or null
   * @throws ConfigProblem about the first thing that is wrong, saying where it was set
   */
  public static LoadedConfig load(
      Map<ConfigKey<?>, String> flags, Map<String, String> environment, @Nullable Path file) {
    List<Setting> fromEnvironment = environmentSettings(environment);
    List<Setting> fromFlags = flagSettings(flags);
    ConfigLoader loader = new ConfigLoader();
    // Where the file lies may depend on the later layers, so it is read after a first look at them.
    fromEnvironment.forEach(loader::apply);
    fromFlags.forEach(loader::apply);
    Path found = loader.fileToRead(environment, file);
    if (found != null) {
      TomlFile.read(FILE_KEY, found, CliKeys.ALL).forEach(loader::apply);
      fromEnvironment.forEach(loader::apply);
      fromFlags.forEach(loader::apply);
    }
    return withDataDir(loader.finish());
  }

  /** Said here, and not by whatever is looked for in it first. */
  private static LoadedConfig withDataDir(LoadedConfig loaded) {
    Path dataDir = loaded.config().dataDir();
    if (Files.exists(dataDir) && !Files.isDirectory(dataDir)) {
      throw loaded.locate(
          ConfigProblem.expected(
              CliKeys.DATA_DIR.name(), dataDir.toString(), "a folder, and this is a file"));
    }
    return loaded;
  }

  /** Loads a configuration from flags alone. */
  public static LoadedConfig load(Map<ConfigKey<?>, String> flags) {
    ConfigLoader loader = new ConfigLoader();
    flagSettings(flags).forEach(loader::apply);
    return loader.finish();
  }

  private static List<Setting> environmentSettings(Map<String, String> environment) {
    return environment.entrySet().stream()
        .filter(variable -> variable.getKey().startsWith(ConfigKey.ENV_PREFIX))
        .filter(variable -> !FOREIGN.contains(variable.getKey()))
        .sorted(Map.Entry.comparingByKey(Comparator.naturalOrder()))
        .map(variable -> environmentSetting(variable.getKey(), variable.getValue()))
        .toList();
  }

  private static Setting environmentSetting(String variable, String value) {
    return CliKeys.ALL.stream()
        .filter(key -> key.env().equals(variable))
        .findAny()
        .map(key -> new Setting(key, value, variable))
        .orElseThrow(
            () -> ConfigProblem.because(variable, value, "there is no such key").at("environment"));
  }

  private static List<Setting> flagSettings(Map<ConfigKey<?>, String> flags) {
    return flags.entrySet().stream()
        .map(flag -> new Setting(flag.getKey(), flag.getValue(), flag.getKey().flag()))
        .toList();
  }

  private @Nullable Path fileToRead(Map<String, String> environment, @Nullable Path flag) {
    String variable = environment.get(FILE_ENV);
    if (flag != null) {
      return readable(flag, FILE_FLAG);
    }
    if (variable != null) {
      return readable(Path.of(variable), FILE_ENV);
    }
    Path inDataDir = builder.peek(CliKeys.DATA_DIR).resolve(FILE_NAME);
    return Files.exists(inDataDir) ? readable(inDataDir, CliKeys.DATA_DIR.name()) : null;
  }

  private static Path readable(Path file, String origin) {
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      throw ConfigProblem.expected(FILE_KEY, file.toString(), "a readable file").at(origin);
    }
    return file;
  }

  private void apply(Setting setting) {
    try {
      builder.parse(setting.key(), setting.text());
    } catch (ConfigProblem problem) {
      throw problem.at(setting.origin());
    }
    origins.put(setting.key().name(), setting.origin());
  }

  private LoadedConfig finish() {
    try {
      return new LoadedConfig(builder.build(), Map.copyOf(origins));
    } catch (ConfigProblem problem) {
      throw problem.at(origins.getOrDefault(problem.key(), LoadedConfig.DEFAULT));
    }
  }
}
