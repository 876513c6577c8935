package dev.waggle.domain.relay;

import dev.waggle.domain.neighbour.Neighbour;
import dev.waggle.ports.gossip.BlockFormat;
import dev.waggle.ports.operator.RelayCounters;
import dev.waggle.ports.wire.IndexedItem;
import dev.waggle.ports.wire.MessageId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts blocks together whose headers were found good (PROTOCOL §8.4): from what waits here, what
 * came along, and what peers are asked for.
 */
final class BlockAssembler {
  /** Blocks that one peer may have us put together at a time. */
  static final int MAX_OPEN_PER_PEER = 2;

  /** How long a block may be put together, however slowly its items come. */
  static final Duration MAX_OPEN_TIME = Duration.ofSeconds(30);

  private final RelaySettings settings;
  private final @Nullable BlockFormat format;
  private final Reconstructor reconstructor;
  private final RelayedBlocks blocks;
  private final ItemReplies replies;
  private final BlockTeller teller;
  private final EarlyTrust trust = new EarlyTrust();
  private final List<CompactRelay.Whole> failed = new ArrayList<>();
  private long completeAtOnce;
  private long completeAfterAsking;
  private long fellBack;

  /**
   * Puts nothing together yet.
   *
   * @param format null if blocks are of one piece; then it is never asked to
   * @param blocks where it keeps them
   * @param replies to peers that wait for the same items
   * @param teller tells others of what they may hear of early
   */
  BlockAssembler(
      RelaySettings settings,
      @Nullable BlockFormat format,
      Reconstructor reconstructor,
      RelayedBlocks blocks,
      ItemReplies replies,
      BlockTeller teller) {
    this.settings = settings;
    this.format = format;
    this.reconstructor = reconstructor;
    this.blocks = blocks;
    this.replies = replies;
    this.teller = teller;
  }

  /** Whether one more block of this peer may be put together: half the room is for our choice. */
  boolean hasRoomFor(Neighbour from) {
    int ofPeer = 0;
    int ofWhoDialled = 0;
    List<RelayedBlock> open = blocks.open();
    for (RelayedBlock block : open) {
      Neighbour first = Objects.requireNonNull(block.first());
      ofPeer += from.equals(first) ? 1 : 0;
      ofWhoDialled += first.isOutbound() ? 0 : 1;
    }
    return ofPeer < MAX_OPEN_PER_PEER
        && open.size() < settings.maxOpen()
        && (from.isOutbound() || ofWhoDialled < settings.maxOpen() / 2);
  }

  /**
   * Begins to put a block together.
   *
   * @param holders who has told us that they have it
   * @param named whether all of its items' ids are known, and are what the header commits to
   */
  void begin(RelayedBlock block, Set<Neighbour> holders, boolean named, long nowNanos) {
    PartialBlock partial = block.block();
    Neighbour from = Objects.requireNonNull(partial.first());
    partial.takeCandidates(Objects.requireNonNull(format));
    block.getting().add(from); // It need not have all of it.
    block.holders().addAll(holders);
    blocks.add(block);
    teller.tellProvidersNotToSend(block, nowNanos);
    if (partial.isComplete()) {
      completeAtOnce++;
      complete(block, nowNanos);
      return;
    }
    completeAfterAsking++;
    Fetching fetching = new Fetching(partial, nowNanos);
    block.fetched(fetching);
    if (named && trust.extendsTo(from, passedOnOpen(), nowNanos)) {
      teller.passOn(block, nowNanos);
    }
    fetching.has(from, nowNanos);
    holders.forEach(holder -> fetching.has(holder, nowNanos));
    limitBytes(nowNanos);
  }

  private int passedOnOpen() {
    List<RelayedBlock> open = blocks.open();
    open.removeIf(block -> !block.isPassedOn());
    return open.size();
  }

  /** A peer may have items of a block. */
  void mayServe(Neighbour peer, RelayedBlock block, long nowNanos) {
    Fetching fetching = block.fetching();
    if (fetching != null && CompactRelay.speaksWith(peer)) {
      fetching.has(peer, nowNanos);
    }
  }

