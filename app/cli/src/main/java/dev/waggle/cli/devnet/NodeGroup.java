package dev.waggle.cli.devnet;

import dev.waggle.cli.node.FullNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Nodes that are stopped together, and the temporary directory that they keep things in. Safe from
 * any thread.
 */
final class NodeGroup implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(NodeGroup.class);

  private final List<FullNode> nodes = new ArrayList<>();
  private @Nullable Path directory;
  private boolean closed;

  /** The directory, made when it is asked for first. */
  synchronized Path directory() throws IOException, InterruptedException {
    requireOpen();
    if (directory == null) {
      directory = Files.createTempDirectory("waggle-devnet-");
    }
    return directory;
  }

  /** Takes a node over, to close it with the others. */
  synchronized void add(FullNode node) throws InterruptedException {
    if (closed) {
      node.close();
    }
    requireOpen();
    nodes.add(node);
  }

  private void requireOpen() throws InterruptedException {
    if (closed) {
      throw new InterruptedException("the nodes were closed while they started");
    }
  }

  synchronized FullNode get(int index) {
    return nodes.get(index);
  }

  synchronized List<FullNode> all() {
    return List.copyOf(nodes);
  }

  /** Stops all nodes at the same time, then removes the directory. Idempotent. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    try (ExecutorService closers = Executors.newVirtualThreadPerTaskExecutor()) {
      nodes.forEach(node -> closers.execute(node::close));
    }
    if (directory != null) {
      remove(directory);
    }
  }

  private static void remove(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      log.warn("could not remove {}: {}", directory, e.toString());
    }
  }
}
