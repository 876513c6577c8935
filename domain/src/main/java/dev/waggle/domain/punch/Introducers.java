package dev.waggle.domain.punch;

import dev.waggle.domain.chance.Draws;
import dev.waggle.domain.rates.Rate;
import dev.waggle.domain.rates.Tokens;
import dev.waggle.domain.time.Alarm;
import dev.waggle.ports.node.LinkId;
import dev.waggle.ports.wire.WireMessage;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The links to peers that this node has dialled, as far as these may tell it of others who cannot
 * be dialled, and when they are asked to (PROTOCOL §9.10).
 */
final class Introducers {
  /** They are asked again after this time at least, and twice as much more at most. */
  static final Duration ASKS_AFTER = Duration.ofMinutes(1);

  static final Duration ASKS_WITHIN = Duration.ofMinutes(3);

  /** How soon the node notices that it has become private: little beside what that takes. */
  static final Duration LOOKS_EVERY = Duration.ofSeconds(5);

  /** Links that are asked: more than a node chooses itself. */
  static final int MAX = 16;

  /** Calls that are taken of one link: each may cost a signature, and three dials. */
  static final Rate CALLS = Rate.every(Duration.ofSeconds(30), 4);

  /** A link that may be asked. */
  static final class Introducer {
    private final LinkId link;
    private final Tokens calls = new Tokens(CALLS);
    private boolean wasAsked;
    private boolean awaited;
    private long askedNanos;

    private Introducer(LinkId link) {
      this.link = link;
    }

    LinkId link() {
      return link;
    }

    /** Calls that it may still bring. */
    Tokens calls() {
      return calls;
    }

    /** Whether it takes this node for willing. */
    boolean knowsUs(long nowNanos) {
      return wasAsked && nowNanos - askedNanos < Relay.WILLING_FOR.toNanos();
    }

    /** Whether an answer is awaited; it is not any more then. */
    boolean takeAnswer() {
      boolean was = awaited;
      awaited = false;
      return was;
    }
  }

  private final PunchPeers peers;
  private final Draws draws;
  private final Alarm alarm;
  private final Map<LinkId, Introducer> links = new LinkedHashMap<>();
  private boolean asks;
  private long nextNanos;

  Introducers(PunchPeers peers, Draws draws, Alarm alarm) {
    this.peers = peers;
    this.draws = draws;
    this.alarm = alarm;
  }

  /** This node has dialled. */
  void linked(LinkId link) {
    if (links.size() < MAX) {
      links.put(link, new Introducer(link));
    }
  }

  void unlinked(LinkId link) {
    links.remove(link);
  }

  @Nullable Introducer find(LinkId link) {
    return links.get(link);
  }

  /** Asks those who are to be asked by now, and wants the next alarm. */
  void timePassed(boolean wants, long nowNanos) {
    alarm.by(nowNanos + LOOKS_EVERY.toNanos());
    if (!wants || links.isEmpty()) {
      asks = false;
      return;
    }
    boolean isDue = !asks || nowNanos - nextNanos >= 0;
    for (Introducer each : links.values()) {
      if (isDue || !each.wasAsked) {
        ask(each, nowNanos);
      }
    }
    if (isDue) {
      asks = true;
      long spreadNanos = ASKS_WITHIN.minus(ASKS_AFTER).toNanos();
      nextNanos = nowNanos + ASKS_AFTER.toNanos() + draws.below(spreadNanos);
    }
    alarm.by(nextNanos);
  }

  private void ask(Introducer whom, long nowNanos) {
    if (peers.send(whom.link, new WireMessage.Meet(List.of()))) {
      whom.wasAsked = true;
      whom.awaited = true;
      whom.askedNanos = nowNanos;
    }
  }
}
