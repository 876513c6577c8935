package dev.waggle.domain.gossip;

import dev.waggle.domain.neighbour.Neighbour;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.WireMessage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Ids that are to be announced to all peers but a few, gathered until it is time. One list for all,
 * and for each peer what it need not be told: with a hundred peers that is a tenth of the work of
 * one list for each.
 */
final class Bulletin {
  /** Where in the list an id stands that one peer need not be told. */
  private static final class Exceptions {
    private int[] positions = new int[16];
    private int count;

    void add(int position) {
      if (count == positions.length) {
        positions = Arrays.copyOf(positions, 2 * count);
      }
      positions[count++] = position;
    }

    List<MessageId> without(List<MessageId> all) {
      List<MessageId> rest = new ArrayList<>(all.size());
      int from = 0;
      for (int i = 0; i < count; i++) {
        rest.addAll(all.subList(from, positions[i]));
        from = positions[i] + 1;
      }
      rest.addAll(all.subList(from, all.size()));
      return rest;
    }
  }

  private final List<MessageId> ids = new ArrayList<>();
  private final Map<Neighbour, Exceptions> exceptions = new LinkedHashMap<>();
  private long sent;

  boolean isEmpty() {
    return ids.isEmpty();
  }

  /** Whether no message could hold another id. */
  boolean isFull() {
    return ids.size() == WireMessage.MAX_IDS;
  }

  void add(MessageId id) {
    ids.add(id);
  }

  /** The peer need not be told of the id that was added last. Once for an id. */
  void exceptLast(Neighbour peer) {
    exceptions.computeIfAbsent(peer, _ -> new Exceptions()).add(ids.size() - 1);
  }

  /** Tells the peers; one whose queue is full is not told. */
  void announce(List<Neighbour> peers, long nowNanos) {
    List<MessageId> all = new ArrayList<>(ids);
    for (int i = 0; i < peers.size(); i++) {
      Neighbour peer = peers.get(i);
      Exceptions except = exceptions.get(peer);
      List<MessageId> told = except == null ? all : except.without(all);
      if (!told.isEmpty() && peer.send(new WireMessage.Announce(told), nowNanos)) {
        sent += told.size();
      }
    }
    ids.clear();
    exceptions.clear();
  }

  /** Ids sent since the start. */
  long sent() {
    return sent;
  }
}
