package dev.waggle.ports.testkit.transport;

import dev.waggle.ports.Endpoint;
import dev.waggle.ports.transport.Acceptor;
import dev.waggle.ports.transport.CloseReason;
import dev.waggle.ports.transport.CloseReason.Cause;
import dev.waggle.ports.transport.ConnectionListener;
import dev.waggle.ports.transport.ListenFailed;
import dev.waggle.ports.transport.Transport;
import java.net.BindException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A transport over an {@link InMemoryNetwork}. It passes the whole contract of real ones. */
public final class InMemoryTransport implements Transport {
  private final InMemoryNetwork network;
  private final InMemoryLoop loop;
  private final CompletableFuture<Throwable> failure = new CompletableFuture<>();

  /** A dial or a connection. */
  interface Entry {
    /** Begins to close, for the transport is closing. */
    void shutDown();
  }

  // Guarded by this: all that is open, until its onClosed has returned.
  private final Set<Entry> open = new LinkedHashSet<>();
  private boolean closed;

  InMemoryTransport(InMemoryNetwork network) {
    this.network = network;
    this.loop = network.loop();
    loop.acquire();
  }

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public String describe() {
    return "memory, " + (loop.isThreaded() ? "one thread" : "stepped by a test");
  }

  @Override
  public Endpoint listen(Endpoint local, Acceptor acceptor) throws ListenFailed {
    Endpoint address = InMemoryNetwork.address(local);
    if (address == null) {
      throw new ListenFailed(
          local, "the name does not resolve", new UnknownHostException(local.host()));
    }
    Endpoint bound = network.bind(address, new InMemoryNetwork.Listening(this, acceptor));
    if (bound == null) {
      throw new ListenFailed(local, "address in use", new BindException("address in use"));
    }
    return bound;
  }

  @Override
  public Dial dial(Endpoint remote, Duration timeout, ConnectionListener listener) {
    if (!timeout.isPositive()) {
      throw new IllegalArgumentException("a dial needs time, not " + timeout);
    }
    Attempt attempt = new Attempt(remote, listener);
    if (!add(attempt)) {
      // The loop may have ended with the transport.
      Thread.startVirtualThread(() -> attempt.fail(Cause.SHUTDOWN));
      return () -> {};
    }
    loop.execute(() -> attempt.start(timeout));
    return attempt;
  }

  /** What the acceptor says; null if it throws, or if this transport is closed. */
  ConnectionListener ask(Acceptor acceptor, Endpoint remote) {
    try {
      return isClosed() ? null : acceptor.accept(remote);
    } catch (Throwable thrown) {
      caught(thrown);
      return null;
    }
  }

  synchronized boolean isClosed() {
    return closed;
  }

  /** False if this transport is closed. */
  synchronized boolean add(Entry entry) {
    open.add(entry);
    return !closed;
  }

  synchronized void remove(Entry entry) {
    open.remove(entry);
    notifyAll();
  }

  @Override
  public CompletionStage<Throwable> failure() {
    return failure.minimalCompletionStage();
  }

  /** A callback has thrown something. */
  void caught(Throwable thrown) {
    if (thrown instanceof Error) {
      failure.complete(thrown);
    }
  }

  @Override
  public void close() {
    List<Entry> entries;
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      entries = new ArrayList<>(open);
    }
    network.unbind(this);
    entries.forEach(Entry::shutDown);
    boolean interrupted = Thread.interrupted(); // Which must not keep the loop from its end.
    try {
      if (loop.isThreaded()) {
        awaitNothingOpen();
      } else {
        loop.advance(Duration.ofSeconds(5));
      }
    } catch (InterruptedException e) {
      interrupted = true;
    }
    try {
      loop.release();
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void awaitNothingOpen() throws InterruptedException {
    long deadlineNanos = System.nanoTime() + 5_000_000_000L;
    while (!open.isEmpty() && System.nanoTime() - deadlineNanos < 0) {
      wait(100);
    }
  }

  /** A dial; all but {@code cancel} on the loop. */
  private final class Attempt implements Dial, Entry {
    private final Endpoint remote;
    private final ConnectionListener listener;
    private InMemoryLoop.Task timer;
    private boolean decided;

    Attempt(Endpoint remote, ConnectionListener listener) {
      this.remote = remote;
      this.listener = listener;
    }

    @Override
    public void cancel() {
      loop.execute(() -> fail(Cause.CANCELLED));
    }

    @Override
    public void shutDown() {
      loop.execute(() -> fail(Cause.SHUTDOWN));
    }

    void start(Duration timeout) {
      if (!decided) {
        timer = loop.schedule(timeout.toNanos(), () -> fail(Cause.TIMED_OUT));
        loop.schedule(network.delayNanos(), this::arrive);
      }
    }

    private void arrive() {
      Endpoint address = InMemoryNetwork.address(remote);
      if (address == null) {
        fail(Cause.UNREACHABLE);
      } else if (!decided && !network.isSilent(address)) {
        connect(address);
      }
    }

    private void connect(Endpoint address) {
      InMemoryNetwork.Listening who = network.at(address);
      if (who == null) {
        fail(Cause.REFUSED);
      } else {
        decided = true;
        loop.cancel(timer);
        network.join(InMemoryTransport.this, listener, address, who);
        remove(this);
      }
    }

    void fail(Cause cause) {
      if (decided) {
        return;
      }
      decided = true;
      if (timer != null) {
        loop.cancel(timer);
      }
      try {
        listener.onClosed(CloseReason.of(cause));
      } catch (Throwable thrown) {
        caught(thrown); // the attempt is over; there is nothing left that could be closed for it
      } finally {
        remove(this);
      }
    }
  }
}
