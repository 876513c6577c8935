package dev.waggle.operator.metrics;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** What those who read metrics need besides: files that lie in the jar. */
public final class MetricsFiles {
  /** A board for Grafana: JSON that it imports. */
  public static String board() {
    return read("board.json");
  }

  /** Rules for Prometheus's alerts: YAML. */
  public static String alerts() {
    return read("alerts.yaml");
  }

  private static String read(String name) {
    try (InputStream file =
        Objects.requireNonNull(MetricsFiles.class.getResourceAsStream(name), name)) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }

  private MetricsFiles() {}
}
