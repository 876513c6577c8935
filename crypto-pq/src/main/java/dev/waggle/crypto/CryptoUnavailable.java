package dev.waggle.crypto;

/**
 * The chosen provider is not there: the environment is at fault, and the message says what to do.
 */
public final class CryptoUnavailable extends Exception {
  private static final long serialVersionUID = 1L;

  CryptoUnavailable(String message, Throwable cause) {
    super(message, cause);
  }
}
