package dev.waggle.simulator.places;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.waggle.simulator.table.BadTable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlacesTest {
  private static final String TWO =
      """
      # Two towns.
      place, latitude, longitude, weight, North, South

      North,  60.5,    10,        1,      2,     30.5   # by cable
      South, -60.5,   -10,        3,      30,    4
      """;

  private static final long MILLI = 1_000_000;

  /** In the published data the two directions of one round trip differ by this much at most. */
  private static final long MOST_DIFFERENCE = 9 * MILLI / 2;

  /** How much longer the direct way is than the shortest by way of another place, at most. */
  private static final double MOST_DETOUR = 1.26;

  /** Light in glass takes a millisecond for 200 km; there are also routers, and curves. */
  private static final double KM_PER_MILLI = 200;

  @Test
  void parsed_saysWhatTheTextSays() {
    Places places = Places.parse("towns", TWO);

    assertThat(places.size()).isEqualTo(2);
    assertThat(places.name(1)).isEqualTo("South");
    assertThat(places.latitude(1)).isEqualTo(-60.5);
    assertThat(places.longitude(0)).isEqualTo(10);
    assertThat(places.share(0)).isEqualTo(0.25);
    assertThat(places.share(1)).isEqualTo(0.75);
    assertThat(places.oneWayNanos(0, 0)).isEqualTo(MILLI);
    assertThat(places.oneWayNanos(0, 1)).isEqualTo(15_250_000);
    assertThat(places.oneWayNanos(1, 0)).isEqualTo(15 * MILLI);
  }

  @Test
  void readFromFile_isAsParsed(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("towns.csv"), TWO);

    Places places = Places.read(file);

    assertThat(places.name(0)).isEqualTo("North");
    assertThat(places.oneWayNanos(0, 1)).isEqualTo(15_250_000);
  }

  @Test
  void noSuchFile_isSaid(@TempDir Path folder) {
    Path file = folder.resolve("none.csv");

    assertThatThrownBy(() -> Places.read(file))
        .isInstanceOf(BadTable.class)
        .hasMessage(file + ": there is no such file; check the path");
  }

  @Test
  void otherCharset_isSaid(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("latin.csv");
    Files.write(file, "São Paulo".getBytes(StandardCharsets.ISO_8859_1));

    assertThatThrownBy(() -> Places.read(file))
        .isInstanceOf(BadTable.class)
        .hasMessage(file + ": is no text in UTF-8; save it as such");
  }

  @Test
  void byteOrderMark_asSpreadsheetsWriteIt_doesNotCount(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("towns.csv"), "\uFEFF" + TWO);

    assertThat(Places.read(file).name(1)).isEqualTo(Places.parse("towns", TWO).name(1));
  }

  @Test
  void endlessFile_isSaid(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("zeros");
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(1L << 32);
    }

    assertThatThrownBy(() -> Places.read(file))
        .isInstanceOf(BadTable.class)
        .hasMessage(file + ": is longer than 64 MiB; check what it is");
  }

  @Test
  void folder_isSaid_withoutTheNameOfAClass(@TempDir Path folder) {
    assertThatThrownBy(() -> Places.read(folder))
        .isInstanceOf(BadTable.class)
        .hasMessage(folder + ": cannot be read (Is a directory); check what it is");
  }

  /** Each puts one word of the table right above in the place of another. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "60.5,    10 | 91, 10     | towns:4: latitude is '91'; write a number from -90 to 90",
        "-60.5,   -10 | -60, west | towns:5: longitude is 'west'; write a number from -180 to 180",
        "10,        1, | 10, -1,  | towns:4: weight is '-1'; write a number from 0 to 1000000000",
        "30.5   #     | 0 #       | towns:4: the round trip to South is '0'; write a number from"
            + " 0.001 to 60000",
        "30,    4     | 30, NaN   | towns:5: the round trip to South is 'NaN'; write a number from"
            + " 0.001 to 60000",
        "30,    4     | 30        | towns:5: has 5 cells under a header of 6; separate one cell for"
            + " each column by commas",
        "South, -60.5 | North, -60.5 | towns:5: 'North' names no new place; give each a name of its"
            + " own",
        "North,  60.5 | '',  60.5 | towns:4: '' names no new place; give each a name of its own",
        "weight, North, South | weight, South, North | towns:2: the columns of round trips are not"
            + " the places; after 'weight' write 'North, South', the names of the lines in their"
            + " order",
        "latitude     | lat       | towns:2: is no header; begin it with 'place, latitude,"
            + " longitude, weight'",
      },
      quoteCharacter = '"')
  void whatIsWrong_isSaidWithItsLineAndWhatToDo(String good, String bad, String message) {
    assertThat(TWO).contains(good);
    String text = TWO.replace(good, bad.replace("''", ""));

    assertThatThrownBy(() -> Places.parse("towns", text))
        .isInstanceOf(BadTable.class)
        .hasMessage(message);
  }

  @Test
  void noLines_isSaid() {
    assertThatThrownBy(() -> Places.parse("towns", "# nothing\nplace, latitude\n"))
        .isInstanceOf(BadTable.class)
        .hasMessage("towns: holds no table; write a header and at least one line under it");
  }

  @Test
  void noWeight_isSaid() {
    String text = "place, latitude, longitude, weight, A\nA, 0, 0, 0, 1\n";

    assertThatThrownBy(() -> Places.parse("towns", text))
        .isInstanceOf(BadTable.class)
        .hasMessage("towns: all weights are 0; give a place a larger one");
  }

  @Test
  void world_isTheSameEachTime() {
    Places once = Places.world();
    Places again = Places.world();

    assertThat(once.size()).isBetween(12, 20).isEqualTo(again.size());
    for (int from : indices(once)) {
      assertThat(once.name(from)).isEqualTo(again.name(from));
      assertThat(once.share(from)).isEqualTo(again.share(from));
      for (int to : indices(once)) {
        assertThat(once.oneWayNanos(from, to)).isEqualTo(again.oneWayNanos(from, to));
      }
    }
  }

  @Test
  void worldShares_addUpToOne() {
    Places world = Places.world();

    assertThat(IntStream.of(indices(world)).mapToDouble(world::share).sum())
        .isCloseTo(1, within(1e-12));
  }

  @Test
  void worldWays_areAboutAsLongBack() {
    Places world = Places.world();
    for (int from : indices(world)) {
      for (int to : indices(world)) {
        assertThat(world.oneWayNanos(from, to))
            .as("%s to %s", world.name(from), world.name(to))
            .isCloseTo(world.oneWayNanos(to, from), within(MOST_DIFFERENCE));
      }
    }
  }

  @Test
  void worldWays_areShortestAtHomeAndSlowerThanLight() {
    Places world = Places.world();
    for (int from : indices(world)) {
      for (int to : indices(world)) {
        if (from != to) {
          long light = Math.round(kilometres(world, from, to) / KM_PER_MILLI * MILLI);
          assertThat(world.oneWayNanos(from, to))
              .as("%s to %s", world.name(from), world.name(to))
              .isGreaterThan(light)
              .isGreaterThan(world.oneWayNanos(from, from));
        }
      }
    }
  }

  @Test
  void worldDetours_saveLittle() {
    Places world = Places.world();
    for (int from : indices(world)) {
      for (int by : indices(world)) {
        for (int to : indices(world)) {
          long detour = world.oneWayNanos(from, by) + world.oneWayNanos(by, to);
          assertThat((double) world.oneWayNanos(from, to))
              .as("%s to %s, by %s", world.name(from), world.name(to), world.name(by))
              .isLessThanOrEqualTo(MOST_DETOUR * detour);
        }
      }
    }
  }

  private static int[] indices(Places places) {
    return IntStream.range(0, places.size()).toArray();
  }

  /** Along the sphere. */
  private static double kilometres(Places places, int from, int to) {
    double north = Math.toRadians(places.latitude(from));
    double south = Math.toRadians(places.latitude(to));
    double east = Math.toRadians(places.longitude(from) - places.longitude(to));
    double cosine =
        Math.sin(north) * Math.sin(south) + Math.cos(north) * Math.cos(south) * Math.cos(east);
    return 6371 * Math.acos(Math.min(1, cosine));
  }

  @Test
  void linesThatDifferFromPlaceToPlace_standBehindTheWeights() {
    Places places =
        Places.parse(
            "here",
            """
            place, latitude, longitude, weight, Mbit/s, near, far
            near, 0, 0, 1, 40, 2, 100
            far, 10, 10, 1, 0.5, 104, 4
            """);

    assertThat(places.bytesPerSecond(0)).isEqualTo(5_000_000);
    assertThat(places.bytesPerSecond(1)).isEqualTo(62_500);
    assertThat(places.oneWayNanos(1, 0)).isEqualTo(52_000_000);
    assertThat(Places.world().bytesPerSecond(0)).as("of a table that does not say").isZero();
  }

  @Test
  void lineThatCarriesNothing_isAnError() {
    assertThatThrownBy(
            () ->
                Places.parse(
                    "here",
                    "place, latitude, longitude, weight, Mbit/s, near\nnear, 0, 0, 1, 0, 2\n"))
        .isInstanceOf(BadTable.class)
        .hasMessageContaining("here:2")
        .hasMessageContaining("Mbit/s");
  }
}
