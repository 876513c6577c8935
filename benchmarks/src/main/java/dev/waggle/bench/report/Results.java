package dev.waggle.bench.report;

import dev.waggle.bench.machine.Others;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All that one run gave: scores, and what could not be measured with the reason. */
final class Results {
  /** Why something was not measured that nobody tried to measure. */
  static final String NOT_TRIED = "not in this run";

  private final Map<Key, Measurement> measurements = new LinkedHashMap<>();
  private final Map<Key, String> failures = new LinkedHashMap<>();
  private final @Nullable OpenSsl openSsl;

  Results(List<Measurement> measured, List<Failure> failed, @Nullable OpenSsl openSsl) {
    measured.forEach(one -> measurements.put(one.key(), one));
    failed.forEach(one -> failures.put(one.key(), one.why()));
    this.openSsl = openSsl;
  }

  /** What could not be measured, and why, in one line. */
  record Failure(String benchmark, Map<String, String> params, String why) {
    Key key() {
      return new Key(benchmark, params);
    }
  }

  List<Measurement> measurements() {
    return List.copyOf(measurements.values());
  }

  /** Those of one method. */
  Stream<Measurement> of(String benchmark) {
    return measurements.values().stream().filter(one -> one.key().benchmark().equals(benchmark));
  }

  Optional<Measurement> find(Key key) {
    return Optional.ofNullable(measurements.get(key));
  }

  /** Why there is no such measurement. */
  String whyNot(Key key) {
    return failures.getOrDefault(key, NOT_TRIED);
  }

  /** Who disturbed one of these measurements, in words; null if nobody did that anybody knows. */
  @Nullable String whyDisturbed(Set<Key> keys) {
    return keys.stream()
        .flatMap(key -> find(key).stream())
        .filter(Measurement::isDisturbed)
        .map(Measurement::others)
        .filter(Objects::nonNull)
        .reduce(Others::orMore)
        .map(others -> "others used " + others.describe())
        .orElse(null);
  }

  Map<Key, String> failures() {
    return failures;
  }

  @Nullable OpenSsl openSsl() {
    return openSsl;
  }
}
