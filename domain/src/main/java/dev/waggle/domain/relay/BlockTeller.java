package dev.waggle.domain.relay;

import dev.waggle.domain.chance.Draws;
import dev.waggle.domain.neighbour.Neighbour;
import dev.waggle.ports.wire.Feature;
import dev.waggle.ports.wire.WireMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Tells peers of blocks (PROTOCOL §8.4): sends them, without their items, to those that wish for
 * that, by rank, and announces them to the others a little later, if they have not told us
 * meanwhile that they have them. Whom we wish to be told by, it asks too.
 */
final class BlockTeller {
  /** When all peers hear of a block that they have not told us of: hardly any lacks it by then. */
  static final Duration TELL_ALL_AFTER = Duration.ofSeconds(5);

  private final RelaySettings settings;
  private final List<Neighbour> neighbours;
  private final Draws draws;
  private final Providers providers = new Providers();
  private final Map<Neighbour, Integer> ranks = new LinkedHashMap<>();
  private final Schedule schedule = new Schedule();
  private long pushed;

  /** Tells {@code neighbours} as they are at each time. */
  BlockTeller(RelaySettings settings, List<Neighbour> neighbours, Draws draws) {
    this.settings = settings;
    this.neighbours = neighbours;
    this.draws = draws;
  }

  void linked(Neighbour peer, long nowNanos) {
    providers.linked(peer, nowNanos);
  }

  void departed(Neighbour peer, long nowNanos) {
    ranks.remove(peer);
    providers.departed(peer, nowNanos);
    schedule.departed(peer);
  }

  /** A peer says how it wants to hear of blocks; see {@link WireMessage.SendCompact}. */
  void wished(Neighbour peer, int rank) {
    if (rank == 0) {
      ranks.remove(peer);
    } else if (peer.isConnected()) {
      ranks.put(peer, rank);
    }
  }

  /** Nobody needs to hear of a block any more. */
  void forget(RelayedBlock block) {
    schedule.forget(block);
  }

  /** Those who would send us a block unasked need not. */
  void tellProvidersNotToSend(RelayedBlock block, long nowNanos) {
    WireMessage notice = new WireMessage.IDontWant(List.of(block.id()));
    for (Neighbour provider : providers.chosen()) {
      if (!block.isSpared(provider) && provider.has(Feature.EARLY_NOTICES)) {
        boolean _ = provider.send(notice, nowNanos);
      }
    }
  }

  /** Sends a block to those who wish for that, or will if they have not got it by then. */
  void passOn(RelayedBlock block, long nowNanos) {
    block.passedOn();
    if (block.first() == null) {
      // Nobody has it yet, and hardly anybody waits for blocks of ours: it must get away from here.
      for (Neighbour peer : neighbours) {
        if (CompactRelay.speaksWith(peer)) {
          send(block, peer, nowNanos);
        }
      }
      return;
    }
    ranks.forEach(
        (peer, rank) -> {
          if (rank == 1) {
            send(block, peer, nowNanos);
          } else {
            long delay = (rank - 1) * settings.rankDelay().toNanos();
            schedule.send(nowNanos + delay, peer, block);
          }
        });
  }

  /** A block was accepted: all hear of it, sooner or later. */
  void accepted(RelayedBlock block, long nowNanos) {
    Neighbour first = block.first();
    if (first != null) {
      providers.wasFirst(first, nowNanos);
    }
    if (!block.isPassedOn()) {
      passOn(block, nowNanos);
    }
    List<Neighbour> unaware = new ArrayList<>();
    for (Neighbour peer : neighbours) {
      if (CompactRelay.speaksWith(peer) && !block.holders().contains(peer)) {
        unaware.add(peer);
      }
    }
    if (block.isMostlyForeign()) {
      // They are fetching its items too, and have one more to ask.
      unaware.forEach(peer -> announce(block, peer, nowNanos));
    } else {
      announceLater(block, unaware, nowNanos);
    }
  }

  /**
   * Who is getting it may fail, and hears of it later. So do some of the others, so that those
   * whose providers have failed them hear of it from one or the other of their peers; and last the
   * rest.
   */
  private void announceLater(RelayedBlock block, List<Neighbour> unaware, long nowNanos) {
    List<Neighbour> others = new ArrayList<>(unaware);
    others.removeAll(block.getting());
    draws.shuffle(others);
    int count = Math.min((int) Math.ceil(Math.sqrt(neighbours.size())), others.size());
    List<Neighbour> rest = others.subList(count, others.size());
    long soon = nowNanos + settings.announceDelay().toNanos();
    long last = nowNanos + TELL_ALL_AFTER.toNanos();
    for (Neighbour peer : unaware) {
      schedule.tell(rest.contains(peer) ? last : soon, peer, block);
    }
  }

  private static void announce(RelayedBlock block, Neighbour peer, long nowNanos) {
    boolean knows = block.holders().contains(peer) || block.served().contains(peer);
    if (!knows && peer.send(new WireMessage.Announce(List.of(block.id())), nowNanos)) {
      block.served().add(peer);
    }
  }

  private void send(RelayedBlock block, Neighbour peer, long nowNanos) {
    if (block.isSpared(peer)) {
      return;
    }
    if (peer.send(block.withoutItems(draws.nextLong()), nowNanos)) {
      pushed++;
      block.served().add(peer);
    } else if (!block.isOpen()) { // What is not here yet is not promised.
      announce(block, peer, nowNanos);
    }
  }

  /** Tells what is due. */
  void timePassed(long nowNanos) {
    for (Schedule.Entry due = schedule.takeDue(nowNanos);
        due != null;
        due = schedule.takeDue(nowNanos)) {
      if (due.sent() && ranks.containsKey(due.peer())) {
        send(due.block(), due.peer(), nowNanos);
      } else if (!due.block().isOpen()) {
        announce(due.block(), due.peer(), nowNanos);
      }
    }
  }

  /** When something is due, if anything is. */
  OptionalLong dueNanos() {
    return schedule.dueNanos();
  }

  /** Blocks sent unasked. */
  long pushed() {
    return pushed;
  }
}
