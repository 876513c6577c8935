package dev.waggle.ports.transport;

import org.jspecify.annotations.Nullable;

/**
 * A transport that cannot be had as its options want it: this machine lacks what was asked for, or
 * the value is none. The message is one line for the operator.
 */
public final class TransportUnavailable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String option;
  private final String value;
  private final String reason;

  /**
   * @param option its name in {@link TransportSettings#options}
   * @param value what was asked for
   * @param reason why it cannot be had, in words that follow a colon
   * @param cause null if there is none that tells more
   */
  public TransportUnavailable(
      String option, String value, String reason, @Nullable Throwable cause) {
    super(option + " = '" + value + "': " + reason, cause);
    this.option = option;
    this.value = value;
    this.reason = reason;
  }

  public String option() {
    return option;
  }

  public String value() {
    return value;
  }

  public String reason() {
    return reason;
  }
}
