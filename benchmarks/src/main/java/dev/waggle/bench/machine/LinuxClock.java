package dev.waggle.bench.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What Linux counts, by proc(5): how long processors were busy, less what this process and its
 * children have used. In a container as well, since {@code /proc/stat} is that of the host there.
 *
 * <p>Only processors count on which this process may run. Interrupts do not: those of loopback are
 * the run's own, but no process is charged with them.
 */
final class LinuxClock implements ProcessorClock {
  /** USER_HZ is 100 on every processor that Java runs on. */
  private static final long NANOS_PER_TICK = 10_000_000;

  // Fields of a line "cpu".
  private static final int USER = 1;
  private static final int NICE = 2;
  private static final int SYSTEM = 3;
  private static final int STEAL = 8;

  // Fields behind the name in /proc/self/stat: its own time, then that of children it waited for.
  private static final int OWN_USER = 11;
  private static final int CHILDREN_SYSTEM = 14;

  private static final String ALL = "cpu";
  private static final String ALLOWED = "Cpus_allowed_list:";

  private final Path stat;
  private final Path self;

  LinuxClock() {
    this(Path.of("/proc"));
  }

  /** With this folder in the place of {@code /proc}. */
  LinuxClock(Path proc) {
    stat = proc.resolve("stat");
    self = proc.resolve("self");
  }

  @Override
  public @Nullable Reading read() {
    try {
      List<String[]> lines =
          Files.readAllLines(stat).stream()
              .filter(line -> line.startsWith(ALL))
              .map(LinuxClock::fields)
              .toList();
      long nanos = System.nanoTime();
      long own = ownTicks();
      BitSet allowed = allowed();
      List<String[]> each =
          lines.stream().filter(line -> !line[0].equals(ALL) && allowed.get(number(line))).toList();
      if (each.isEmpty()) {
        return null;
      }
      // The sum over all is rounded once, and not for each.
      boolean mayUseAll = each.size() == lines.size() - 1;
      long busy =
          (mayUseAll ? lines.subList(0, 1) : each).stream().mapToLong(LinuxClock::busy).sum();
      return new Reading(nanos, (busy - own) * NANOS_PER_TICK, each.size());
    } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException _) {
      return null; // Another system, or one that hides it.
    }
  }

  @Override
  public boolean knowsChildren() {
    return true;
  }

  private static String[] fields(String line) {
    return line.strip().split("\\s+", -1);
  }

  private static int number(String[] line) {
    return Integer.parseInt(line[0].substring(ALL.length()));
  }

  private static long busy(String[] line) {
    return Long.parseLong(line[USER])
        + Long.parseLong(line[NICE])
        + Long.parseLong(line[SYSTEM])
        + Long.parseLong(line[STEAL]);
  }

  /** The name of a process may have blanks and brackets in it. */
  private long ownTicks() throws IOException {
    String line = Files.readString(self.resolve("stat"));
    String[] fields = fields(line.substring(line.lastIndexOf(')') + 1));
    return Arrays.stream(fields, OWN_USER, CHILDREN_SYSTEM + 1).mapToLong(Long::parseLong).sum();
  }

  /** By numbers and ranges of them: {@code 0-3,8}. */
  private BitSet allowed() throws IOException {
    BitSet allowed = new BitSet();
    for (String line : Files.readAllLines(self.resolve("status"))) {
      if (line.startsWith(ALLOWED)) {
        for (String range : line.substring(ALLOWED.length()).strip().split(",", -1)) {
          String[] ends = range.split("-", -1);
          allowed.set(Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1]) + 1);
        }
      }
    }
    return allowed;
  }
}
