package dev.waggle.node.runtime;

import dev.waggle.ports.PeerAddress;
import dev.waggle.ports.node.SeedDirectory;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks DNS seeds, each on a thread of its own while that takes, since a {@link SeedDirectory}
 * blocks. A seed that has not answered yet is not asked again. Safe from any thread.
 */
final class SeedQuestions implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SeedQuestions.class);

  private final SeedDirectory directory;
  private final BiConsumer<String, List<PeerAddress>> found;
  private final Consumer<Throwable> onFailure;
  private final Set<String> asked = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /**
   * Asks nobody yet.
   *
   * @param found hears of each answer, on the thread that has asked
   * @param onFailure hears, there, of what a directory has thrown that is no failure to answer: it
   *     reads what strangers have written, so an exception must not end the node
   */
  SeedQuestions(
      SeedDirectory directory,
      BiConsumer<String, List<PeerAddress>> found,
      Consumer<Throwable> onFailure) {
    this.directory = directory;
    this.found = found;
    this.onFailure = onFailure;
  }

  /** Asks a seed, by its name. */
  void ask(String name) {
    if (!closed && asked.add(name)) {
      Thread.ofPlatform().daemon().name("waggle-seed-" + name).start(() -> lookUp(name));
    }
  }

  private void lookUp(String name) {
    try {
      List<PeerAddress> addresses = directory.lookUp(name);
      log.info("the DNS seed {} names {} addresses", name, addresses.size());
      if (!closed) {
        found.accept(name, addresses);
      }
    } catch (IOException e) {
      log.warn("the DNS seed {} gives no answer: {}", name, e.getMessage());
    } catch (Throwable thrown) {
      onFailure.accept(thrown);
    } finally {
      asked.remove(name);
    }
  }

  /** Whatever is answered from now on, nobody hears. */
  @Override
  public void close() {
    closed = true;
  }
}
