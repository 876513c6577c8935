package dev.waggle.domain.gossip;

import dev.waggle.domain.chance.Draws;
import dev.waggle.domain.neighbour.Neighbour;
import dev.waggle.domain.relay.CompactRelay;
import dev.waggle.domain.time.Alarm;
import dev.waggle.domain.time.Tick;
import dev.waggle.ports.gossip.Delivery;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.WireMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Sends accepted messages on (PROTOCOL §8.2): pushes them to some peers, which pass them on in
 * turn, and announces them to the rest, who ask for what has not reached them by then.
 *
 * <p>Small messages come in masses. What is announced of them is gathered for a while, so that many
 * ids go in one message: among many peers that costs a fraction of what pushing to all would.
 */
final class Spreader {
  private final GossipSettings settings;
  private final List<Neighbour> neighbours;
  private final Notices notices;
  private final Draws draws;
  // One full Announce, which is all that a peer takes on our word at once. When a whole chain was
  // accepted these are the last blocks of it, from which the peer walks back.
  private final Batches announcements = new Batches(WireMessage.MAX_IDS, WireMessage.Announce::new);
  private final Bulletin bulletin = new Bulletin();
  private final Tick announceSmall;
  private final List<Neighbour> others = new ArrayList<>();
  private final List<Neighbour> told = new ArrayList<>();
  private long pushed;
  private long dropped;

  /** Spreads among {@code neighbours} as they are at each time. */
  Spreader(GossipSettings settings, List<Neighbour> neighbours, Notices notices, Draws draws) {
    this.settings = settings;
    this.neighbours = neighbours;
    this.notices = notices;
    this.draws = draws;
    this.announceSmall = new Tick(settings.announceEvery());
  }

  /**
   * Sends or announces an accepted message to every peer that is not known to have it.
   *
   * @param from who sent it, or null if it was published here
   * @param holders who else has it
   * @param old whether most peers are likely to have it: then it is announced only
   * @param relayed whether peers that take blocks without their items hear of it elsewhere
   */
  void forward(
      Delivery delivery,
      @Nullable Neighbour from,
      Set<Neighbour> holders,
      boolean old,
      boolean relayed,
      long nowNanos) {
    findOthers(from, holders, relayed);
    GossipMessage message = delivery.message();
    boolean small = message.payload().length() <= settings.pushMaxBytes();
    // Large transactions come in masses too: one copy of each is enough for a peer.
    boolean masses = small || message.kind() == GossipMessage.Kind.TRANSACTION;
    if (masses && !old) {
      int pushes = small ? Math.max(settings.pushPeers(), squareRoot(false)) : 0;
      forwardMany(delivery, from, holders, pushes, nowNanos);
    } else {
      int pushes = old ? 0 : squareRoot(relayed);
      pushToSome(delivery, pushes, nowNanos);
      others.forEach(peer -> announcements.add(peer, delivery.id()));
    }
    others.clear();
  }

  private void forwardMany(
      Delivery delivery,
      @Nullable Neighbour from,
      Set<Neighbour> holders,
      int pushes,
      long nowNanos) {
    List<Neighbour> told = pushToSome(delivery, pushes, nowNanos);
    if (others.isEmpty()) {
      return;
    }
    bulletin.add(delivery.id());
    told.forEach(bulletin::exceptLast);
    if (from != null) {
      bulletin.exceptLast(from);
    }
    for (Neighbour holder : holders) {
      if (!holder.equals(from)) {
        bulletin.exceptLast(holder);
      }
    }
    if (bulletin.isFull()) {
      bulletin.announce(neighbours, nowNanos);
    }
  }

  private int squareRoot(boolean relayed) {
    int count = neighbours.size();
    for (int i = 0; relayed && i < neighbours.size(); i++) {
      count -= CompactRelay.speaksWith(neighbours.get(i)) ? 1 : 0;
    }
    return (int) Math.ceil(Math.sqrt(count));
  }

  private void findOthers(@Nullable Neighbour from, Set<Neighbour> holders, boolean relayed) {
    for (int i = 0; i < neighbours.size(); i++) {
      Neighbour peer = neighbours.get(i);
      boolean elsewhere = relayed && CompactRelay.speaksWith(peer);
      if (!peer.equals(from) && !holders.contains(peer) && !elsewhere) {
        others.add(peer);
      }
    }
  }

  /**
   * Sends to so many of the others, drawn at random, and takes these out of them; those who are
   * getting it already, or whose queue has no room, stay.
   *
   * @return to whom; valid until the next call
   */
  private List<Neighbour> pushToSome(Delivery delivery, int pushes, long nowNanos) {
    told.clear();
    WireMessage message = new WireMessage.Gossip(delivery.message());
    int passed = 0;
    while (told.size() < pushes && passed < others.size()) {
      int drawn = passed + draws.choice(others.size() - passed);
      Neighbour peer = others.get(drawn);
      boolean unwanted = notices.isUnwanted(peer, delivery.id());
      if (!unwanted && push(peer, delivery, message, nowNanos)) {
        told.add(peer);
        others.set(drawn, others.getLast());
        others.removeLast();
      } else {
        dropped += unwanted ? 0 : 1;
        others.set(drawn, others.get(passed));
        others.set(passed++, peer);
      }
    }
    pushed += told.size();
    return told;
  }

  private static boolean push(
      Neighbour peer, Delivery delivery, WireMessage message, long nowNanos) {
    Notices.announce(peer, delivery.id(), delivery.message(), nowNanos);
    return peer.send(message, nowNanos);
  }

  /** Sends what was gathered, as far as it is time for. */
  void flush(Alarm alarm, long nowNanos) {
    announcements.flush(nowNanos);
    if (!bulletin.isEmpty()) {
      announceSmall.wind(alarm, nowNanos);
    }
  }

  void timePassed(long nowNanos) {
    if (announceSmall.strikes(nowNanos) && !bulletin.isEmpty()) {
      bulletin.announce(neighbours, nowNanos);
    }
  }

  /** Messages sent without having been asked for. */
  long pushed() {
    return pushed;
  }

  /** Messages for which a queue had no room. */
  long dropped() {
    return dropped;
  }

  /** Ids announced. */
  long announced() {
    return announcements.sent() + bulletin.sent();
  }
}
