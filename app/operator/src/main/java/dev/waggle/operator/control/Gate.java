package dev.waggle.operator.control;

import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** Who may ask. */
@FunctionalInterface
interface Gate {
  /** Everybody who can open the socket's file: its mode says who. */
  Gate FILE_MODE = _ -> null;

  /** Why a request goes no further, or null. */
  @Nullable Refusal refusal(Request request);

  /**
   * An answer that says no more than this.
   *
   * @param status of HTTP
   * @param line for whoever asks
   */
  record Refusal(int status, String line) {}
}
