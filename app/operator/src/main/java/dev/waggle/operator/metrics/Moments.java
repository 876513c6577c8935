package dev.waggle.operator.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Meters that read the moment of the present scrape. Safe from any thread; that no scrape changes
 * another's moment is up to the caller.
 *
 * <p>Names are in Micrometer's notation, with dots, of which the registry makes its own.
 */
final class Moments {
  static final String BYTES = "bytes";
  static final String SECONDS = "seconds";

  /** What is counted stands in the name. */
  static final @Nullable String COUNT = null;

  private final MeterRegistry registry;
  private volatile @Nullable Moment present;

  Moments(MeterRegistry registry) {
    this.registry = registry;
  }

  void set(Moment moment) {
    present = moment;
  }

  /** Something that rises and falls. */
  void gauge(
      String name, @Nullable String unit, String help, Tags tags, ToDoubleFunction<Moment> value) {
    Gauge.builder(name, this, moments -> moments.read(value))
        .baseUnit(unit)
        .description(help)
        .tags(tags)
        .register(registry);
  }

  /** Something that only rises, from 0 at the node's start. */
  void counter(
      String name, @Nullable String unit, String help, Tags tags, ToDoubleFunction<Moment> value) {
    FunctionCounter.builder(name, this, moments -> moments.read(value))
        .baseUnit(unit)
        .description(help)
        .tags(tags)
        .register(registry);
  }

  private double read(ToDoubleFunction<Moment> value) {
    Moment moment = present;
    return moment == null ? Double.NaN : value.applyAsDouble(moment);
  }
}
