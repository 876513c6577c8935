package dev.waggle.ports.transport;

import dev.waggle.ports.Endpoint;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

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
   * CloseReason.Cause#REFUSED}, {@code TIMED_OUT}, {@code CANCELLED}, {@code UNREACHABLE}, or
   * {@code FAILED} if this machine has no socket to give; never inside of this call. Where its
   * owner has decided from which address to dial ({@link TransportSettings#source}), a transport
   * that has sockets of the system does so.
   *
   * @param remote an IP literal and a port. No names are looked up: a host that is no literal, or
   *     one with a zone that this machine does not have, is {@code UNREACHABLE}
   * @param timeout for the connection to stand; more than zero
   */
  Dial dial(Endpoint remote, Duration timeout, ConnectionListener listener);

  /**
   * Connects to {@code remote} as {@link #dial} does, but from the port at which this transport
   * listens: so a router between shows the others the same endpoint for all of these connections,
   * and they can dial it.
   *
   * <p>Two ends that dial each other in this way have one connection between them. If both do so at
   * the same moment it is what each of them has dialled (simultaneous open, RFC 9293 §3.5); else
   * one end's acceptor is asked about it, and the dial of that end fails, maybe before.
   *
   * <p>For there can be one connection only of the same four numbers. While it stands, and where
   * the system wants so for a minute after it has ended, another dial fails at once ({@link
   * CloseReason.Cause#FAILED}); one from any port may succeed.
   *
   * <p>Where this transport does not listen at that port so that {@code remote} could be dialled
   * from there (it listens at another family's address, or at a loopback one, or not at the {@link
   * TransportSettings#source}), or the system cannot share the port, it dials from any port, as
   * this method does where it is not overridden; {@link Connection#local} says which one it was.
   *
   * @param localPort the port of an endpoint that {@link #listen} has returned; of several the
   *     first one counts from which {@code remote} can be dialled
   * @throws IllegalArgumentException if the transport does not listen at this port
   */
  default Dial dialFrom(
      int localPort, Endpoint remote, Duration timeout, ConnectionListener listener) {
    return dial(remote, timeout, listener);
  }

  /**
   * Completes with what has ended this transport for good, the first such thing: an {@link Error}
   * that came out of a callback, an acceptor, a task or the transport's own code, or whatever ended
   * one of its threads. Never completes otherwise. Nothing is promised from then on, except that it
   * can be closed, and that is what its owner should do: half a transport is worse than none.
   *
   * <p>What waits for it runs on any thread, the transport's own too: it must not block, and must
   * leave the call of {@link #close} to another thread.
   */
  CompletionStage<Throwable> failure();

  /**
   * Closes listeners and connections ({@link CloseReason.Cause#SHUTDOWN}), waits until every {@code
   * onClosed} has been called and the threads and ports are released, for at most 5 s from the
   * first call on. Idempotent. Must not be called from a callback.
   */
  @Override
  void close();

  /** An attempt to connect. */
  interface Dial {
    /** Gives the attempt up; without effect once the connection is open or the attempt failed. */
    void cancel();
  }
}
