package dev.waggle.operator.page;

import dev.waggle.ports.Endpoint;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.wire.MessageId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is left of events that are too old to be kept: those that still hold, so that whoever reads
 * them and what follows knows the present. Owned by the lock of its {@link SessionLog}.
 *
 * <p>Bounded by what holds at a time: nodes of this process, their links, and {@link #MAX_BLOCKS}
 * blocks with an arrival for each node.
 */
final class SessionBase {
  /** As many as a page lists. */
  static final int MAX_BLOCKS = 200;

  private record Link(int node, PeerId peer, Endpoint remote) {}

  private final Map<Integer, Entry> nodes = new LinkedHashMap<>();
  private final Map<Integer, Entry> tips = new LinkedHashMap<>();
  private final Map<Link, Entry> links = new LinkedHashMap<>();
  private final LinkedHashMap<MessageId, Map<Integer, Entry>> blocks = new LinkedHashMap<>();

  /** Takes an event that is older than any that is kept whole. */
  void fold(Entry entry) {
    switch (entry.event()) {
      case SessionEvent.NodeUp e -> nodes.put(e.node(), entry);
      case SessionEvent.NodeDown e -> {
        nodes.remove(e.node());
        tips.remove(e.node());
        links.keySet().removeIf(link -> link.node() == e.node());
      }
      case SessionEvent.LinkUp e ->
          links.put(new Link(e.node(), e.peer().id(), e.peer().remote()), entry);
      case SessionEvent.LinkDown e ->
          links.remove(new Link(e.node(), e.peer().id(), e.peer().remote()));
      case SessionEvent.Tip e -> tips.put(e.node(), entry);
      case SessionEvent.BlockAccepted e -> {
        blocks.computeIfAbsent(e.block().id(), _ -> new LinkedHashMap<>()).put(e.node(), entry);
        if (blocks.size() > MAX_BLOCKS) {
          blocks.pollFirstEntry();
        }
      }
      case SessionEvent.BlockRejected _ -> {}
    }
  }

  /** All that still holds, in no order. */
  List<Entry> entries() {
    List<Entry> entries = new ArrayList<>(nodes.values());
    entries.addAll(tips.values());
    entries.addAll(links.values());
    blocks.values().forEach(arrivals -> entries.addAll(arrivals.values()));
    return entries;
  }
}
