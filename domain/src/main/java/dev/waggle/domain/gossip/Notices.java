package dev.waggle.domain.gossip;

import dev.waggle.domain.neighbour.Neighbour;
import dev.waggle.ports.wire.Feature;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.WireMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What peers tell each other of large messages that are under way (PROTOCOL §8.5, after gossipsub's
 * PREAMBLE and IDONTWANT): who is about to send one says so first, and who is getting one tells the
 * others that they need not send it.
 */
final class Notices {
  /** A payload from this length on is worth a notice: it takes longer than telling of it. */
  static final int MIN_BYTES = 64 * 1024;

  /** Messages of one peer that are remembered; of more, the last ones. */
  static final int MAX_UNWANTED = 64;

  /**
   * Messages in {@link #COMING_FOR} that others are told of, one for each peer that says that one
   * is coming, and half of them only for those that we have dialled. For each we tell everybody: if
   * strangers could have us do so as often as they like, we would flood our peers for them.
   */
  static final int MAX_COMING = 8;

  /** As long as a turn: by then a message is here, or others are asked for it. */
  static final Duration COMING_FOR = Duration.ofSeconds(3);

  private final List<Neighbour> neighbours;
  private final Map<Neighbour, Set<MessageId>> unwanted = new LinkedHashMap<>();

  /** Since when a message is coming from whom. */
  private final Map<Neighbour, Long> coming = new LinkedHashMap<>();

  /** Tells {@code neighbours} as they are at each time. */
  Notices(List<Neighbour> neighbours) {
    this.neighbours = neighbours;
  }

  static boolean areWorthIt(GossipMessage message) {
    return message.payload().length() >= MIN_BYTES;
  }

  /** A peer is about to be sent a message: tells it so, if it understands that. */
  static void announce(Neighbour peer, MessageId id, GossipMessage message, long nowNanos) {
    if (areWorthIt(message) && peer.has(Feature.EARLY_NOTICES) && peer.takesMore()) {
      boolean _ = peer.send(new WireMessage.Preamble(id, message.payload().length()), nowNanos);
    }
  }

  /**
   * A message is on its way here: tells the others that they need not send it, if not too often.
   */
  void comes(MessageId id, Neighbour from, long nowNanos) {
    coming.values().removeIf(since -> nowNanos - since >= COMING_FOR.toNanos());
    int room = from.isOutbound() ? MAX_COMING : MAX_COMING / 2;
    if (coming.size() >= room || coming.putIfAbsent(from, nowNanos) != null) {
      return;
    }
    WireMessage notice = new WireMessage.IDontWant(List.of(id));
    for (Neighbour peer : neighbours) {
      if (!peer.equals(from) && peer.has(Feature.EARLY_NOTICES)) {
        boolean _ = peer.send(notice, nowNanos);
      }
    }
  }

  /** A peer is getting these messages already. */
  void unwanted(Neighbour peer, List<MessageId> ids) {
    if (!peer.isConnected()) {
      return;
    }
    Set<MessageId> all = unwanted.computeIfAbsent(peer, _ -> new LinkedHashSet<>());
    for (MessageId id : ids.subList(Math.max(0, ids.size() - MAX_UNWANTED), ids.size())) {
      all.remove(id);
      all.add(id);
    }
    while (all.size() > MAX_UNWANTED) {
      all.remove(all.iterator().next());
    }
  }

  /** Whether a peer has said that it need not be sent this message. */
  boolean isUnwanted(Neighbour peer, MessageId id) {
    Set<MessageId> ids = unwanted.isEmpty() ? null : unwanted.get(peer);
    return ids != null && ids.contains(id);
  }

  /** The peers that have said so. */
  List<Neighbour> whoDoNotWant(MessageId id) {
    List<Neighbour> peers = new ArrayList<>();
    unwanted.forEach(
        (peer, ids) -> {
          if (ids.contains(id)) {
            peers.add(peer);
          }
        });
    return peers;
  }

  void departed(Neighbour peer) {
    unwanted.remove(peer);
  }
}
