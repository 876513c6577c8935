package dev.waggle.ports.transport;

import dev.waggle.ports.Endpoint;
import java.time.Duration;

/**
 * Opens reliable, ordered byte streams to and from other endpoints.
 *
 * <p>All methods are safe from any thread. None of them blocks for the network, except that {@link
 * #listen} binds and {@link #close} waits for the adapter's threads to end.
 */
public interface Transport extends AutoCloseable {
  /** The name under which configuration selects it, for example {@code netty}. */
  String name();

  /** The I/O facility in use and why it was chosen, one line for the operator. */
  String describe();

  /**
   * Accepts connections at {@code local} until the transport is closed. May be called more than
   * once.
   *
   * @param local port 0 lets the system choose
   * @return where it really listens
   * @throws ListenFailed if the address cannot be bound
   */
  Endpoint listen(Endpoint local, Acceptor acceptor) throws ListenFailed;

  /**
   * Connects to {@code remote}. The listener hears {@link ConnectionListener#onOpened}, or only
   * {@link ConnectionListener#onClosed} with the reason why it could not be: {@link
   * CloseReason.Cause#REFUSED}, {@code TIMED_OUT}, {@code CANCELLED}, {@code UNREACHABLE}.
   *
   * @param timeout for the connection to stand, name resolution included; more than zero
   */
  Dial dial(Endpoint remote, Duration timeout, ConnectionListener listener);

  /**
   * Closes listeners and connections ({@link CloseReason.Cause#SHUTDOWN}), waits until every {@code
   * onClosed} has been called and the threads and ports are released, for at most 5 s. Idempotent.
   * Must not be called from a callback.
   */
  @Override
  void close();

  /** An attempt to connect. */
  interface Dial {
    /** Gives the attempt up; without effect once the connection is open or the attempt failed. */
    void cancel();
  }
}
