package dev.waggle.ports.transport;

import java.util.Locale;

/**
 * Why a connection ended.
 *
 * @param cause who or what ended it
 * @param detail lower-case words for the operator, for example {@code duplicate-link}; may be empty
 */
public record CloseReason(Cause cause, String detail) {

  /** Who or what ended a connection. */
  public enum Cause {
    /** This side called {@link Connection#close}. */
    LOCAL,
    /** The peer ended the stream in good order. */
    REMOTE,
    /** The peer, or the network, reset the connection. */
    RESET,
    /** Nobody listens where we dialled. */
    REFUSED,
    /** The dial took longer than its timeout. */
    TIMED_OUT,
    /** The dial was given up by its caller. */
    CANCELLED,
    /** The name does not resolve, or no route leads there. */
    UNREACHABLE,
    /** More was written than {@link Connection#MAX_UNSENT_BYTES}. */
    OVERFLOW,
    /** A callback threw, or the socket failed in another way. */
    FAILED,
    /** The transport was closed. */
    SHUTDOWN
  }

  public static CloseReason of(Cause cause) {
    return new CloseReason(cause, "");
  }

  public static CloseReason local(String detail) {
    return new CloseReason(Cause.LOCAL, detail);
  }

  /** {@code cause} or {@code cause: detail}, in lower case. */
  @Override
  public String toString() {
    String name = cause.name().toLowerCase(Locale.ROOT).replace('_', '-');
    return detail.isEmpty() ? name : name + ": " + detail;
  }
}
