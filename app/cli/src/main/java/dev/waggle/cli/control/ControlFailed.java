package dev.waggle.cli.control;

/** A node could not be asked, or has not done what it was asked for. One line says why. */
public final class ControlFailed extends Exception {
  private static final long serialVersionUID = 1L;

  /** What the matter is, as scripts tell it. */
  public enum Kind {
    /** Nobody listens there. */
    NO_NODE,
    /** A node may listen there, but not to us. */
    DENIED,
    /** What it was asked for is not well asked. */
    MISTAKE,
    /** It has answered with an error, or not in time, or not like a node. */
    ERROR
  }

  private final Kind kind;

  ControlFailed(Kind kind, String message) {
    super(message, null, false, false);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
