package dev.waggle.domain.peers;

import dev.waggle.domain.neighbour.Offence;
import dev.waggle.ports.PeerId;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * How peers have behaved lately: points for offences, which fade, and bans (PROTOCOL §8.3).
 *
 * <p>Kept by PeerId across links, so that a new connection does not wipe the slate. An identity
 * costs an attacker nothing, so this rids us of broken peers; floods are the business of admission.
 */
final class Conduct {
  /** At so many points a peer is banned: four invalid messages in quick succession. */
  static final int BAN_POINTS = 100;

  /** One point fades in this time: a whole ban's worth in 1000 s. */
  static final Duration FADES_IN = Duration.ofSeconds(10);

  /** With so many points a peer goes before others if there is too little room. */
  static final int DISCOURAGED_POINTS = BAN_POINTS / 2;

  /** How long a banned peer is neither dialled nor let in. */
  static final Duration BAN = Duration.ofMinutes(10);

  /** Peers remembered; the one that offended first is forgotten first. 100 KiB. */
  static final int MAX_REMEMBERED = 1024;

  private record Standing(int points, long sinceNanos, boolean banned) {}

  private final Map<PeerId, Standing> standings = new LinkedHashMap<>();

  /**
   * Records an offence.
   *
   * @return whether the peer is banned now
   */
  boolean offend(PeerId peer, Offence offence, long nowNanos) {
    if (isBanned(peer, nowNanos)) {
      return true;
    }
    int points = points(peer, nowNanos) + offence.points();
    boolean banned = points >= BAN_POINTS;
    standings.remove(peer);
    if (standings.size() >= MAX_REMEMBERED) {
      standings.remove(standings.keySet().iterator().next());
    }
    standings.put(peer, new Standing(points, nowNanos, banned));
    return banned;
  }

  boolean isBanned(PeerId peer, long nowNanos) {
    Standing standing = standings.get(peer);
    return standing != null && standing.banned && nowNanos - standing.sinceNanos < BAN.toNanos();
  }

  /** Whether a peer has behaved so badly lately that others are rather kept (PROTOCOL §9.1). */
  boolean isDiscouraged(PeerId peer, long nowNanos) {
    return points(peer, nowNanos) >= DISCOURAGED_POINTS;
  }

  /** When the ban of a peer that {@link #isBanned} ends. */
  long banEndsNanos(PeerId peer) {
    Standing standing = Objects.requireNonNull(standings.get(peer), "not banned");
    return standing.sinceNanos + BAN.toNanos();
  }

  /** The points that have not faded yet; none once a ban is over. */
  int points(PeerId peer, long nowNanos) {
    Standing standing = standings.get(peer);
    if (standing == null || (standing.banned && !isBanned(peer, nowNanos))) {
      return 0;
    }
    long faded = (nowNanos - standing.sinceNanos) / FADES_IN.toNanos();
    return (int) Math.max(0, standing.points - faded);
  }
}
