package dev.waggle.cli.page;

import dev.waggle.node.config.ConfigProblem;
import java.io.IOException;

/** What an operator reads when a page cannot be where they want it. */
public final class Unbound {
  /**
   * The problem of an option or a setting.
   *
   * @param text its value, as it was written
   */
  public static ConfigProblem problem(String option, String text, IOException why) {
    Throwable reason = why.getCause() == null ? why : why.getCause();
    return ConfigProblem.because(
        option, text, "no page can be served there: " + reason.getMessage());
  }

  private Unbound() {}
}
