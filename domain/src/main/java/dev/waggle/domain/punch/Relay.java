package dev.waggle.domain.punch;

import dev.waggle.domain.chance.Draws;
import dev.waggle.domain.rates.Rate;
import dev.waggle.domain.rates.Tokens;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.node.LinkId;
import dev.waggle.ports.wire.WireMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a node does for peers that have dialled it and cannot be dialled: it tells them of each
 * other, and passes on what they say to each other (PROTOCOL §9.10).
 */
final class Relay {
  /** Who has asked would still meet others for so long. */
  static final Duration WILLING_FOR = Duration.ofMinutes(10);

  /** Questions of a link that are answered: each costs a look at all links. */
  static final Rate QUESTIONS = Rate.every(Duration.ofSeconds(30), 4);

  /** What one link may have passed on: two calls at once are enough. */
  static final Rate SENT = Rate.every(Duration.ofSeconds(5), 8);

  /** What one link may be sent: 4 KiB a second, whoever wants to call it. */
  static final Rate RECEIVED = Rate.every(Duration.ofSeconds(2), 16);

  /** What is passed on in all: 160 KiB a second. */
  static final Rate IN_ALL = Rate.perSecond(20, 64);

  /** A link whose peer has dialled. */
  private static final class Asker {
    private final LinkId link;
    private final PeerId peer;
    private final Tokens questions;
    private final Tokens sent;
    private final Tokens received;
    private boolean hasAsked;
    private long askedNanos;

    Asker(LinkId link, PeerId peer) {
      this.link = link;
      this.peer = peer;
      this.questions = new Tokens(QUESTIONS);
      this.sent = new Tokens(SENT);
      this.received = new Tokens(RECEIVED);
    }

    boolean isWilling(long nowNanos) {
      return hasAsked && nowNanos - askedNanos < WILLING_FOR.toNanos();
    }
  }

  private final PunchPeers peers;
  private final Draws draws;
  private final Tokens inAll = new Tokens(IN_ALL);
  private final Map<LinkId, Asker> askers = new LinkedHashMap<>();
  private long relayed;

  Relay(PunchPeers peers, Draws draws) {
    this.peers = peers;
    this.draws = draws;
  }

  /** A peer has dialled. */
  void linked(LinkId link, PeerId peer) {
    askers.put(link, new Asker(link, peer));
  }

  void unlinked(LinkId link) {
    askers.remove(link);
  }

  /** How many messages were passed on. */
  long relayed() {
    return relayed;
  }

  /** A peer would meet others: it is told of some. */
  void asked(LinkId link, long nowNanos) {
    Asker asker = askers.get(link);
    if (asker == null) {
      return;
    }
    asker.hasAsked = true;
    asker.askedNanos = nowNanos;
    if (asker.questions.take(nowNanos)) {
      var _ = peers.send(link, new WireMessage.Meet(some(asker.peer, nowNanos)));
    }
  }

  private List<PeerId> some(PeerId asking, long nowNanos) {
    Set<PeerId> willing = new LinkedHashSet<>(); // A peer may have more than one link.
    for (Asker each : askers.values()) {
      if (each.isWilling(nowNanos)) {
        willing.add(each.peer);
      }
    }
    willing.remove(asking);
    List<PeerId> drawn = new ArrayList<>(willing);
    draws.shuffle(drawn);
    return drawn.subList(0, Math.min(drawn.size(), WireMessage.MAX_INTRODUCED));
  }

  /** A peer has something for another one; what may not be passed on is dropped in silence. */
  void pass(LinkId link, PeerId to, Bytes body, long nowNanos) {
    Asker from = askers.get(link);
    if (from == null || !from.isWilling(nowNanos) || from.peer.equals(to)) {
      return;
    }
    Asker receiver = willing(to, nowNanos);
    // Whoever sends too much uses up nobody else's: its own bucket is asked first.
    if (receiver != null
        && from.sent.take(nowNanos)
        && receiver.received.take(nowNanos)
        && inAll.take(nowNanos)
        && peers.send(receiver.link, new WireMessage.Relayed(from.peer, body))) {
      relayed++;
    }
  }

  /** The newest willing link of a peer, or null. */
  private @Nullable Asker willing(PeerId peer, long nowNanos) {
    Asker newest = null;
    for (Asker each : askers.values()) {
      if (each.peer.equals(peer) && each.isWilling(nowNanos)) {
        newest = each;
      }
    }
    return newest;
  }
}
