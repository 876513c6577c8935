package dev.waggle.cli.shape;

import static dev.waggle.node.config.ValueType.duration;
import static dev.waggle.node.config.ValueType.text;

import dev.waggle.node.config.ConfigKey;
import dev.waggle.node.config.ValueType;
import java.time.Duration;
import java.util.List;

/** What can stand in the file that describes a shape; some of it can be a flag as well. */
public final class ShapeKeys {
  /** The value of {@link #PLACES} that is no file. */
  static final String WORLD = "world";

  static final ConfigKey<Duration> LATENCY =
      ConfigKey.of(
          "latency",
          duration(Duration.ofMillis(1), Duration.ofMinutes(1)),
          "1ms",
          "How long a byte travels from any node to any other, one way.");

  static final ConfigKey<String> PLACES =
      ConfigKey.of(
          "places",
          text("world|FILE", "(?s).*\\S.*", "world, or the file of a table of places"),
          "",
          "Where the nodes are, instead of one latency.");

  static final ConfigKey<Double> JITTER =
      ConfigKey.of(
          "jitter",
          ValueType.of("SHARE", "a number from 0 to 1", Double::valueOf, n -> n >= 0 && n <= 1),
          "0",
          "Up to which part of its latency a byte takes longer.");

  static final ConfigKey<Long> BANDWIDTH =
      ConfigKey.of(
          "bandwidth",
          RateText.TYPE,
          RateText.UNLIMITED,
          "What each node's line carries in each direction.");

  static final ConfigKey<Long> UP =
      ConfigKey.of("up", RateText.TYPE, "", "What each node's line sends, if not 'bandwidth'.");

  static final ConfigKey<Long> DOWN =
      ConfigKey.of("down", RateText.TYPE, "", "What each node's line takes, if not 'bandwidth'.");

  static final ConfigKey<Long> SEED =
      ConfigKey.of(
          "seed",
          ValueType.of("N", "a whole number", Long::valueOf, _ -> true),
          "1",
          "Of what is drawn: the places of nodes, and the jitter.");

  static final List<ConfigKey<?>> ALL = List.of(LATENCY, PLACES, JITTER, BANDWIDTH, UP, DOWN, SEED);

  private ShapeKeys() {}
}
