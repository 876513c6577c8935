package dev.waggle.domain.gossip;

import dev.waggle.domain.peers.Draws;
import dev.waggle.domain.peers.Neighbour;
import dev.waggle.ports.gossip.Delivery;
import dev.waggle.ports.wire.WireMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Forwards accepted messages: decides who is sent one, and who is told of it (PROTOCOL §8.2). */
final class Spreader {
  private final int pushMaxBytes;
  private final List<Neighbour> neighbours;
  private final Batches announcements;
  private final Draws draws;
  private long pushed;
  private long dropped;

  /**
   * Spreads among {@code neighbours} as they are at each time.
   *
   * @param announcements gathers them; the caller sends them
   */
  Spreader(
      GossipSettings settings, List<Neighbour> neighbours, Batches announcements, Draws draws) {
    this.pushMaxBytes = settings.pushMaxBytes();
    this.neighbours = neighbours;
    this.announcements = announcements;
    this.draws = draws;
  }

  /**
   * Sends or announces an accepted message to every peer that is not known to have it.
   *
   * @param from who sent it, or null if it was published here
   * @param holders who else has it
   * @param old whether most peers are likely to have it
   */
  void forward(
      Delivery delivery,
      @Nullable Neighbour from,
      Set<Neighbour> holders,
      boolean old,
      long nowNanos) {
    boolean small = delivery.message().payload().length() <= pushMaxBytes;
    if (old || !small) {
      spread(delivery, from, holders, old, nowNanos);
      return;
    }
    WireMessage push = new WireMessage.Gossip(delivery.message());
    for (int i = 0; i < neighbours.size(); i++) {
      Neighbour peer = neighbours.get(i);
      if (!peer.equals(from) && !holders.contains(peer)) {
        push(peer, push, nowNanos);
      }
    }
  }

  /**
   * Pushes to about the square root of the peers, none if the message is old, and announces to the
   * rest: that offers them the message, and tells them not to send it to us.
   */
  private void spread(
      Delivery delivery,
      @Nullable Neighbour from,
      Set<Neighbour> holders,
      boolean old,
      long nowNanos) {
    List<Neighbour> others = new ArrayList<>(neighbours);
    others.removeIf(peer -> peer.equals(from) || holders.contains(peer));
    int pushes = old ? 0 : (int) Math.ceil(Math.sqrt(neighbours.size()));
    WireMessage push = new WireMessage.Gossip(delivery.message());
    while (!others.isEmpty()) {
      int drawn = pushes > 0 ? (int) draws.below(others.size()) : others.size() - 1;
      Neighbour peer = others.get(drawn);
      others.set(drawn, others.getLast());
      others.removeLast();
      if (pushes > 0 && push(peer, push, nowNanos)) {
        pushes--;
      } else {
        announcements.add(peer, delivery.id());
      }
    }
  }

  private boolean push(Neighbour peer, WireMessage message, long nowNanos) {
    boolean sent = peer.send(message, nowNanos);
    if (sent) {
      pushed++;
    } else {
      dropped++;
    }
    return sent;
  }

  /** Messages sent without having been asked for. */
  long pushed() {
    return pushed;
  }

  /** Messages for which a queue had no room. */
  long dropped() {
    return dropped;
  }
}
