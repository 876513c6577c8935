package dev.waggle.bench.report;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Where a run took place.
 *
 * @param cpuFlags what the processor can do that matters for ciphers and hashes
 */
record Machine(
    String cpu, List<String> cpuFlags, int cores, long memoryBytes, String os, String jdk) {
  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

  private static final List<String> FLAGS_OF_INTEREST =
      List.of(
          "aes",
          "pclmulqdq",
          "avx2",
          "avx512f",
          "vaes",
          "vpclmulqdq",
          "sha_ni",
          "pmull",
          "sha2",
          "sha512");

  Machine {
    cpuFlags = List.copyOf(cpuFlags);
  }

  static Machine here() {
    List<String> cpuInfo = cpuInfo();
    return new Machine(
        value(cpuInfo, "model name", System.getProperty("os.arch")),
        flags(value(cpuInfo, "flags", value(cpuInfo, "Features", ""))),
        Runtime.getRuntime().availableProcessors(),
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize(),
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        System.getProperty("java.vendor.version", System.getProperty("java.vendor"))
            + " ("
            + System.getProperty("java.vm.version")
            + ")");
  }

  private static List<String> cpuInfo() {
    try {
      return Files.readAllLines(CPU_INFO);
    } catch (IOException _) {
      return List.of(); // Only Linux has it.
    }
  }

  private static String value(List<String> cpuInfo, String key, String otherwise) {
    return cpuInfo.stream()
        .filter(line -> line.startsWith(key))
        .flatMap(line -> Stream.of(line.substring(line.indexOf(':') + 1).strip()))
        .findFirst()
        .orElse(otherwise);
  }

  private static List<String> flags(String all) {
    List<String> there = Arrays.asList(all.split(" ", -1));
    return FLAGS_OF_INTEREST.stream().filter(there::contains).toList();
  }

  /** One line for people. */
  String describe() {
    return String.format(
        Locale.ROOT,
        "%s, %d %s, %.0f GiB, %s, %s",
        cpu,
        cores,
        cores == 1 ? "core" : "cores",
        memoryBytes / (double) (1 << 30),
        os,
        jdk);
  }

  /** Are ratios of the two comparable? Memory differs by some pages from boot to boot. */
  boolean isLike(Machine other) {
    return cpu.equals(other.cpu)
        && cpuFlags.equals(other.cpuFlags)
        && cores == other.cores
        && os.equals(other.os)
        && jdk.equals(other.jdk);
  }
}
