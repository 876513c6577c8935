package dev.waggle.cli.calibrate;

import dev.waggle.ports.Endpoint;
import dev.waggle.ports.transport.Acceptor;
import dev.waggle.ports.transport.ConnectionListener;
import dev.waggle.ports.transport.ListenFailed;
import dev.waggle.ports.transport.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where the nodes of a network really are. They know each other by the addresses of the simulated
 * network, of which no machine has one; each listens at a port of this machine.
 *
 * <p>Dials wait until {@link #open}, when everybody listens. Safe from any thread.
 */
final class Directory {
  private static final Endpoint FREE_PORT = new Endpoint("127.0.0.1", 0);

  // Guarded by this.
  private final Map<Endpoint, Endpoint> real = new HashMap<>();
  private @Nullable List<Waiting> waiting = new ArrayList<>();

  /** A transport of whoever is known by {@code self}, over one that knows real addresses only. */
  Transport translated(Endpoint self, Transport inner) {
    return new Translated(self, inner);
  }

  /** Everybody listens: dials what was waiting. */
  void open() {
    List<Waiting> dials;
    synchronized (this) {
      dials = waiting == null ? List.of() : waiting;
      waiting = null;
    }
    dials.forEach(Waiting::dial);
  }

  private synchronized void add(Endpoint known, Endpoint bound) {
    real.put(known, bound);
  }

  private synchronized Endpoint find(Endpoint known) {
    return real.getOrDefault(known, known);
  }

  /** Whether the dial waits; if not, it is to begin at once. */
  private synchronized boolean await(Waiting dial) {
    return waiting != null && waiting.add(dial);
  }

  /** A dial that begins when it may. */
  private static final class Waiting implements Transport.Dial {
    private final Supplier<Transport.Dial> begin;

    // Guarded by this.
    private Transport.@Nullable Dial begun;
    private boolean cancelled;

    Waiting(Supplier<Transport.Dial> begin) {
      this.begin = begin;
    }

    synchronized void dial() {
      begun = begin.get();
      if (cancelled) {
        begun.cancel();
      }
    }

    @Override
    public synchronized void cancel() {
      cancelled = true;
      if (begun != null) {
        begun.cancel();
      }
    }
  }

  private final class Translated implements Transport {
    private final Endpoint self;
    private final Transport inner;

    Translated(Endpoint self, Transport inner) {
      this.self = self;
      this.inner = inner;
    }

    @Override
    public String name() {
      return inner.name();
    }

    @Override
    public String describe() {
      return inner.describe();
    }

    @Override
    public Endpoint listen(Endpoint local, Acceptor acceptor) throws ListenFailed {
      Endpoint bound = inner.listen(FREE_PORT, acceptor);
      add(self, bound);
      return bound;
    }

    @Override
    public Dial dial(Endpoint remote, Duration timeout, ConnectionListener listener) {
      return begin(() -> inner.dial(find(remote), timeout, listener));
    }

    @Override
    public Dial dialFrom(
        int localPort, Endpoint remote, Duration timeout, ConnectionListener listener) {
      return begin(() -> inner.dialFrom(localPort, find(remote), timeout, listener));
    }

    private Dial begin(Supplier<Dial> dialling) {
      Waiting dial = new Waiting(dialling);
      if (!await(dial)) {
        dial.dial();
      }
      return dial;
    }

    @Override
    public CompletionStage<Throwable> failure() {
      return inner.failure();
    }

    @Override
    public void close() {
      inner.close();
    }
  }
}
