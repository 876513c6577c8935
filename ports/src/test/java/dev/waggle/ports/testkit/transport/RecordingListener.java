package dev.waggle.ports.testkit.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.ports.transport.CloseReason;
import dev.waggle.ports.transport.Connection;
import dev.waggle.ports.transport.ConnectionListener;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * A listener that remembers what it hears, lets a test wait for it, and notices whatever the port
 * forbids: callbacks that overlap or nest, that come too early, too late, or twice.
 *
 * <p>Hooks are set before the listener is handed over; they run inside the callbacks.
 */
public final class RecordingListener implements ConnectionListener {
  private final AtomicReference<Thread> inside = new AtomicReference<>();
  private final List<String> violations = new ArrayList<>();
  private final ByteArrayOutputStream collected = new ByteArrayOutputStream();

  private Consumer<Connection> whenOpened = connection -> {};
  private Consumer<ByteBuffer> whenBytes = this::collect;
  private Runnable whenWritable = () -> {};
  private Consumer<CloseReason> whenClosed = why -> {};

  // Guarded by this.
  private Connection connection;
  private CloseReason closeReason;
  private Thread callbackThread;
  private long receivedBytes;
  private int reads;
  private int writables;

  public RecordingListener whenOpened(Consumer<Connection> hook) {
    whenOpened = hook;
    return this;
  }

  /** Sees the bytes instead of {@link #received}. */
  public RecordingListener whenBytes(Consumer<ByteBuffer> hook) {
    whenBytes = hook;
    return this;
  }

  public RecordingListener whenWritable(Runnable hook) {
    whenWritable = hook;
    return this;
  }

  public RecordingListener whenClosed(Consumer<CloseReason> hook) {
    whenClosed = hook;
    return this;
  }

  // What the transport calls.

  @Override
  public void onOpened(Connection opened) {
    guarded(
        "onOpened",
        () -> {
          synchronized (this) {
            expect(connection == null, "onOpened came twice");
            connection = opened;
            notifyAll();
          }
          whenOpened.accept(opened);
        });
  }

  @Override
  public void onBytes(ByteBuffer bytes) {
    guarded(
        "onBytes",
        () -> {
          int length = bytes.remaining();
          expect(wasOpened(), "onBytes before onOpened");
          expect(length > 0, "onBytes without bytes");
          whenBytes.accept(bytes);
          synchronized (this) {
            receivedBytes += length;
            reads++;
            notifyAll();
          }
        });
  }

  @Override
  public void onWritable() {
    guarded(
        "onWritable",
        () -> {
          expect(wasOpened(), "onWritable before onOpened");
          whenWritable.run();
          synchronized (this) {
            writables++;
            notifyAll();
          }
        });
  }

  @Override
  public void onClosed(CloseReason why) {
    guarded(
        "onClosed",
        () -> {
          try {
            whenClosed.accept(why);
          } finally {
            synchronized (this) {
              closeReason = why;
              notifyAll();
            }
          }
        });
  }

  /** Runs code that must never run beside or inside a callback: callbacks, and tasks of tests. */
  void guarded(String name, Runnable code) {
    synchronized (this) {
      expect(closeReason == null, name + " after onClosed");
      callbackThread = Thread.currentThread();
    }
    Thread other = inside.compareAndExchange(null, Thread.currentThread());
    expect(other == null, name + " while a callback runs on " + other);
    try {
      code.run();
    } finally {
      inside.set(null);
    }
  }

  private synchronized void expect(boolean condition, String violation) {
    if (!condition) {
      violations.add(violation);
    }
  }

  private synchronized void collect(ByteBuffer bytes) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(copy);
    collected.writeBytes(copy);
  }

  // What tests ask.

  /** The connection, as soon as it is open. */
  public synchronized Connection connection() {
    await("open", () -> connection != null || closeReason != null);
    assertThat(connection).as("a connection, but it was closed: %s", closeReason).isNotNull();
    return connection;
  }

  /** Waits until the connection is open, or will never be. */
  public synchronized void awaitOutcome() {
    await("open or closed", () -> connection != null || closeReason != null);
  }

  /** Why the connection was closed, as soon as it is. */
  public synchronized CloseReason closed() {
    await("closed", () -> closeReason != null);
    return closeReason;
  }

  /** All that came in, as soon as it is at least {@code length} bytes. */
  public synchronized byte[] received(long length) {
    awaitBytes(length);
    return collected.toByteArray();
  }

  public synchronized void awaitBytes(long length) {
    await(length + " bytes in", () -> receivedBytes >= length || closeReason != null);
    assertThat(receivedBytes)
        .as("bytes in, closed: %s", closeReason)
        .isGreaterThanOrEqualTo(length);
  }

  public synchronized void awaitWritable() {
    await("writable", () -> writables > 0 || closeReason != null);
    assertThat(writables).as("calls of onWritable, closed: %s", closeReason).isPositive();
  }

  public synchronized boolean wasOpened() {
    return connection != null;
  }

  public synchronized boolean wasClosed() {
    return closeReason != null;
  }

  public synchronized long receivedBytes() {
    return receivedBytes;
  }

  /** How many times {@code onBytes} was called. */
  public synchronized int reads() {
    return reads;
  }

  /** The thread of the latest callback. */
  public synchronized Thread callbackThread() {
    return callbackThread;
  }

  /** Waits until all that was handed to the connection's thread before has run. */
  public void settle() throws InterruptedException {
    Handover.of(connection()).await();
  }

  public synchronized void assertWellTreated() {
    assertThat(violations).isEmpty();
  }

  private synchronized void await(String what, BooleanSupplier condition) {
    long deadlineNanos = System.nanoTime() + Harness.SAFETY.toNanos();
    while (!condition.getAsBoolean()) {
      long leftMillis = (deadlineNanos - System.nanoTime()) / 1_000_000;
      assertThat(leftMillis).as("milliseconds left to wait until %s", what).isPositive();
      try {
        wait(leftMillis);
      } catch (InterruptedException e) {
        throw new AssertionError("interrupted while waiting until " + what, e);
      }
    }
  }
}
