package dev.waggle.domain.gossip;

import dev.waggle.domain.chance.Draws;
import dev.waggle.domain.neighbour.Neighbour;
import dev.waggle.domain.time.Alarm;
import dev.waggle.domain.time.Tick;
import dev.waggle.ports.gossip.Delivery;
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
  Spreader(GossipSettings settings, List<Neighbour> neighbours, Draws draws) {
    this.settings = settings;
    this.neighbours = neighbours;
    this.draws = draws;
    this.announceSmall = new Tick(settings.announceEvery());
  }

  /**
   * Sends or announces an accepted message to every peer that is not known to have it.
   *
   * @param from who sent it, or null if it was published here
   * @param holders who else has it
   * @param old whether most peers are likely to have it: then it is announced only
   */
  void forward(
      Delivery delivery,
      @Nullable Neighbour from,
      Set<Neighbour> holders,
      boolean old,
      long nowNanos) {
    findOthers(from, holders);
    boolean small = delivery.message().payload().length() <= settings.pushMaxBytes();
    if (small && !old) {
      forwardSmall(delivery, from, holders, nowNanos);
    } else {
      pushToSome(new WireMessage.Gossip(delivery.message()), old ? 0 : squareRoot(), nowNanos);
      others.forEach(peer -> announcements.add(peer, delivery.id()));
    }
    others.clear();
  }

  private void forwardSmall(
      Delivery delivery, @Nullable Neighbour from, Set<Neighbour> holders, long nowNanos) {
    int pushes = Math.max(settings.pushPeers(), squareRoot());
    List<Neighbour> told = pushToSome(new WireMessage.Gossip(delivery.message()), pushes, nowNanos);
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

  private int squareRoot() {
    return (int) Math.ceil(Math.sqrt(neighbours.size()));
  }

  private void findOthers(@Nullable Neighbour from, Set<Neighbour> holders) {
    for (int i = 0; i < neighbours.size(); i++) {
      Neighbour peer = neighbours.get(i);
      if (!peer.equals(from) && !holders.contains(peer)) {
        others.add(peer);
      }
    }
  }

  /**
   * Sends to so many of the others, drawn at random, and takes these out of them; those whose queue
   * has no room stay.
   *
   * @return to whom; valid until the next call
   */
  private List<Neighbour> pushToSome(WireMessage message, int pushes, long nowNanos) {
    told.clear();
    int full = 0;
    while (told.size() < pushes && full < others.size()) {
      int drawn = full + draws.choice(others.size() - full);
      Neighbour peer = others.get(drawn);
      if (peer.send(message, nowNanos)) {
        told.add(peer);
        others.set(drawn, others.getLast());
        others.removeLast();
      } else {
        dropped++;
        others.set(drawn, others.get(full));
        others.set(full++, peer);
      }
    }
    pushed += told.size();
    return told;
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
