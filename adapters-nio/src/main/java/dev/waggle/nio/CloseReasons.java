package dev.waggle.nio;

import dev.waggle.ports.transport.CloseReason;
import dev.waggle.ports.transport.CloseReason.Cause;
import java.io.IOException;
import java.net.BindException;
import java.net.SocketException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.channels.UnsupportedAddressTypeException;
import java.util.Locale;

/** What the exceptions of channels mean in the words of the port. */
final class CloseReasons {
  /** The transport was given a name, or a zone that this machine does not have. */
  static final CloseReason NO_LITERAL =
      new CloseReason(Cause.UNREACHABLE, "the host is no ip literal");

  private CloseReasons() {}

  /**
   * Why an established stream broke. Whatever a socket throws then is the peer or the network; only
   * a channel that is closed under our hands is a fault of ours.
   */
  static CloseReason ofStream(Throwable failure) {
    boolean reset = failure instanceof IOException && !(failure instanceof ClosedChannelException);
    return new CloseReason(reset ? Cause.RESET : Cause.FAILED, detail(failure));
  }

  /**
   * Why a connection could not be made. The JDK throws one type for several errors of the system,
   * so the system's words must tell.
   */
  static CloseReason ofConnect(Exception failure) {
    String detail = detail(failure);
    Cause cause =
        switch (failure) {
          // Reset is who stops listening while we are in its queue.
          case SocketException _ when detail.contains("refused") || detail.contains("reset") ->
              Cause.REFUSED;
          case SocketException _ when detail.contains("timed out") -> Cause.TIMED_OUT;
          case SocketException _ -> Cause.UNREACHABLE;
          case UnresolvedAddressException _ -> Cause.UNREACHABLE;
          case UnsupportedAddressTypeException _ -> Cause.UNREACHABLE;
          default -> Cause.FAILED;
        };
    return new CloseReason(cause, detail);
  }

  /** Why a socket that is to connect could not be bound to the address to dial from. */
  static CloseReason ofBind(Exception failure) {
    String detail = detail(failure);
    return detail.contains("in use")
        ? new CloseReason(Cause.FAILED, "the port to dial from is not shared: " + detail)
        : ofConnect(failure);
  }

  /**
   * Why a connection could not be made from a port that others share: the system has no address to
   * give if there is a connection of the same four numbers.
   */
  static CloseReason ofConnectFromOwnPort(Exception failure) {
    return failure instanceof BindException
        ? new CloseReason(
            Cause.FAILED, "the port to dial from is in use for this address: " + detail(failure))
        : ofConnect(failure);
  }

  /** There is no socket to connect: the system has no file descriptor left. */
  static CloseReason ofNoSocket(IOException failure) {
    return new CloseReason(Cause.FAILED, detail(failure));
  }

  /** A callback or a task threw. */
  static CloseReason ofFailure(Throwable thrown) {
    return new CloseReason(Cause.FAILED, thrown.toString());
  }

  /** What the system said. */
  static String detail(Throwable failure) {
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message.toLowerCase(Locale.ROOT);
  }
}
