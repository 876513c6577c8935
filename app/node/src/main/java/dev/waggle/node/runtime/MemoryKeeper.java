package dev.waggle.node.runtime;

import dev.waggle.ports.node.PeerMemory;
import dev.waggle.ports.node.PeerStore;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has what the node knows of others kept, on a thread of its own: a disk may be slow, or hang. What
 * comes while it writes takes the place of what waits. Safe from any thread.
 *
 * <p>A store that fails is tried again with what comes next, and with the last thing of all when
 * the node ends; the log has a line when that begins and a line when it is over.
 */
final class MemoryKeeper implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(MemoryKeeper.class);

  private final PeerStore store;
  private final Consumer<Error> onError;
  private final AtomicReference<@Nullable PeerMemory> latest = new AtomicReference<>();
  private final Thread thread;
  private volatile boolean closing;

  // Owned by the thread.
  private boolean failing;

  /**
   * Starts the thread.
   *
   * @param onError hears, on that thread, of an {@link Error} that the store has ended in; nothing
   *     is kept after it
   */
  MemoryKeeper(PeerStore store, Consumer<Error> onError) {
    this.store = store;
    this.onError = onError;
    this.thread = Thread.ofPlatform().daemon().name("waggle-memory").unstarted(this::run);
    thread.start();
  }

  /** Has {@code memory} kept soon, instead of what waits. Never blocks; nothing once closed. */
  void keep(PeerMemory memory) {
    latest.set(memory);
    LockSupport.unpark(thread);
  }

  private void run() {
    try {
      keepAll();
    } catch (Error error) {
      onError.accept(error);
    }
  }

  private void keepAll() {
    PeerMemory unkept = null;
    boolean last = false;
    while (!last) {
      last = closing; // Before looking: what was given before closing is seen then.
      PeerMemory newer = latest.getAndSet(null);
      if (newer == null && !last) {
        LockSupport.park(this);
        continue;
      }
      PeerMemory next = newer == null ? unkept : newer;
      unkept = next == null || save(next) ? null : next;
    }
  }

  /** Whether it worked. */
  private boolean save(PeerMemory memory) {
    try {
      store.save(memory);
    } catch (IOException | RuntimeException e) {
      failed(e);
      return false;
    } finally {
      boolean _ = Thread.interrupted(); // If a store leaves that, the thread would never wait.
    }
    if (failing) {
      failing = false;
      log.info("what this node knows of others can be kept again");
    }
    return true;
  }

  /** A store says which file it is about. */
  private void failed(Exception why) {
    if (!failing) {
      failing = true;
      log.warn(
          "what this node knows of others cannot be kept, trying again every time: {}",
          why instanceof IOException && why.getMessage() != null
              ? why.getMessage()
              : why.toString());
    }
  }

  /**
   * Ends the thread, once it has tried to keep what was given last. Does not wait for that.
   * Idempotent.
   */
  @Override
  public void close() {
    closing = true;
    LockSupport.unpark(thread);
  }

  /**
   * Waits for the end of a keeper that is closed, whatever the store does, and says if it hangs.
   */
  void awaitEnd(Duration limit) throws InterruptedException {
    if (!thread.join(limit)) {
      log.warn("what this node knows of others could not be kept within {}", limit);
    }
  }
}
