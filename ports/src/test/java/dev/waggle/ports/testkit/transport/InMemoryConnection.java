package dev.waggle.ports.testkit.transport;

import dev.waggle.ports.Endpoint;
import dev.waggle.ports.transport.CloseReason;
import dev.waggle.ports.transport.CloseReason.Cause;
import dev.waggle.ports.transport.Connection;
import dev.waggle.ports.transport.ConnectionListener;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One end of a connection in memory. Bytes stay with the sender, unsent, until the receiver reads
 * them; so a receiver that does not read is felt at once.
 *
 * <p>Fields below {@code unsent} belong to the network's loop.
 */
final class InMemoryConnection implements Connection, InMemoryTransport.Entry {
  private final InMemoryNetwork network;
  private final InMemoryLoop loop;
  private final InMemoryTransport transport;
  private final Endpoint remote;
  private final Endpoint local;
  private final ConnectionListener listener;
  private final AtomicReference<CloseReason> reason = new AtomicReference<>();
  private final AtomicLong unsent = new AtomicLong();

  private InMemoryConnection peer;
  private final ArrayDeque<ByteBuffer> outgoing = new ArrayDeque<>();
  private long sentBytes;
  private boolean sending;
  private boolean aboveHighWater;
  private boolean reading = true;
  private boolean endQueued;
  private boolean endSent;
  private boolean endReceived;
  private boolean silent;
  private InMemoryLoop.Task lingerTimer;

  InMemoryConnection(
      InMemoryNetwork network,
      InMemoryTransport transport,
      Endpoint remote,
      Endpoint local,
      ConnectionListener listener) {
    this.network = network;
    this.loop = network.loop();
    this.transport = transport;
    this.remote = remote;
    this.local = local;
    this.listener = listener;
  }

  /** Joins this end to the other; on the loop. */
  void open(InMemoryConnection other) {
    peer = other;
    network.numbers().opened(new InMemoryNumbers.Side(local, remote));
    if (!transport.add(this)) {
      shutDown();
    }
    loop.execute(() -> call(() -> listener.onOpened(this)));
  }

  // Any thread.

  @Override
  public Endpoint remote() {
    return remote;
  }

  @Override
  public Endpoint local() {
    return local;
  }

  @Override
  public boolean write(ByteBuffer bytes) {
    int length = bytes.remaining();
    ByteBuffer copy = ByteBuffer.allocate(length).put(bytes).flip();
    if (reason.get() != null) {
      return false;
    }
    long total = unsent.addAndGet(length);
    if (total > MAX_UNSENT_BYTES) {
      abort(CloseReason.of(Cause.OVERFLOW));
      return false;
    }
    if (length > 0) {
      loop.execute(() -> append(copy, total));
    }
    return total <= HIGH_WATER_BYTES;
  }

  @Override
  public void reading(boolean enabled) {
    loop.execute(
        () -> {
          reading = enabled;
          peer.send();
        });
  }

  @Override
  public void execute(Runnable task) {
    loop.execute(() -> call(task));
  }

  @Override
  public void close(CloseReason why) {
    if (reason.compareAndSet(null, why)) {
      loop.execute(this::beginLingering);
    }
  }

  @Override
  public void shutDown() {
    close(CloseReason.of(Cause.SHUTDOWN));
  }

  private void abort(CloseReason why) {
    if (reason.compareAndSet(null, why)) {
      loop.execute(() -> finish(false));
    }
  }

  /** Breaks the connection in bad order. */
  void reset(CloseReason why) {
    loop.execute(
        () -> {
          reason.compareAndSet(null, why);
          finish(true);
        });
  }

  /** Ends this direction, and goes on reading. */
  void endOutput() {
    loop.execute(
        () -> {
          endQueued = true;
          send();
        });
  }

  // The loop.

  private void call(Runnable code) {
    if (silent) {
      return;
    }
    try {
      code.run();
    } catch (Throwable thrown) {
      transport.caught(thrown);
      abort(new CloseReason(Cause.FAILED, thrown.toString()));
    }
  }

  private void append(ByteBuffer bytes, long total) {
    if (!endQueued) {
      outgoing.add(bytes);
      aboveHighWater |= total > HIGH_WATER_BYTES;
      send();
    }
  }

  /** Sees to it that the next chunk, or the end, is on its way if there is one. */
  private void send() {
    if (!sending && (!outgoing.isEmpty() || endQueued)) {
      sending = true;
      loop.schedule(network.delayNanos(), this::arrive);
    }
  }

  private void arrive() {
    sending = false;
    if (silent || peer.silent || endSent || !peer.reading) {
      return;
    }
    ByteBuffer head = outgoing.peek();
    if (head == null) {
      endSent = true;
      peer.receiveEnd();
      finishIfBothEnded();
      return;
    }
    int length = network.chunk(head.remaining());
    if (sentBytes + length > network.cutAfterBytes()) {
      reset(CloseReason.of(Cause.RESET));
      return;
    }
    peer.receive(head.slice(head.position(), length));
    head.position(head.position() + length);
    if (!head.hasRemaining()) {
      outgoing.remove();
    }
    sent(length);
  }

  private void sent(int length) {
    sentBytes += length;
    long left = unsent.addAndGet(-length);
    if (aboveHighWater && left <= LOW_WATER_BYTES) {
      aboveHighWater = false;
      if (reason.get() == null) {
        call(listener::onWritable);
      }
    }
    send();
  }

  private void receive(ByteBuffer bytes) {
    if (reason.get() == null) {
      call(() -> listener.onBytes(bytes));
    }
  }

  private void receiveEnd() {
    endReceived = true;
    if (reason.compareAndSet(null, CloseReason.of(Cause.REMOTE))) {
      finish(false);
    } else {
      finishIfBothEnded();
    }
  }

  private void beginLingering() {
    reading = true;
    endQueued = true;
    lingerTimer = loop.schedule(LINGER_MILLIS * 1_000_000L, () -> finish(true));
    send();
    peer.send();
  }

  private void finishIfBothEnded() {
    if (endSent && endReceived) {
      finish(false);
    }
  }

  /** The end of this side; the other hears of it, unless it has heard the end of the stream. */
  private void finish(boolean inBadOrder) {
    if (silent) {
      return;
    }
    if (lingerTimer != null) {
      loop.cancel(lingerTimer);
    }
    CloseReason why = reason.get();
    call(() -> listener.onClosed(why));
    silent = true;
    outgoing.clear();
    network.numbers().ended(new InMemoryNumbers.Side(local, remote));
    transport.remove(this);
    if (!endSent) {
      endSent = true;
      loop.execute(inBadOrder ? () -> peer.brokenOff() : () -> peer.receiveEnd());
    }
  }

  private void brokenOff() {
    reason.compareAndSet(null, CloseReason.of(Cause.RESET));
    finish(true);
  }
}
