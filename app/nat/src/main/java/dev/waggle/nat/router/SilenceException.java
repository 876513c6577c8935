package dev.waggle.nat.router;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** No answer has come; the message says so in lower-case words that follow on who was asked. */
public final class SilenceException extends IOException {
  private static final long serialVersionUID = 1;

  public SilenceException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** The same as a value. */
  public Outcome.Silent outcome() {
    return new Outcome.Silent(String.valueOf(getMessage()));
  }
}
