package dev.waggle.nio;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Looks names up on threads of its own, since the system's resolver blocks: a name server that does
 * not answer must not hold up the links that an event loop serves. Safe from any thread.
 */
final class NameResolver implements AutoCloseable {
  /** The way to look a name up: {@link InetAddress#getAllByName}, or a test's. May block. */
  interface Names {
    InetAddress[] lookUp(String name) throws UnknownHostException;
  }

  private static final System.Logger LOG = System.getLogger(NameResolver.class.getName());

  /** So few names are looked up at once: a node dials a handful of seeds by name. */
  private static final int THREADS = 2;

  /** So many look-ups wait at most; more than any node has seeds, and a bound all the same. */
  private static final int MAX_WAITING = 1024;

  /** Threads without work end after this time. */
  private static final int IDLE_SECONDS = 10;

  private final Names names;
  private final Failure failure;
  private final ThreadPoolExecutor threads;

  NameResolver(Names names, Failure failure) {
    this.names = names;
    this.failure = failure;
    this.threads =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(MAX_WAITING),
            Thread.ofPlatform().name("waggle-nio-resolver-", 1).daemon().factory());
    threads.allowCoreThreadTimeOut(true);
  }

  /**
   * Looks {@code host} up.
   *
   * @param found hears all addresses, in the order of preference, or none if there are none; called
   *     at once if {@code host} is a literal, else on another thread
   */
  void resolve(String host, Consumer<List<InetAddress>> found) {
    InetAddress literal = literal(host);
    if (literal != null) {
      found.accept(List.of(literal));
      return;
    }
    try {
      threads.execute(() -> found.accept(lookUp(host)));
    } catch (RejectedExecutionException tooManyOrClosed) {
      found.accept(List.of());
    }
  }

  private static @Nullable InetAddress literal(String host) {
    try {
      return InetAddress.ofLiteral(host);
    } catch (IllegalArgumentException name) {
      return null;
    }
  }

  private List<InetAddress> lookUp(String host) {
    try {
      return List.of(names.lookUp(host));
    } catch (UnknownHostException e) {
      return List.of();
    } catch (Throwable thrown) {
      failure.caught(thrown);
      LOG.log(System.Logger.Level.ERROR, "the look-up of " + host, thrown);
      return List.of();
    }
  }

  /** Forgets what waits. A look-up that the system has begun cannot be stopped; nobody hears it. */
  @Override
  public void close() {
    threads.shutdownNow();
  }
}
