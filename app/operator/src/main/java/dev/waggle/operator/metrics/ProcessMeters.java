package dev.waggle.operator.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmHeapPressureMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

/** The process that the node runs in, by Micrometer's own meters, and what it was built from. */
final class ProcessMeters implements AutoCloseable {
  private final JvmGcMetrics collector = new JvmGcMetrics();
  private final JvmHeapPressureMetrics heap = new JvmHeapPressureMetrics();

  ProcessMeters(MeterRegistry registry, String version) {
    Gauge.builder("waggle.build.info", () -> 1)
        .description("What the node was built from, and the Java that runs it")
        .tags("version", version, "java", Runtime.version().toString())
        .register(registry);
    new UptimeMetrics().bindTo(registry);
    processor(registry);
    new FileDescriptorMetrics().bindTo(registry);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    collector.bindTo(registry);
    heap.bindTo(registry);
  }

  /**
   * A registry without two of Micrometer's own meters: of the processor's time, which is in
   * nanoseconds, and of how many processors there are, whose name promtool objects to.
   */
  static PrometheusMeterRegistry registry() {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    registry
        .config()
        .meterFilter(MeterFilter.denyNameStartsWith("process.cpu.time"))
        .meterFilter(MeterFilter.denyNameStartsWith("system.cpu.count"));
    return registry;
  }

  /** The processor's time under the name, and in the unit, that all of Prometheus's clients use. */
  private static void processor(MeterRegistry registry) {
    new ProcessorMetrics().bindTo(registry);
    ProcessHandle self = ProcessHandle.current();
    FunctionCounter.builder("process.cpu", self, ProcessMeters::cpuSeconds)
        .baseUnit(Moments.SECONDS)
        .description("Time of processors that the process has taken")
        .register(registry);
  }

  private static double cpuSeconds(ProcessHandle process) {
    return process.info().totalCpuDuration().map(LinkMeters::seconds).orElse(Double.NaN);
  }

  /** Takes back the listeners that the virtual machine has of it. */
  @Override
  public void close() {
    collector.close();
    heap.close();
  }
}
