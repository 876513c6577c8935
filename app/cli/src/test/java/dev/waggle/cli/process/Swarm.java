package dev.waggle.cli.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Many nodes in processes of their own. What they have said is kept under {@code target/processes},
 * whatever comes of them.
 */
final class Swarm implements AutoCloseable {
  /** More that start at once only make each other slow. */
  private static final int STARTING_AT_ONCE = 4;

  /** Only a failing test waits that long. */
  static final Duration PATIENCE = Duration.ofMinutes(3);

  private final Path data;
  private final Path output;
  private final Map<Integer, SwarmNode> up = new TreeMap<>();
  private final List<SwarmNode> all = new ArrayList<>();

  /**
   * Nobody yet.
   *
   * @param data where each node gets a folder
   */
  Swarm(Path data) throws IOException {
    this.data = data;
    this.output =
        Files.createDirectories(WaggleProcess.lib().resolve("../../processes").normalize());
  }

  /** Starts the node of this number; if too many are starting, as soon as fewer are. */
  SwarmNode start(int number, String... more) throws IOException, InterruptedException {
    List<SwarmNode> starting = up.values().stream().filter(node -> !node.listens()).toList();
    if (starting.size() >= STARTING_AT_ONCE) {
      await(starting.subList(0, 1), "listens", SwarmNode::listens);
    }
    SwarmNode node =
        SwarmNode.start(number, data.resolve(Integer.toString(number)), Arrays.asList(more));
    up.put(number, node);
    all.add(node);
    return node;
  }

  /** By SIGKILL: nobody hears a Goodbye, and nothing is saved. */
  void kill(SwarmNode node) throws InterruptedException {
    up.remove(node.number());
    node.process().kill();
  }

  /** By SIGTERM. */
  int end(SwarmNode node) throws InterruptedException {
    up.remove(node.number());
    node.process().terminate();
    return node.process().awaitExit();
  }

  /** Those that were started, and neither killed nor ended. */
  Collection<SwarmNode> up() {
    return up.values();
  }

  /**
   * Waits until all nodes that are up are so at the same time.
   *
   * @param what completes "node 7 ..."
   */
  void awaitAll(String what, Predicate<SwarmNode> wanted) throws InterruptedException {
    await(up.values(), what, wanted);
  }

  void await(SwarmNode node, String what, Predicate<SwarmNode> wanted) throws InterruptedException {
    await(List.of(node), what, wanted);
  }

  private void await(Collection<SwarmNode> nodes, String what, Predicate<SwarmNode> wanted)
      throws InterruptedException {
    long deadlineNanos = System.nanoTime() + PATIENCE.toNanos();
    do {
      for (SwarmNode node : nodes) {
        long leftNanos = Math.max(0, deadlineNanos - System.nanoTime());
        if (!node.await(wanted, Duration.ofNanos(leftNanos))) {
          throw new AssertionError(missing(nodes, what, wanted));
        }
      }
      // What the first ones were may have changed while the last ones were waited for.
    } while (!nodes.stream().allMatch(wanted));
  }

  private String missing(Collection<SwarmNode> nodes, String what, Predicate<SwarmNode> wanted)
      throws InterruptedException {
    for (SwarmNode node : nodes) {
      var _ = node.await(_ -> true, Duration.ZERO); // Not only what was waited for so far.
    }
    return nodes.stream()
        .filter(node -> !wanted.test(node))
        .map(SwarmNode::toString)
        .collect(
            Collectors.joining(
                "\n  ",
                "not within %s that each of %d nodes %s; missing:\n  "
                    .formatted(PATIENCE, nodes.size(), what),
                "\nall that they said is in " + output));
  }

  @Override
  public void close() throws IOException {
    for (SwarmNode node : all) {
      node.keepOutput(output);
      node.close();
    }
  }
}
