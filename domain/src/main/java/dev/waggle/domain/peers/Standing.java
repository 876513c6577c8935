package dev.waggle.domain.peers;

import dev.waggle.domain.neighbour.Offence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * How one peer has behaved lately: points for offences, less a credit for usefulness; both fade
 * (PROTOCOL §8.3).
 *
 * <p>The credit shifts the bound by one invalid message at most, and is not used up: so it changes
 * how many mistakes in a row are forgiven, but not how many in the long run.
 */
final class Standing {
  /** One point fades in this time: a whole ban's worth in 1000 s. */
  static final Duration POINT_FADES_IN = Duration.ofSeconds(10);

  /** As much as one invalid message costs. */
  static final int MAX_CREDIT = 25;

  /** However much a peer brings first: a cheap message buys no more than a rare one. */
  static final Duration CREDIT_AFTER = Duration.ofMinutes(1);

  static final Duration CREDIT_FADES_IN = Duration.ofMinutes(10);

  private final Map<Offence, Integer> offences = new EnumMap<>(Offence.class);
  private int points;
  private long offendedNanos;
  private int credit;
  private long creditedNanos;

  void offend(Offence offence, long nowNanos) {
    points = points(nowNanos);
    if (points == 0) {
      offences.clear();
    }
    points += offence.points();
    offences.merge(offence, 1, Integer::sum);
    offendedNanos = nowNanos;
  }

  /** The peer was the first to bring something. */
  void useful(long nowNanos) {
    if (credit == 0 || nowNanos - creditedNanos >= CREDIT_AFTER.toNanos()) {
      credit = Math.min(MAX_CREDIT, credit(nowNanos) + 1);
      creditedNanos = nowNanos;
    }
  }

  /** Credit less points: from {@link #MAX_CREDIT} down. */
  int score(long nowNanos) {
    return credit(nowNanos) - points(nowNanos);
  }

  private int points(long nowNanos) {
    return faded(points, offendedNanos, POINT_FADES_IN, nowNanos);
  }

  private int credit(long nowNanos) {
    return faded(credit, creditedNanos, CREDIT_FADES_IN, nowNanos);
  }

  private static int faded(int amount, long sinceNanos, Duration oneIn, long nowNanos) {
    return amount == 0 ? 0 : (int) Math.max(0, amount - (nowNanos - sinceNanos) / oneIn.toNanos());
  }

  /** Whether the peer has nothing to be held against it. */
  boolean isClean(long nowNanos) {
    return points(nowNanos) == 0;
  }

  /** What the peer has done since it last had no points, for an operator. */
  String deeds() {
    List<String> deeds = new ArrayList<>();
    offences.forEach((offence, times) -> deeds.add(times + " x " + offence.words()));
    return String.join(", ", deeds);
  }
}
