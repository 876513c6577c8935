package dev.waggle.ports.transport;

import dev.waggle.ports.Endpoint;
import java.nio.ByteBuffer;

/**
 * One open byte stream in both directions. All methods are safe from any thread.
 *
 * <p>There is no half-open state: when the peer ends its direction, what it sent before is
 * delivered and the connection closes with {@link CloseReason.Cause#REMOTE}. Where that has to wait
 * because nothing is read at the moment, an adapter may hold 1 MiB of it, and close with {@link
 * CloseReason.Cause#FAILED} if there is more.
 */
public interface Connection {
  /**
   * Unsent bytes above which {@link #write} answers false: what one turn of an I/O thread seals and
   * sends, which should still lie in its processor's second-level cache when it is sent. Twice as
   * much was slower, on each transport ({@code LinksInTurnBenchmark}).
   */
  int HIGH_WATER_BYTES = 128 * 1024;

  /** Unsent bytes at or below which {@link ConnectionListener#onWritable} follows. */
  int LOW_WATER_BYTES = 64 * 1024;

  /**
   * Unsent bytes beyond which a connection is closed with {@link CloseReason.Cause#OVERFLOW}: room
   * for a caller to finish the message that it is at after {@code false}, of at most 8 MiB
   * (PROTOCOL §7.1), none for ignoring it.
   */
  int MAX_UNSENT_BYTES = 16 * 1024 * 1024;

  /** How long {@link #close} keeps trying to send what was written before it, in milliseconds. */
  int LINGER_MILLIS = 1_000;

  /** The peer's address, an IP literal and a port. */
  Endpoint remote();

  /** This side's address, which is what the peer knows as its {@link #remote}. */
  Endpoint local();

  /**
   * Queues all remaining bytes for sending, in the order of the calls of one thread. Never blocks.
   *
   * @param bytes borrowed: copied before the call returns, position moved to the limit
   * @return false if more than {@link #HIGH_WATER_BYTES} are now unsent, or the connection is
   *     closed; after the former {@link ConnectionListener#onWritable} follows
   */
  boolean write(ByteBuffer bytes);

  /**
   * Stops or resumes reading from the socket, so that TCP slows the peer down. Reading is on at
   * first. At most one read's bytes may still arrive after {@code reading(false)} when called on
   * the connection's I/O thread.
   */
  void reading(boolean enabled);

  /**
   * Runs {@code task} on the thread that serves this connection, serially with its callbacks, and
   * never inside the calling frame. Tasks of one thread run in order. A task handed over after
   * {@code onClosed} is dropped; one that throws does what a callback that throws does.
   */
  void execute(Runnable task);

  /**
   * Closes the stream. Nothing more is read; bytes written before are sent while the peer takes
   * them, for at most {@link #LINGER_MILLIS}. Idempotent: the first reason counts.
   */
  void close(CloseReason why);
}
