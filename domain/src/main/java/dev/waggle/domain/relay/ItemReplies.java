package dev.waggle.domain.relay;

import dev.waggle.domain.neighbour.Neighbour;
import dev.waggle.ports.gossip.BlockParts;
import dev.waggle.ports.wire.IndexedItem;
import dev.waggle.ports.wire.ItemRange;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.WireMessage;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What peers have asked for of the items of blocks, and not been sent yet. Peers take turns, of one
 * message each, as their links take them. What is not here yet is sent when it comes.
 */
final class ItemReplies {
  /** Bytes of items in one message; one item is always sent, whatever it has. */
  static final int MAX_MESSAGE_BYTES = 64 * 1024;

  /** Blocks of which one peer can be owed items. With 125 peers 2 MiB of bits. */
  static final int MAX_BLOCKS_PER_PEER = 4;

  /** Messages that one event may have us send, so that the node hears of others in between. */
  static final int MAX_MESSAGES = 64;

  /** Items of one block that one peer has asked for. */
  private static final class Order {
    private final BitSet here = new BitSet();
    private final BitSet toCome = new BitSet();

    private boolean isDone() {
      return here.isEmpty() && toCome.isEmpty();
    }
  }

  private final Function<MessageId, @Nullable PartialBlock> blocks;
  private final Map<Neighbour, Map<MessageId, Order>> asked = new LinkedHashMap<>();
  private final Set<Neighbour> ready = new LinkedHashSet<>();
  private long sent;

  /**
   * Nobody has asked for anything yet.
   *
   * @param blocks finds those whose items are here, or on their way
   */
  ItemReplies(Function<MessageId, @Nullable PartialBlock> blocks) {
    this.blocks = blocks;
  }

  /** A peer asks for items; for those of a block that is not known it asks in vain. */
  void requested(Neighbour peer, MessageId id, List<ItemRange> ranges) {
    PartialBlock block = blocks.apply(id);
    if (block == null || !peer.isConnected()) {
      return;
    }
    BitSet wanted = new BitSet();
    for (ItemRange range : ranges) {
      wanted.set(Math.min(range.first(), block.count()), Math.min(range.end(), block.count()));
    }
    if (wanted.isEmpty()) {
      return;
    }
    Map<MessageId, Order> orders = asked.computeIfAbsent(peer, _ -> new LinkedHashMap<>());
    if (!orders.containsKey(id) && orders.size() >= MAX_BLOCKS_PER_PEER) {
      return;
    }
    Order order = orders.computeIfAbsent(id, _ -> new Order());
    BitSet toCome = (BitSet) wanted.clone();
    toCome.and(block.missing());
    order.toCome.or(toCome);
    wanted.andNot(toCome);
    order.here.or(wanted);
    ready.add(peer);
  }

  /**
   * Items of a block have come: who waits for them may be sent some. As long as it takes to look at
   * each of these for each who waits, however much else is still to come.
   */
  void arrived(MessageId block, BitSet items) {
    asked.forEach(
        (peer, orders) -> {
          Order order = orders.get(block);
          if (order != null && order.toCome.intersects(items)) {
            BitSet come = (BitSet) items.clone();
            come.and(order.toCome);
            order.toCome.andNot(come);
            order.here.or(come);
            ready.add(peer);
          }
        });
  }

  /** The items of a block are not here any more. */
  void forget(MessageId block) {
    asked.values().removeIf(orders -> orders.remove(block) != null && orders.isEmpty());
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
    Map<MessageId, Order> orders = asked.get(peer);
    if (orders == null) {
      return false;
    }
    WireMessage.Items next = null;
    boolean more = false;
    for (Map.Entry<MessageId, Order> entry : new ArrayList<>(orders.entrySet())) {
      Order order = entry.getValue();
      if (next == null) {
        next = take(entry.getKey(), order.here);
      }
      if (order.isDone()) {
        orders.remove(entry.getKey());
      }
      more |= !order.here.isEmpty();
    }
    if (orders.isEmpty()) {
      asked.remove(peer);
    }
    if (next != null && peer.send(next, nowNanos)) { // Otherwise it asks somebody else.
      sent += next.items().size();
    }
    return more;
  }

  /** Takes what fits into a message. */
  private WireMessage.@Nullable Items take(MessageId id, BitSet here) {
    PartialBlock block = blocks.apply(id);
    List<IndexedItem> items = new ArrayList<>();
    long bytes = 0;
    for (int index = here.nextSetBit(0); index >= 0; index = here.nextSetBit(index + 1)) {
      BlockParts.Item item = block == null ? null : block.item(index);
      if (item != null) {
        bytes += item.payload().length();
        if (!items.isEmpty() && bytes > MAX_MESSAGE_BYTES) {
          break;
        }
        items.add(new IndexedItem(index, item.payload()));
      }
      here.clear(index);
    }
    return items.isEmpty() ? null : new WireMessage.Items(id, items);
  }

  /** Items sent since the start. */
  long sent() {
    return sent;
  }
}
