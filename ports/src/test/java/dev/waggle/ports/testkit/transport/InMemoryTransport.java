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
  private final List<Endpoint> listening = new ArrayList<>();
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
    synchronized (this) {
      listening.add(bound);
    }
    return bound;
  }

  @Override
  public Dial dial(Endpoint remote, Duration timeout, ConnectionListener listener) {
    return dial(null, remote, timeout, listener);
  }

  @Override
  public Dial dialFrom(
      int localPort, Endpoint remote, Duration timeout, ConnectionListener listener) {
    List<Endpoint> own = listeningAt(localPort);
    if (own.isEmpty()) {
      throw new IllegalArgumentException("the transport does not listen at port " + localPort);
    }
    boolean isIpv6 = remote.host().contains(":");
    Endpoint from =
        own.stream().filter(it -> it.host().contains(":") == isIpv6).findFirst().orElse(null);
    return dial(from, remote, timeout, listener);
  }

  private synchronized List<Endpoint> listeningAt(int port) {
    return listening.stream().filter(own -> own.port() == port).toList();
  }

  /** Dials from any port if {@code from} is null. */
  private Dial dial(Endpoint from, Endpoint remote, Duration timeout, ConnectionListener listener) {
    if (!timeout.isPositive()) {
      throw new IllegalArgumentException("a dial needs time, not " + timeout);
    }
    Attempt attempt = new Attempt(from, remote, listener);
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
  final class Attempt implements Dial, Entry {
    private final Endpoint from;
    private final Endpoint remote;
    private final ConnectionListener listener;
    private InMemoryLoop.Task timer;

    /** What it takes as long as it lasts; null if it dials from any port. */
    private InMemoryNumbers.Side taken;

    private boolean decided;

    private Attempt(Endpoint from, Endpoint remote, ConnectionListener listener) {
      this.from = from;
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

    private void start(Duration timeout) {
      if (decided) {
        return;
      }
      timer = loop.schedule(timeout.toNanos(), () -> fail(Cause.TIMED_OUT));
      Endpoint address = InMemoryNetwork.address(remote);
      if (address == null) {
        fail(Cause.UNREACHABLE);
      } else if (from == null || takes(new InMemoryNumbers.Side(from, address))) {
        loop.schedule(network.delayNanos(), () -> arrive(address));
      } else {
        fail(new CloseReason(Cause.FAILED, "the port to dial from is in use for this address"));
      }
    }

    private boolean takes(InMemoryNumbers.Side side) {
      boolean isFree = network.numbers().dial(side, this);
      taken = isFree ? side : null;
      return isFree;
    }

    private void arrive(Endpoint address) {
      if (!decided && !network.isSilent(address)) {
        connect(address);
      }
    }

    private void connect(Endpoint address) {
      Attempt opposite = taken == null ? null : network.numbers().opposite(taken);
      InMemoryNetwork.Listening who = network.at(address);
      if (opposite != null) {
        succeed();
        opposite.succeed();
        network.join(taken, transport(), listener, opposite.transport(), opposite.listener);
      } else if (who != null) {
        succeed();
        InMemoryNumbers.Side side = taken == null ? fromAnyPort(address) : taken;
        ConnectionListener far = network.ask(who, side.local());
        network.join(side, transport(), listener, who.transport(), far);
      } else {
        fail(Cause.REFUSED);
      }
    }

    private InMemoryNumbers.Side fromAnyPort(Endpoint address) {
      return new InMemoryNumbers.Side(network.unused(address.host()), address);
    }

    private InMemoryTransport transport() {
      return InMemoryTransport.this;
    }

    private void succeed() {
      decided = true;
      loop.cancel(timer);
      loop.execute(() -> remove(this)); // when the transport knows of the connection
    }

    private void fail(Cause cause) {
      fail(CloseReason.of(cause));
    }

    private void fail(CloseReason why) {
      if (decided) {
        return;
      }
      decided = true;
      if (timer != null) {
        loop.cancel(timer);
      }
      if (taken != null) {
        network.numbers().ended(taken);
      }
      try {
        listener.onClosed(why);
      } catch (Throwable thrown) {
        caught(thrown); // the attempt is over; there is nothing left that could be closed for it
      } finally {
        remove(this);
      }
    }
  }
}
