package dev.waggle.cli.shape;

import dev.waggle.cli.config.Setting;
import dev.waggle.node.config.ConfigKey;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags that give a devnet a shape. */
public final class ShapeOptions {
  /** What the file is called in messages. */
  static final String FILE_KEY = "shape";

  @Option(
      names = "--shape",
      paramLabel = "FILE",
      description =
          "A TOML file that says what lies between the nodes. Without it and the next two options,"
              + " nothing does.")
  private @Nullable Path file;

  @Option(
      names = "--latency",
      paramLabel = "TIME",
      description = "How long a byte travels from node to node, one way. Default: 1ms.")
  private @Nullable String latency;

  @Option(
      names = "--bandwidth",
      paramLabel = "RATE",
      description =
          "What each node's line carries in each direction, for example 500kbit, 50Mbit or 1Gbit."
              + " Default: unlimited.")
  private @Nullable String bandwidth;

  /**
   * What the flags and the file say, or null if there are none.
   *
   * @throws dev.waggle.node.config.ConfigProblem about the first thing that is wrong
   */
  public @Nullable Shape shape() {
    List<Setting> flags = new ArrayList<>();
    add(flags, ShapeKeys.LATENCY, latency);
    add(flags, ShapeKeys.BANDWIDTH, bandwidth);
    return file == null && flags.isEmpty() ? null : ShapeLoader.load(file, flags);
  }

  private static void add(List<Setting> flags, ConfigKey<?> key, @Nullable String text) {
    if (text != null) {
      flags.add(new Setting(key, text, key.flag()));
    }
  }
}
