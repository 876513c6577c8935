package dev.waggle.operator.metrics;

/** The node has not said how it is; the message says why, for an operator. */
final class NoAnswer extends Exception {
  private static final long serialVersionUID = 1;

  NoAnswer(String message) {
    super(message);
  }
}
