package dev.waggle.bench.machine;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import org.jspecify.annotations.Nullable;

/** What Java tells on every system: the load of all processors, and this process's own part. */
final class PortableClock implements ProcessorClock {
  private final OperatingSystemMXBean system =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  private final int processors = Runtime.getRuntime().availableProcessors();
  private long lastNanos = System.nanoTime();
  private double busyNanos;

  PortableClock() {
    system.getCpuLoad(); // the first answer is about no time at all
  }

  /** The load is that since the last time anybody asked. */
  @Override
  public @Nullable Reading read() {
    double load = system.getCpuLoad();
    long own = system.getProcessCpuTime();
    long now = System.nanoTime();
    if (!Double.isFinite(load) || load < 0 || own < 0) {
      return null;
    }
    busyNanos += load * processors * (now - lastNanos);
    lastNanos = now;
    return new Reading(now, Math.round(busyNanos) - own, processors);
  }

  @Override
  public boolean knowsChildren() {
    return false;
  }
}
