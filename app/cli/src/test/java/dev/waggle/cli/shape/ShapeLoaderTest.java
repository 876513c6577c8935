package dev.waggle.cli.shape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.waggle.cli.config.Setting;
import dev.waggle.node.config.ConfigKey;
import dev.waggle.node.config.ConfigProblem;
import dev.waggle.simulator.places.Places;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShapeLoaderTest {
  @TempDir private Path dir;

  private Path file(String... lines) throws IOException {
    return Files.write(dir.resolve("links.toml"), List.of(lines));
  }

  private static Setting flag(ConfigKey<?> key, String text) {
    return new Setting(key, text, key.flag());
  }

  private static void assertProblem(Path file, List<Setting> flags, String message) {
    assertThatExceptionOfType(ConfigProblem.class)
        .isThrownBy(() -> ShapeLoader.load(file, flags))
        .withMessage(message);
  }

  @Test
  void flags_makeAllLinksAlike() {
    Shape shape =
        ShapeLoader.load(
            null, List.of(flag(ShapeKeys.LATENCY, "50ms"), flag(ShapeKeys.BANDWIDTH, "50Mbit")));

    assertThat(shape.words()).isEqualTo("latency 50ms, up 50Mbit, down 50Mbit");
    assertThat(shape.latencyNanos()).isEqualTo(50_000_000);
    assertThat(shape.host(3).upBytesPerSecond()).isEqualTo(6_250_000);
    assertThat(shape.host(3).downBytesPerSecond()).isEqualTo(6_250_000);
    assertThat(shape.places()).isNull();
  }

  @Test
  void file_saysMore() throws IOException {
    Path file =
        file("places = 'world'", "jitter = 0.1", "bandwidth = '1Gbit'", "up = '10Mbit'", "seed=7");

    Shape shape = ShapeLoader.load(file, List.of());

    assertThat(shape.words()).isEqualTo("places world, jitter 0.1, up 10Mbit, down 1Gbit");
    assertThat(shape.jitter()).isEqualTo(0.1);
    assertThat(shape.seed()).isEqualTo(7);
    Set<Integer> places =
        IntStream.range(0, 100).mapToObj(n -> shape.host(n).place()).collect(Collectors.toSet());
    assertThat(places).hasSizeGreaterThan(10).allMatch(place -> place < Places.world().size());
  }

  @Test
  void fileOfPlaces_liesBesideTheOneThatNamesIt() throws IOException {
    Files.writeString(
        dir.resolve("two.csv"),
        """
        place, latitude, longitude, weight, here, there
        here, 0, 0, 1, 1, 80
        there, 0, 90, 0, 80, 1
        """);

    Shape shape = ShapeLoader.load(file("places = 'two.csv'"), List.of());

    assertThat(shape.places()).isNotNull();
    assertThat(shape.places().oneWayNanos(0, 1)).isEqualTo(40_000_000);
    assertThat(shape.host(5).place()).isZero();
  }

  @Test
  void flags_areStrongerThanTheFile() throws IOException {
    Path file = file("places = 'world'", "up = '10Mbit'", "jitter = 0.5");

    Shape shape =
        ShapeLoader.load(
            file, List.of(flag(ShapeKeys.LATENCY, "2ms"), flag(ShapeKeys.BANDWIDTH, "500kbit")));

    assertThat(shape.words()).isEqualTo("latency 2ms, jitter 0.5, up 500kbit, down 500kbit");
  }

  @Test
  void nothingSaid_isALocalNetworkWithoutLimits() throws IOException {
    assertThat(ShapeLoader.load(file(), List.of()).words())
        .isEqualTo("latency 1ms, up unlimited, down unlimited");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "latency|50|expected a time from 1ms to 1m, for example 500ms, 15s, 2m or 1h",
        "latency|0ms|expected a time from 1ms to 1m, for example 500ms, 15s, 2m or 1h",
        "jitter|1.5|expected a number from 0 to 1",
        "jitter|NaN|expected a number from 0 to 1",
        "bandwidth|50mbit|expected a rate from 1kbit to 1000Gbit, for example 500kbit, 50Mbit or"
            + " 1Gbit, or unlimited",
        "up|0Mbit|expected a rate from 1kbit to 1000Gbit, for example 500kbit, 50Mbit or 1Gbit,"
            + " or unlimited",
        "down|1001Gbit|expected a rate from 1kbit to 1000Gbit, for example 500kbit, 50Mbit or"
            + " 1Gbit, or unlimited",
        "seed|x|expected a whole number",
        "loss|0.1|there is no such key",
      })
  void badValue_isNamedWithItsKeyAndLine(String key, String value, String complaint)
      throws IOException {
    Path file = file("# links", key + " = '" + value + "'");

    assertProblem(file, List.of(), "%s = '%s' (%s:2): %s".formatted(key, value, file, complaint));
  }

  @Test
  void badFlag_isNamed() {
    assertProblem(
        null,
        List.of(flag(ShapeKeys.BANDWIDTH, "fast")),
        "bandwidth = 'fast' (--bandwidth): expected a rate from 1kbit to 1000Gbit, for example"
            + " 500kbit, 50Mbit or 1Gbit, or unlimited");
  }

  @Test
  void latencyBesidePlaces_isRefused() throws IOException {
    Path file = file("places = 'world'", "latency = '5ms'");

    assertProblem(
        file, List.of(), "latency = '5ms' (" + file + ":2): 'places' says how far apart nodes are");
  }

  @Test
  void fileThatCannotBeUsed_isNamed() throws IOException {
    Path file = file("places = 'nowhere.csv'");
    Path places = dir.resolve("nowhere.csv");
    Path missing = dir.resolve("missing.toml");

    assertProblem(
        file,
        List.of(),
        "places = 'nowhere.csv' (%s:1): %s: there is no such file; check the path"
            .formatted(file, places));
    assertProblem(
        missing,
        List.of(),
        "shape = '%s': cannot be read: there is no such file".formatted(missing));
  }
}
