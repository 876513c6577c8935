package dev.waggle.cli.shape;

import dev.waggle.cli.config.Setting;
import dev.waggle.cli.config.TomlFile;
import dev.waggle.node.config.ConfigKey;
import dev.waggle.node.config.ConfigProblem;
import dev.waggle.node.config.DurationText;
import dev.waggle.simulator.places.Places;
import dev.waggle.simulator.table.BadTable;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Puts a {@link Shape} together from a TOML file and, in preference to that, from flags. */
final class ShapeLoader {
  private final @Nullable Path file;
  private final Map<ConfigKey<?>, Setting> given = new LinkedHashMap<>();

  private ShapeLoader(@Nullable Path file) {
    this.file = file;
  }

  /**
   * Loads a shape.
   *
   * @param file null for none
   * @throws ConfigProblem about the first thing that is wrong, saying where it was set
   */
  static Shape load(@Nullable Path file, List<Setting> flags) {
    ShapeLoader loader = new ShapeLoader(file);
    if (file != null) {
      loader.takeFile(TomlFile.read(ShapeOptions.FILE_KEY, file, ShapeKeys.ALL));
    }
    flags.forEach(loader::take);
    return loader.shape();
  }

  private void takeFile(List<Setting> settings) {
    settings.forEach(setting -> given.put(setting.key(), setting));
    Setting latency = given.get(ShapeKeys.LATENCY);
    if (latency != null && given.containsKey(ShapeKeys.PLACES)) {
      throw ConfigProblem.because(
              ShapeKeys.LATENCY.name(), latency.text(), "'places' says how far apart nodes are")
          .at(latency.origin());
    }
  }

  /** A flag for both directions, or all distances, is stronger than what a file says of some. */
  private void take(Setting flag) {
    given.put(flag.key(), flag);
    if (flag.key() == ShapeKeys.LATENCY) {
      given.remove(ShapeKeys.PLACES);
    } else if (flag.key() == ShapeKeys.BANDWIDTH) {
      given.remove(ShapeKeys.UP);
      given.remove(ShapeKeys.DOWN);
    }
  }

  private Shape shape() {
    long bandwidth = value(ShapeKeys.BANDWIDTH);
    long up = given.containsKey(ShapeKeys.UP) ? value(ShapeKeys.UP) : bandwidth;
    long down = given.containsKey(ShapeKeys.DOWN) ? value(ShapeKeys.DOWN) : bandwidth;
    double jitter = value(ShapeKeys.JITTER);
    Setting places = given.get(ShapeKeys.PLACES);
    StringJoiner words = new StringJoiner(", ");
    words.add(
        places == null
            ? "latency " + DurationText.format(value(ShapeKeys.LATENCY))
            : "places " + places.text());
    if (jitter > 0) {
      words.add("jitter " + jitter);
    }
    words.add("up " + RateText.format(up)).add("down " + RateText.format(down));
    return new Shape(
        words.toString(),
        value(ShapeKeys.LATENCY).toNanos(),
        places == null ? null : places(places),
        jitter,
        up,
        down,
        value(ShapeKeys.SEED));
  }

  private <T> T value(ConfigKey<T> key) {
    Setting setting = given.get(key);
    if (setting == null) {
      return key.parse(key.defaultText());
    }
    try {
      return key.parse(setting.text());
    } catch (ConfigProblem problem) {
      throw problem.at(setting.origin());
    }
  }

  /** A file of places is looked for beside the one that names it. */
  private Places places(Setting setting) {
    String name = value(ShapeKeys.PLACES);
    try {
      return name.equals(ShapeKeys.WORLD)
          ? Places.world()
          : Places.read(file == null ? Path.of(name) : file.resolveSibling(name));
    } catch (BadTable bad) {
      throw ConfigProblem.because(ShapeKeys.PLACES.name(), name, bad.getMessage())
          .at(setting.origin());
    }
  }
}
