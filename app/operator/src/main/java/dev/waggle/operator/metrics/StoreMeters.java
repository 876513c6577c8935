package dev.waggle.operator.metrics;

import dev.waggle.chain.ChainFiles;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the chain takes of the disk, and what is left of it. A disk that cannot be read is NaN. */
final class StoreMeters {
  static void bind(MeterRegistry registry, Path dataDir) {
    gauge(
        registry,
        "store",
        "The files of the chain, blocks and index",
        () -> ChainFiles.bytes(dataDir));
    gauge(
        registry,
        "store.free",
        "What is left for this user on the data directory's file system",
        () -> Files.getFileStore(dataDir).getUsableSpace());
  }

  private static void gauge(MeterRegistry registry, String name, String help, Bytes bytes) {
    Gauge.builder("waggle." + name, () -> orNaN(bytes))
        .baseUnit(Moments.BYTES)
        .description(help)
        .register(registry);
  }

  private static double orNaN(Bytes bytes) {
    try {
      return bytes.read();
    } catch (IOException e) {
      return Double.NaN;
    }
  }

  @FunctionalInterface
  private interface Bytes {
    long read() throws IOException;
  }

  private StoreMeters() {}
}
