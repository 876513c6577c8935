package dev.waggle.bench.report;

import dev.waggle.bench.machine.Others;
import dev.waggle.bench.machine.OthersMeter;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How busy the machine was when a run began.
 *
 * @param others at that moment: what decides
 * @param average the system's load of the last minute, for those who wonder; it counts the build as
 *     well that ended just before. Null if the system has none
 */
record Load(Others others, @Nullable Double average) {
  static Load now(OthersMeter meter) throws InterruptedException {
    double average = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    return new Load(meter.atRest(), average < 0 ? null : average);
  }

  /** {@code others use 1.25 of 2 processors, and more than 0.20 disturb; load average 3.10}. */
  String complaint() {
    String allowed = String.format(Locale.ROOT, "%.2f", Others.allowed(others.of()));
    String average =
        this.average == null ? "" : String.format(Locale.ROOT, "; load average %.2f", this.average);
    return "others use " + others.describe() + ", and more than " + allowed + " disturb" + average;
  }
}
