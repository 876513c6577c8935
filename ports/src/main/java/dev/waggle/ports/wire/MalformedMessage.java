package dev.waggle.ports.wire;

/** Bytes that are no message. A peer sent them, so this is checked, and carries no stack trace. */
public final class MalformedMessage extends Exception {
  private static final long serialVersionUID = 1L;

  public MalformedMessage(String message) {
    super(message, null, false, false);
  }
}
