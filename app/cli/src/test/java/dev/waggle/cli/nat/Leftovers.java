package dev.waggle.cli.nat;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What labs leave on the machine: namespaces, with whatever runs in them. Their names tell which
 * process has made them, so that those of one that was killed can be told from those in use.
 */
final class Leftovers {
  private static final Pattern NAME = Pattern.compile("waggle-nat-(\\d+)-(\\d+)-.*");

  private static final String REMOVE =
      """
      for name; do
        pids=$(ip netns pids "$name") || continue
        [ -z "$pids" ] || kill -9 $pids || :
        ip netns del "$name"
      done
      """;

  private Leftovers() {}

  /** With what all names of this process begin. */
  static String prefix() {
    ProcessHandle self = ProcessHandle.current();
    return "waggle-nat-%d-%d-".formatted(self.pid(), startSeconds(self).orElse(0L));
  }

  /** Removes what processes have left that are no more. */
  static void removeThoseOfTheDead() throws IOException, InterruptedException {
    remove(Leftovers::isOfTheDead);
  }

  /** Removes those whose names begin so. */
  static void remove(String prefix) throws IOException, InterruptedException {
    remove(name -> name.startsWith(prefix));
  }

  private static void remove(Predicate<String> wanted) throws IOException, InterruptedException {
    List<String> names = names().stream().filter(wanted).toList();
    if (!names.isEmpty()) {
      Commands.run(command(names), "");
    }
  }

  private static List<String> command(List<String> names) {
    List<String> command = new ArrayList<>(List.of("sh", "-c", REMOVE, "sh"));
    command.addAll(names);
    return command;
  }

  /** The namespaces that this machine has, ours and others. */
  static List<String> names() throws IOException, InterruptedException {
    return Commands.run(List.of("ip", "netns", "list"), "")
        .lines()
        .map(line -> line.replaceFirst(" .*", ""))
        .toList();
  }

  /** Numbers of processes are used again, so that the moment of its start belongs to it. */
  private static boolean isOfTheDead(String name) {
    Matcher matcher = NAME.matcher(name);
    if (!matcher.matches()) {
      return false;
    }
    Optional<ProcessHandle> maker = ProcessHandle.of(Long.parseLong(matcher.group(1)));
    return maker.flatMap(Leftovers::startSeconds).isEmpty()
        || maker.flatMap(Leftovers::startSeconds).get() != Long.parseLong(matcher.group(2));
  }

  private static Optional<Long> startSeconds(ProcessHandle process) {
    return process.info().startInstant().map(Instant::getEpochSecond);
  }
}
