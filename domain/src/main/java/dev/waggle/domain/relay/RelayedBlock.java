package dev.waggle.domain.relay;

import dev.waggle.domain.neighbour.Neighbour;
import dev.waggle.ports.gossip.BlockParts;
import dev.waggle.ports.wire.IndexedItem;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.ShortIds;
import dev.waggle.ports.wire.WireMessage;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A block on its way through this node: what there is of it, who has it, and how it is sent. */
public final class RelayedBlock {
  /** What has become of it. */
  private enum Stage {
    /** Items are missing, or it is not known yet whether any are. */
    BEGUN,
    /** All is there, and is being put together. */
    COMPLETED,
    /** The application has accepted it. */
    ACCEPTED
  }

  /**
   * The part of a block's bytes that are sent along with it, where peers are likely to lack them. A
   * peer has three that may send it a block.
   */
  private static final int PREFILLED_PART = 10;

  private final PartialBlock block;
  private final long sinceNanos;
  private final Set<Neighbour> holders = new LinkedHashSet<>();
  private final Set<Neighbour> getting = new LinkedHashSet<>();
  private final Set<Neighbour> served = new LinkedHashSet<>();
  private Stage stage = Stage.BEGUN;
  private @Nullable Fetching fetching;
  private boolean passedOn;
  private @Nullable WireMessage message;

  /** A block that is known from now on, by some of its parts or all. */
  RelayedBlock(PartialBlock block, long nowNanos) {
    this.block = block;
    this.sinceNanos = nowNanos;
  }

  MessageId id() {
    return block.id();
  }

  /** Who was the first to send it; null if it was made here. */
  public @Nullable Neighbour first() {
    return block.first();
  }

  PartialBlock block() {
    return block;
  }

  long sinceNanos() {
    return sinceNanos;
  }

  /** How its missing items are fetched, as long as they are. */
  @Nullable Fetching fetching() {
    return fetching;
  }

  void fetched(Fetching how) {
    fetching = how;
  }

  void completed() {
    fetching = null;
    stage = Stage.COMPLETED;
  }

  void accepted() {
    fetching = null;
    stage = Stage.ACCEPTED;
  }

  /** Whether all of its parts are known, and it waits to be put together. */
  boolean isCompleted() {
    return stage == Stage.COMPLETED;
  }

  /** Whether it is not accepted yet. */
  boolean isOpen() {
    return stage != Stage.ACCEPTED;
  }

  /** It has come whole, in place of one that was being put together. */
  void succeed(RelayedBlock other) {
    holders.addAll(other.holders);
    getting.addAll(other.getting);
    served.addAll(other.served);
  }

  /** Peers that have said, or shown, that they have it. */
  public Set<Neighbour> holders() {
    return holders;
  }

  /** Peers that have said that they are getting it, which may come to nothing. */
  Set<Neighbour> getting() {
    return getting;
  }

  /** Peers that were sent it, without its items. */
  Set<Neighbour> served() {
    return served;
  }

  /** Whether a peer need not be sent it unasked. */
  boolean isSpared(Neighbour peer) {
    return holders.contains(peer) || getting.contains(peer) || served.contains(peer);
  }

  /** The peers that have it, or are getting it. */
  Set<Neighbour> sources() {
    Set<Neighbour> all = new LinkedHashSet<>(holders);
    all.addAll(getting);
    return all;
  }

  void departed(Neighbour peer) {
    holders.remove(peer);
    getting.remove(peer);
    served.remove(peer);
  }

  /** Whether those who wish for blocks unasked were sent it. */
  boolean isPassedOn() {
    return passedOn;
  }

  void passedOn() {
    passedOn = true;
  }

  /**
   * How it is sent: with what we had to be sent ourselves, if that is little; if it is much, by the
   * ids of all items, so that who lacks them can tell others of them at once.
   */
  WireMessage withoutItems(long nonce) {
    WireMessage made = message;
    if (made == null) {
      made = isMostlyForeign() ? outline() : compact(nonce);
      message = made;
    }
    return made;
  }

  /** Whether peers are likely to lack most of it, as we did. */
  boolean isMostlyForeign() {
    long foreign = 0;
    long all = 0;
    for (int i = 0; i < block.count(); i++) {
      BlockParts.Item item = block.item(i);
      if (item == null) {
        return true;
      }
      all += item.payload().length();
      foreign += block.foreign().get(i) ? item.payload().length() : 0;
    }
    return foreign > Math.min(all / PREFILLED_PART, WireMessage.MAX_PREFILLED_BYTES);
  }

  private WireMessage.Outline outline() {
    return new WireMessage.Outline(block.header(), block.proof(), block.ids());
  }

  private WireMessage.Compact compact(long nonce) {
    ShortIdKey key = new ShortIdKey(block.id(), nonce);
    List<MessageId> named = new ArrayList<>(block.count());
    List<IndexedItem> prefilled = new ArrayList<>();
    for (int i = 0; i < block.count(); i++) {
      BlockParts.Item item = block.item(i);
      if (item != null && block.foreign().get(i)) {
        prefilled.add(new IndexedItem(i, item.payload()));
      } else {
        named.add(block.idAt(i));
      }
    }
    ShortIds shortIds = key.shorten(named);
    return new WireMessage.Compact(block.header(), block.proof(), nonce, shortIds, prefilled);
  }
}
