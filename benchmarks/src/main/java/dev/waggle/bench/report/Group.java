package dev.waggle.bench.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Benchmarks that are measured in the same rhythm with the same parameters.
 *
 * @param benchmarks by class and method, {@code LinkBenchmark.message}
 * @param params every parameter of theirs with the values that it takes
 */
record Group(List<String> benchmarks, Map<String, List<String>> params, Rhythm rhythm) {
  static Group of(Rhythm rhythm, String... benchmarks) {
    return new Group(List.of(benchmarks), Map.of(), rhythm);
  }

  /** The same with one more parameter. */
  Group with(String param, String... values) {
    Map<String, List<String>> more = new LinkedHashMap<>(params);
    more.put(param, List.of(values));
    return new Group(benchmarks, more, rhythm);
  }

  /** Those whose names match somewhere; perhaps none. */
  Group only(Pattern pattern) {
    List<String> some = benchmarks.stream().filter(pattern.asPredicate()).toList();
    return new Group(some, params, rhythm);
  }

  /** Each method with each combination of parameters; those with the same follow each other. */
  List<Key> keys() {
    List<Map<String, String>> combinations = List.of(Map.of());
    for (Map.Entry<String, List<String>> param : params.entrySet()) {
      combinations = multiplied(combinations, param.getKey(), param.getValue());
    }
    List<Key> keys = new ArrayList<>();
    for (Map<String, String> combination : combinations) {
      benchmarks.forEach(benchmark -> keys.add(new Key(benchmark, combination)));
    }
    return keys;
  }

  private static List<Map<String, String>> multiplied(
      List<Map<String, String>> combinations, String param, List<String> values) {
    List<Map<String, String>> product = new ArrayList<>();
    for (Map<String, String> combination : combinations) {
      for (String value : values) {
        Map<String, String> longer = new LinkedHashMap<>(combination);
        longer.put(param, value);
        product.add(longer);
      }
    }
    return product;
  }
}