  /** Items of a block have come. Those that nobody misses any more are dropped. */
  void take(
      RelayedBlock block,
      Neighbour from,
      List<IndexedItem> items,
      List<MessageId> ids,
      long nowNanos) {
    Fetching fetching = block.fetching();
    if (fetching == null) {
      return;
    }
    BitSet taken = new BitSet();
    for (int i = 0; i < items.size(); i++) {
      IndexedItem item = items.get(i);
      if (block.block().take(item.index(), ids.get(i), item.payload())) {
        fetching.arrived(item.index(), from, nowNanos);
        taken.set(item.index());
      }
    }
    if (!taken.isEmpty()) {
      replies.arrived(block.id(), taken);
      goOn(block, fetching, nowNanos);
      limitBytes(nowNanos);
    }
  }

  void departed(Neighbour peer, long nowNanos) {
    for (RelayedBlock block : blocks.all()) {
      block.departed(peer);
      Fetching fetching = block.fetching();
      if (fetching != null) {
        fetching.departed(peer);
        goOn(block, fetching, nowNanos);
      }
    }
  }

  private void goOn(RelayedBlock block, Fetching fetching, long nowNanos) {
    if (block.block().isComplete()) {
      complete(block, nowNanos);
      return;
    }
    fetching.goOn(nowNanos);
    if (!fetching.isHopeful(nowNanos)) {
      fail(block, nowNanos);
    }
  }

  /** No more is held for open blocks than may be: the one that holds most gives way. */
  private void limitBytes(long nowNanos) {
    long total = 0;
    RelayedBlock largest = null;
    for (RelayedBlock block : blocks.open()) {
      long bytes = block.block().heldBytes();
      total += bytes;
      boolean larger = largest == null || bytes > largest.block().heldBytes();
      largest = larger && block.fetching() != null ? block : largest;
    }
    if (total > settings.maxOpenBytes() && largest != null) {
      fail(largest, nowNanos);
      limitBytes(nowNanos);
    }
  }

  /** All items are here. If each of them was accepted by itself, others need not wait for more. */
  private void complete(RelayedBlock block, long nowNanos) {
    PartialBlock partial = block.block();
    if (!Objects.requireNonNull(format).commitsTo(partial.header(), partial.ids())) {
      fail(block, nowNanos);
      return;
    }
    block.completed();
    if (partial.foreign().isEmpty()) {
      teller.passOn(block, nowNanos);
    }
    Neighbour first = Objects.requireNonNull(partial.first());
    reconstructor.reconstruct(new Reconstruction(block.id(), partial.parts(), first.id()));
  }

  /** It is asked for whole. */
  void fail(RelayedBlock block, long nowNanos) {
    fellBack++;
    failed.add(new CompactRelay.Whole(block.id(), block.sources()));
    drop(block, nowNanos);
  }

  void drop(RelayedBlock block, long nowNanos) {
    Neighbour first = block.first();
    if (block.isPassedOn() && first != null) {
      trust.disappointedBy(first, nowNanos);
    }
    blocks.remove(block);
  }

  /** The blocks that could not be put together since the last call. */
  List<CompactRelay.Whole> takeFailed() {
    if (failed.isEmpty()) {
      return List.of();
    }
    List<CompactRelay.Whole> all = new ArrayList<>(failed);
    failed.clear();
    return all;
  }

  /** Asks others for what does not come, and gives up what has taken too long. */
  void timePassed(long nowNanos) {
    for (RelayedBlock block : blocks.open()) {
      Fetching fetching = block.fetching();
      if (fetching != null) {
        fetching.timePassed(nowNanos);
      }
      boolean late = nowNanos - block.sinceNanos() >= MAX_OPEN_TIME.toNanos();
      if (late || (fetching != null && !fetching.isHopeful(nowNanos))) {
        fail(block, nowNanos);
      }
    }
  }

  /** What became of blocks so far, with what others have counted. */
  RelayCounters counters() {
    List<RelayedBlock> open = blocks.open();
    long openBytes = 0;
    for (RelayedBlock block : open) {
      openBytes += block.block().heldBytes();
    }
    return new RelayCounters(
        teller.pushed(),
        completeAtOnce,
        completeAfterAsking,
        fellBack,
        replies.sent(),
        open.size(),
        openBytes);
  }
}
