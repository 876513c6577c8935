package dev.waggle.nat.router;

import dev.waggle.ports.IpEndpoint;
import java.time.Duration;

/** What comes of asking a router for a mapping. */
public sealed interface Outcome {
  /**
   * It says that it maps.
   *
   * @param lifetime from now, {@link Grants#MIN_LIFETIME} to {@link Grants#MAX_LIFETIME}
   */
  record Granted(IpEndpoint external, Duration lifetime) implements Outcome {}

  /**
   * It answers, and does not map.
   *
   * @param why lower-case words that follow on the router's address
   * @param retryAfter when it wants to be asked again; zero if it does not say
   */
  record Refused(String why, Duration retryAfter) implements Outcome {
    public Refused(String why) {
      this(why, Duration.ZERO);
    }
  }

  /**
   * It does not answer, so that what it granted before may still hold.
   *
   * @param why lower-case words that follow on the router's address
   */
  record Silent(String why) implements Outcome {}
}
