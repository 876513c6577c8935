package dev.waggle.node.runtime;

import dev.waggle.ports.Endpoint;
import dev.waggle.ports.node.NameService;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks names up on threads of its own, since a {@link NameService} blocks: a name server that does
 * not answer must hold up neither anything else nor the look-ups of other names. Whoever asks for a
 * name that is being looked up already hears that answer, so that one name holds one thread,
 * however long its look-up takes and however often it is asked for. Safe from any thread.
 */
final class NameResolver implements AutoCloseable {
  /**
   * So many names are looked up at once: as many as are dialled at once, and as many again whose
   * dials do not wait any more.
   */
  static final int THREADS = 16;

  /** So many names wait at most; more than any node has seeds, and a bound all the same. */
  private static final int MAX_NAMES = 1024;

  private static final Logger log = LoggerFactory.getLogger(NameResolver.class);

  /** Threads without work end after this time. */
  private static final int IDLE_SECONDS = 10;

  private final NameService names;
  private final Predicate<Endpoint> isShut;
  private final Consumer<Throwable> onFailure;
  private final ThreadPoolExecutor threads;

  // Guarded by this: who waits for which name.
  private final Map<String, List<Consumer<List<InetAddress>>>> asked = new HashMap<>();

  /**
   * A resolver whose threads start when they are needed.
   *
   * @param isShut which addresses are left out, wherever they come from
   * @param onFailure hears, on one of its threads, of what a look-up has thrown
   */
  NameResolver(NameService names, Predicate<Endpoint> isShut, Consumer<Throwable> onFailure) {
    this.names = names;
    this.isShut = isShut;
    this.onFailure = onFailure;
    this.threads =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().name("waggle-resolver-", 1).daemon().factory());
    threads.allowCoreThreadTimeOut(true);
  }

  /**
   * Looks the host of {@code remote} up.
   *
   * @param found hears all its addresses as IP literals, each with the port of {@code remote}, in
   *     the order of preference, or none if there are none; called inside of this call if the host
   *     is a literal, else usually on another thread
   * @return stops waiting, so that nothing here grows with those who have gone
   */
  Runnable resolve(Endpoint remote, Consumer<List<Endpoint>> found) {
    InetAddress literal = literal(remote.host());
    if (literal != null) {
      found.accept(open(remote, List.of(literal)));
      return () -> {};
    }
    String name = remote.host();
    Consumer<List<InetAddress>> asking = addresses -> found.accept(open(remote, addresses));
    ask(name, asking);
    return () -> forget(name, asking);
  }

  private List<Endpoint> open(Endpoint remote, List<InetAddress> addresses) {
    List<Endpoint> open = new ArrayList<>();
    for (InetAddress address : addresses) {
      Endpoint endpoint = endpoint(address, remote.port());
      if (isShut.test(endpoint)) {
        log.info("{} leads to {}, which is banned", remote, endpoint);
      } else {
        open.add(endpoint);
      }
    }
    return open;
  }

  private static @Nullable InetAddress literal(String host) {
    try {
      return InetAddress.ofLiteral(host);
    } catch (IllegalArgumentException name) {
      return null;
    }
  }

  /** With the number of its zone, since a name of an interface need not fit into an endpoint. */
  private static Endpoint endpoint(InetAddress address, int port) {
    String host = address.getHostAddress();
    int zone = host.indexOf('%');
    return address instanceof Inet6Address six && zone >= 0
        ? new Endpoint(host.substring(0, zone + 1) + six.getScopeId(), port)
        : new Endpoint(host, port);
  }

  private void ask(String name, Consumer<List<InetAddress>> asking) {
    boolean begins = false;
    boolean tooMany = false;
    synchronized (this) {
      List<Consumer<List<InetAddress>>> others = asked.get(name);
      if (others != null) {
        others.add(asking);
      } else if (asked.size() < MAX_NAMES) {
        asked.put(name, new ArrayList<>(List.of(asking)));
        begins = true;
      } else {
        tooMany = true;
      }
    }
    if (begins) {
      begin(name);
    } else if (tooMany) {
      asking.accept(List.of());
    }
  }

  private synchronized void forget(String name, Consumer<List<InetAddress>> asking) {
    List<Consumer<List<InetAddress>>> all = asked.get(name);
    if (all != null) {
      all.remove(asking);
    }
  }

  private void begin(String name) {
    try {
      threads.execute(() -> answer(name, lookUp(name)));
    } catch (RejectedExecutionException closed) {
      answer(name, List.of());
    }
  }

  private List<InetAddress> lookUp(String name) {
    try {
      return names.lookUp(name);
    } catch (UnknownHostException e) {
      return List.of();
    } catch (Throwable thrown) {
      onFailure.accept(thrown);
      return List.of();
    }
  }

  private void answer(String name, List<InetAddress> addresses) {
    List<Consumer<List<InetAddress>>> all;
    synchronized (this) {
      all = asked.remove(name);
    }
    for (Consumer<List<InetAddress>> asking : Objects.requireNonNull(all)) {
      try {
        asking.accept(addresses);
      } catch (Throwable thrown) {
        onFailure.accept(thrown);
      }
    }
  }

  /** Forgets what waits. A look-up that the system has begun cannot be stopped; nobody hears it. */
  @Override
  public void close() {
    threads.shutdownNow();
  }
}
