package dev.waggle.netty;

import dev.waggle.ports.transport.CloseReason;
import dev.waggle.ports.transport.CloseReason.Cause;
import io.netty.channel.ChannelException;
import java.io.IOException;
import java.net.SocketException;
import java.util.Locale;
import java.util.regex.Pattern;

/** What the exceptions of sockets mean in the words of the port. */
final class CloseReasons {
  private static final Pattern DECORATION =
      Pattern.compile("^.* failed with error\\(-?\\d+\\): ?|: [^ :]*/[^ ]+$");

  /** The transport was given a name, or a zone that this machine does not have. */
  static final CloseReason NO_LITERAL =
      new CloseReason(Cause.UNREACHABLE, "the host is no ip literal");

  private CloseReasons() {}

  /** Why an established stream broke: whatever a socket throws then is the peer or the network. */
  static CloseReason ofStream(Throwable failure) {
    return new CloseReason(
        failure instanceof IOException ? Cause.RESET : Cause.FAILED, detail(failure));
  }

  /**
   * Why a connection could not be made.
   *
   * <p>The exception types are not enough: Netty's native transports throw a {@code
   * ConnectException} for nearly every error number, so the system's words must tell.
   */
  static CloseReason ofConnect(Throwable failure) {
    if (failure instanceof ChannelException) {
      // There is no socket to connect: the system has no file descriptor left.
      return new CloseReason(Cause.FAILED, detail(root(failure)));
    }
    String detail = detail(failure);
    Cause cause = Cause.FAILED;
    if (detail.contains("refused") || detail.contains("reset")) {
      // Reset is who stops listening while we are in its queue.
      cause = Cause.REFUSED;
    } else if (detail.contains("timed out")) {
      cause = Cause.TIMED_OUT;
    } else if (failure instanceof SocketException || detail.contains("cannot assign")) {
      // The latter of a bind to an address that this machine does not have.
      cause = Cause.UNREACHABLE;
    }
    return new CloseReason(cause, detail);
  }

  /**
   * Why a connection could not be made from a port that others share. The system has no address to
   * give if there is a connection of the same four numbers.
   */
  static CloseReason ofConnectFromOwnPort(Throwable failure) {
    String detail = detail(failure);
    return detail.contains("cannot assign") || detail.contains("in use")
        ? new CloseReason(
            Cause.FAILED, "the port to dial from is in use for this address: " + detail)
        : ofConnect(failure);
  }

  private static Throwable root(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  /** A callback or a task threw. */
  static CloseReason ofCallback(Throwable thrown) {
    return new CloseReason(Cause.FAILED, thrown.toString());
  }

  /** What the system said, without the names of calls and addresses that Netty puts around it. */
  static String detail(Throwable failure) {
    String message = failure.getMessage();
    return message == null
        ? failure.getClass().getSimpleName()
        : DECORATION.matcher(message).replaceAll("").toLowerCase(Locale.ROOT);
  }
}
