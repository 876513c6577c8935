package dev.waggle.bench.report;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What was, or will be, measured: a method with its parameters.
 *
 * @param benchmark its class and its own name, {@code LinkBenchmark.message}
 * @param params in the order in which they are shown, which does not count
 */
record Key(String benchmark, Map<String, String> params) {
  Key {
    params = Collections.unmodifiableMap(new LinkedHashMap<>(params));
  }

  /** As people read it: {@code LinkBenchmark.message link=WAGGLE_NIO bytes=256}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(benchmark);
    params.forEach((name, value) -> text.append(' ').append(name).append('=').append(value));
    return text.toString();
  }
}
