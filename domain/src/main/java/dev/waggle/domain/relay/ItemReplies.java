package dev.waggle.domain.relay;

import dev.waggle.domain.neighbour.Neighbour;
import dev.waggle.ports.gossip.BlockParts;
import dev.waggle.ports.wire.IndexedItem;
import dev.waggle.ports.wire.ItemRange;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.WireMessage;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What peers have asked for of the items of blocks, and not been sent yet. Peers take turns, of one
 * message each, as their links take them. What is not here yet is sent when it comes.
 */
final class ItemReplies {
  /** Bytes of items in one message; one item is always sent, whatever it has. */
  static final int MAX_MESSAGE_BYTES = 64 * 1024;

  /** Blocks of which one peer can be owed items. With 125 peers 1 MiB of bits. */
  static final int MAX_BLOCKS_PER_PEER = 4;

  /** Messages that one event may have us send, so that the node hears of others in between. */
  static final int MAX_MESSAGES = 64;

  /** Where the items of blocks are. */
  interface Source {
    /** How many items this block has, here or on their way; 0 if nothing is known of it. */
    int count(MessageId block);

    /** One of them, or null if it is not here yet. */
    BlockParts.@Nullable Item find(MessageId block, int index);
  }

  private final Source source;
  private final Map<Neighbour, Map<MessageId, BitSet>> asked = new LinkedHashMap<>();
  private final Set<Neighbour> ready = new LinkedHashSet<>();
  private long sent;

  ItemReplies(Source source) {
    this.source = source;
  }

  /** A peer asks for items; for those of a block that is not known it asks in vain. */
  void requested(Neighbour peer, MessageId block, List<ItemRange> ranges) {
    int count = source.count(block);
    if (!peer.isConnected() || count == 0) {
      return;
    }
    Map<MessageId, BitSet> blocks = asked.computeIfAbsent(peer, _ -> new LinkedHashMap<>());
    BitSet wanted = blocks.get(block);
    if (wanted == null) {
      if (blocks.size() >= MAX_BLOCKS_PER_PEER) {
        return;
      }
      wanted = new BitSet();
      blocks.put(block, wanted);
    }
    for (ItemRange range : ranges) {
      wanted.set(Math.min(range.first(), count), Math.min(range.end(), count));
    }
    ready.add(peer);
  }

  /** Items of a block have come: who waits for them may be sent some. */
  void arrived(MessageId block) {
    asked.forEach(
        (peer, blocks) -> {
          if (blocks.containsKey(block)) {
            ready.add(peer);
          }
        });
  }

  /** The items of a block are not here any more. */
  void forget(MessageId block) {
    asked.values().removeIf(blocks -> blocks.remove(block) != null && blocks.isEmpty());
  }

  void drained(Neighbour peer) {
    if (asked.containsKey(peer)) {
      ready.add(peer);
    }
  }

  void departed(Neighbour peer) {
    asked.remove(peer);
    ready.remove(peer);
  }

  boolean isReady() {
    return !ready.isEmpty();
  }

  /**
   * Sends as much as the links take, in turn, and no more than one event may cost.
   *
   * @return whether more could be sent at once
   */
  boolean serve(long nowNanos) {
    for (int messages = 0; !ready.isEmpty(); messages++) {
      if (messages == MAX_MESSAGES) {
        return true;
      }
      Neighbour peer = ready.iterator().next();
      ready.remove(peer);
      if (peer.takesMore() && serveOne(peer, nowNanos)) {
        ready.add(peer); // Behind the others.
      }
    }
    return false;
  }

  /** Returns whether the peer could be sent more. */
  private boolean serveOne(Neighbour peer, long nowNanos) {
    Map<MessageId, BitSet> blocks = asked.get(peer);
    if (blocks == null) {
      return false;
    }
    WireMessage.Items next = null;
    Iterator<Map.Entry<MessageId, BitSet>> all = blocks.entrySet().iterator();
    while (next == null && all.hasNext()) {
      Map.Entry<MessageId, BitSet> entry = all.next();
      next = take(entry.getKey(), entry.getValue());
      if (entry.getValue().isEmpty()) {
        all.remove();
      }
    }
    if (blocks.isEmpty()) {
      asked.remove(peer);
    }
    if (next == null) {
      return false;
    }
    if (peer.send(next, nowNanos)) { // Otherwise it asks somebody else.
      sent += next.items().size();
    }
    return !blocks.isEmpty();
  }

  /** Takes out of the wanted ones what is here and fits into a message. */
  private WireMessage.@Nullable Items take(MessageId block, BitSet wanted) {
    List<IndexedItem> items = new ArrayList<>();
    long bytes = 0;
    for (int index = wanted.nextSetBit(0); index >= 0; index = wanted.nextSetBit(index + 1)) {
      BlockParts.Item item = source.find(block, index);
      if (item == null) {
        continue;
      }
      bytes += item.payload().length();
      if (!items.isEmpty() && bytes > MAX_MESSAGE_BYTES) {
        break;
      }
      items.add(new IndexedItem(index, item.payload()));
      wanted.clear(index);
    }
    return items.isEmpty() ? null : new WireMessage.Items(block, items);
  }

  /** Items sent since the start. */
  long sent() {
    return sent;
  }
}
