package dev.waggle.domain.peers;

import dev.waggle.domain.chance.Draws;
import dev.waggle.domain.time.Alarm;
import dev.waggle.ports.node.Links;
import dev.waggle.ports.wire.WireMessage;
import java.time.Duration;

/** Whether the peers at the other end of links still hear and are heard (PROTOCOL §9.2). */
final class Liveness {
  /** However impatient the settings are, links that move are not looked at more often. */
  private static final Duration MIN_PACE_CHECK = Duration.ofSeconds(1);

  /** What is found out about a link. */
  enum Verdict {
    LIVES,
    /** The peer gives no sign of life. */
    SILENT,
    /** The peer takes nothing, whatever it sends and whatever it is pinged meanwhile. */
    SLOW
  }

  private final PeerSettings settings;
  private final Links links;
  private final Draws draws;
  private final Alarm alarm;

  Liveness(PeerSettings settings, Links links, Draws draws, Alarm alarm) {
    this.settings = settings;
    this.links = links;
    this.draws = draws;
    this.alarm = alarm;
  }

  /** Looks at a link in use, pings if that is due, and asks for the next alarm. */
  Verdict check(PeerLink link, long nowNanos) {
    if (isSilent(link, nowNanos)) {
      return Verdict.SILENT;
    }
    return isSlow(link, nowNanos) ? Verdict.SLOW : Verdict.LIVES;
  }

  private boolean isSilent(PeerLink link, long nowNanos) {
    Heartbeat heartbeat = link.heartbeat();
    if (nowNanos - heartbeat.deadlineNanos() >= 0) {
      long heardNanos = links.lastHeardNanos(link.id());
      if (heardNanos == Long.MIN_VALUE) {
        return false; // Gone already; the event that says so is on its way.
      }
      switch (heartbeat.check(settings, heardNanos, nowNanos)) {
        case NOTHING -> {}
        case PING -> ping(link, nowNanos);
        case CLOSE -> {
          return true;
        }
      }
    }
    alarm.by(heartbeat.deadlineNanos());
    return false;
  }

  private void ping(PeerLink link, long nowNanos) {
    long nonce = draws.nextLong();
    if (links.send(link.id(), new WireMessage.Ping(nonce))) {
      link.heartbeat().pinged(nonce, nowNanos);
    } else {
      link.heartbeat().pingLater(nowNanos);
    }
  }

  /** One that takes something is looked at again before it can have been too slow. */
  private boolean isSlow(PeerLink link, long nowNanos) {
    long blockedSinceNanos = links.blockedSinceNanos(link.id());
    if (blockedSinceNanos == Links.NOT_BLOCKED) {
      alarm.by(nowNanos + Math.max(settings.slowAfter().toNanos(), MIN_PACE_CHECK.toNanos()));
      return false;
    }
    long untilNanos = blockedSinceNanos + settings.slowAfter().toNanos();
    if (nowNanos - untilNanos >= 0) {
      return true;
    }
    alarm.by(untilNanos);
    return false;
  }
}
