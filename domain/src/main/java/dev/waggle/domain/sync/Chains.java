package dev.waggle.domain.sync;

import dev.waggle.domain.neighbour.Neighbour;
import dev.waggle.ports.wire.MessageId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The chains that are followed, a few at a time, and their blocks. */
final class Chains {
  private final int max;
  private final long maxHeldBytes;
  private final List<SyncChain> all = new ArrayList<>();
  private final Map<MessageId, SyncBlock> blocks = new LinkedHashMap<>();

  /** No chain is followed. */
  Chains(SyncSettings settings) {
    this.max = settings.maxChains();
    this.maxHeldBytes = settings.maxHeldBytes();
  }

  /** A copy: chains may begin and end while it is gone through. */
  List<SyncChain> all() {
    return all.isEmpty() ? List.of() : new ArrayList<>(all);
  }

  int count() {
    return all.size();
  }

  boolean isEmpty() {
    return all.isEmpty();
  }

  /** The chain whose turn it is stands first; it goes behind the others. */
  void turn(SyncChain chain) {
    if (all.remove(chain)) {
      all.add(chain);
    }
  }

  @Nullable SyncBlock find(MessageId id) {
    return blocks.isEmpty() ? null : blocks.get(id);
  }

  /** The chain of which this is the last block that is known, be it accepted or not. */
  @Nullable SyncChain endingWith(MessageId id) {
    for (SyncChain chain : all) {
      if (chain.lastId().equals(id)) {
        return chain;
      }
    }
    return null;
  }

  /** Half of the places are for chains that a peer serves which the node has dialled. */
  boolean hasRoomFor(Neighbour peer) {
    int unchosen = 0;
    for (SyncChain chain : all) {
      unchosen += chain.isChosen() ? 0 : 1;
    }
    return all.size() < max && (peer.isOutbound() || unchosen < (max + 1) / 2);
  }

  SyncChain begin(MessageId after, long nowNanos) {
    SyncChain chain = new SyncChain(after, maxHeldBytes, nowNanos);
    all.add(chain);
    return chain;
  }

  /** Adds blocks to the end of a chain, for which there is room. */
  void extend(SyncChain chain, List<MessageId> ids, Neighbour teller) {
    for (MessageId id : ids) {
      blocks.put(id, chain.add(id, teller));
    }
  }

  /** The first block of a chain is done with. */
  void advance(SyncChain chain, long nowNanos) {
    SyncBlock first = chain.at(chain.head());
    Server asked = first.asked();
    if (asked != null) {
      asked.release();
    }
    chain.letGo(first);
    blocks.remove(first.id());
    chain.advance(nowNanos);
  }

  void remove(SyncChain chain) {
    for (long number = chain.head(); number < chain.end(); number++) {
      blocks.remove(chain.at(number).id());
    }
    all.remove(chain);
  }

  boolean isServedBy(Neighbour peer) {
    for (SyncChain chain : all) {
      if (chain.has(peer)) {
        return true;
      }
    }
    return false;
  }

  /** Bytes of blocks that are held, of all chains. */
  long heldBytes() {
    long bytes = 0;
    for (SyncChain chain : all) {
      bytes += chain.heldBytes();
    }
    return bytes;
  }

  /** Makes room: what is furthest from its turn goes first, of the chain that holds most. */
  void limitHeld() {
    while (heldBytes() > maxHeldBytes) {
      SyncChain largest = all.getFirst();
      for (SyncChain chain : all) {
        largest = chain.heldBytes() > largest.heldBytes() ? chain : largest;
      }
      largest.dropLastHeld();
    }
  }
}
