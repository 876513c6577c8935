package dev.waggle.domain.relay;

import dev.waggle.domain.neighbour.Neighbour;
import dev.waggle.ports.wire.Feature;
import dev.waggle.ports.wire.WireMessage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which peers are to send us blocks unasked (BIP 152's high-bandwidth mode): up to three, those
 * that were first with recent blocks, ranked. One of them is a peer that we have dialled, if there
 * is any, so that those who have dialled us cannot be all that we hear blocks from.
 */
final class Providers {
  static final int MAX = WireMessage.MAX_RANK;

  /** What is left of a peer's merit with each block. */
  private static final double KEPT = 0.875;

  /**
   * Merit by which one must be ahead to take another's rank: otherwise they change all the time.
   */
  private static final double LEAD = 0.5;

  private final Map<Neighbour, Double> merits = new LinkedHashMap<>();
  private final List<Neighbour> chosen = new ArrayList<>();

  /** Peers that send us blocks unasked, the first rank first. */
  List<Neighbour> chosen() {
    return chosen;
  }

  /** A peer is linked, or has one more link, on which it knows nothing of our wishes. */
  void linked(Neighbour peer, long nowNanos) {
    if (!peer.has(Feature.COMPACT_BLOCKS)) {
      return;
    }
    merits.putIfAbsent(peer, 0.0);
    int rank = chosen.indexOf(peer) + 1;
    if (rank > 0) {
      wish(peer, rank, nowNanos);
      return;
    }
    List<Neighbour> before = new ArrayList<>(chosen);
    if (chosen.size() < MAX) {
      chosen.add(peer);
    } else if (peer.isOutbound() && chosen.stream().noneMatch(Neighbour::isOutbound)) {
      chosen.set(MAX - 1, peer);
    }
    tellWhatHasChanged(before, nowNanos);
  }

  void departed(Neighbour peer, long nowNanos) {
    merits.remove(peer);
    if (!chosen.contains(peer)) {
      return;
    }
    List<Neighbour> before = new ArrayList<>(chosen);
    chosen.remove(peer);
    Neighbour best = null;
    for (Neighbour other : merits.keySet()) {
      if (!chosen.contains(other) && (best == null || isBefore(other, best))) {
        best = other;
      }
    }
    if (best != null) {
      chosen.add(best);
    }
    tellWhatHasChanged(before, nowNanos);
  }

  private boolean isBefore(Neighbour peer, Neighbour other) {
    return peer.isOutbound() == other.isOutbound() ? merit(peer) > merit(other) : peer.isOutbound();
  }

  /** A peer was the first to bring a block that was worth getting. */
  void wasFirst(Neighbour peer, long nowNanos) {
    if (!merits.containsKey(peer)) {
      return;
    }
    merits.replaceAll((_, merit) -> merit * KEPT);
    merits.merge(peer, 1.0, Double::sum);
    List<Neighbour> before = new ArrayList<>(chosen);
    if (!chosen.contains(peer)) {
      takeAPlace(peer);
    }
    for (int at = chosen.indexOf(peer); at > 0 && leads(peer, chosen.get(at - 1)); at--) {
      chosen.set(at, chosen.get(at - 1));
      chosen.set(at - 1, peer);
    }
    tellWhatHasChanged(before, nowNanos);
  }

  private void takeAPlace(Neighbour peer) {
    for (int i = chosen.size() - 1; i >= 0; i--) {
      Neighbour other = chosen.get(i);
      if (leads(peer, other) && (peer.isOutbound() || !isOnlyOutbound(other))) {
        chosen.set(i, peer);
        return;
      }
    }
  }

  private boolean leads(Neighbour peer, Neighbour other) {
    return merit(peer) > merit(other) + LEAD;
  }

  private double merit(Neighbour peer) {
    return merits.getOrDefault(peer, 0.0);
  }

  private boolean isOnlyOutbound(Neighbour peer) {
    return peer.isOutbound() && chosen.stream().filter(Neighbour::isOutbound).count() == 1;
  }

  private void tellWhatHasChanged(List<Neighbour> before, long nowNanos) {
    for (Neighbour peer : before) {
      if (!chosen.contains(peer)) {
        wish(peer, 0, nowNanos);
      }
    }
    for (int i = 0; i < chosen.size(); i++) {
      Neighbour peer = chosen.get(i);
      if (before.indexOf(peer) != i) {
        wish(peer, i + 1, nowNanos);
      }
    }
  }

  /** Where its queue is full, the peer hears of it when it is ranked anew. */
  private static void wish(Neighbour peer, int rank, long nowNanos) {
    boolean _ = peer.send(new WireMessage.SendCompact(rank), nowNanos);
  }
}
