package dev.waggle.domain.relay;

import dev.waggle.domain.chance.Draws;
import dev.waggle.domain.neighbour.Neighbour;
import dev.waggle.domain.time.Alarm;
import dev.waggle.domain.time.Tick;
import dev.waggle.ports.gossip.BlockFormat;
import dev.waggle.ports.gossip.BlockParts;
import dev.waggle.ports.gossip.Delivery;
import dev.waggle.ports.operator.RelayCounters;
import dev.waggle.ports.wire.Feature;
import dev.waggle.ports.wire.IndexedItem;
import dev.waggle.ports.wire.ItemRange;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.WireMessage;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Relays blocks without the items that peers have already (PROTOCOL §8.4, after BIP 152): blocks
 * that come are put together by {@link BlockAssembler}, and judged like those that came whole;
 * those that go are told of by {@link BlockTeller}; their items are sent by {@link ItemReplies}.
 *
 * <p>Owned by the node thread. Where an application's blocks are of one piece, nothing happens in
 * here.
 */
public final class CompactRelay {
  /** How often to look whether peers bring what they were asked for. */
  private static final Duration LOOK_EVERY = Duration.ofMillis(250);

  /** A block that cannot be put together, and the peers that have it: it is asked for whole. */
  public record Whole(MessageId id, Set<Neighbour> holders) {}

  /** What has become of a block whose header was good. */
  public enum Begun {
    /** It is being put together. */
    TAKEN,
    /** There is no room to put it together: it is to be asked for whole. */
    NO_ROOM,
    /** It is not what its sender says, and that is the sender's fault. */
    FALSE
  }

  private final @Nullable BlockFormat format;
  private final Function<MessageId, List<Neighbour>> unwanted;
  private final Draws draws;
  private final RelayedBlocks blocks;
  private final ItemReplies replies;
  private final BlockTeller teller;
  private final BlockAssembler assembler;
  private final Tick look = new Tick(LOOK_EVERY);

  /**
   * No blocks yet.
   *
   * @param format what blocks are made of, or null if they are of one piece
   * @param neighbours as they are at each time
   * @param unwanted the peers that have said that they are getting a message already
   */
  public CompactRelay(
      RelaySettings settings,
      @Nullable BlockFormat format,
      Reconstructor reconstructor,
      List<Neighbour> neighbours,
      Function<MessageId, List<Neighbour>> unwanted,
      Draws draws) {
    this.format = format;
    this.unwanted = unwanted;
    this.draws = draws;
    this.blocks = new RelayedBlocks(settings, this::forgotten);
    this.replies = new ItemReplies(blocks::parts);
    this.teller = new BlockTeller(settings, neighbours, draws);
    this.assembler = new BlockAssembler(settings, format, reconstructor, blocks, replies, teller);
  }

  private void forgotten(RelayedBlock block) {
    teller.forget(block);
    replies.forget(block.id());
  }

  /** Whether blocks come and go without their items between us and this peer. */
  public static boolean speaksWith(Neighbour peer) {
    return peer.has(Feature.COMPACT_BLOCKS);
  }

  // ---- peers

  public void linked(Neighbour peer, long nowNanos) {
    replies.drained(peer);
    if (format != null) {
      teller.linked(peer, nowNanos);
    }
  }

  public void departed(Neighbour peer, long nowNanos) {
    teller.departed(peer, nowNanos);
    replies.departed(peer);
    assembler.departed(peer, nowNanos);
  }

  public void drained(Neighbour peer) {
    replies.drained(peer);
  }

  /** A peer says how it wants to hear of blocks; see {@link WireMessage.SendCompact}. */
  public void wished(Neighbour peer, int rank) {
    teller.wished(peer, rank);
  }

  // ---- blocks that come

  /** Whether a block is being put together: then its header need not be looked at again. */
  public boolean isOpen(MessageId id) {
    RelayedBlock block = blocks.find(id);
    return block != null && block.isOpen();
  }

  /**
   * A compact block has come whose header is good.
   *
   * @param holders who else has told us of it
   */
  public Begun begin(
      Neighbour from, CompactArrival arrival, Set<Neighbour> holders, long nowNanos) {
    if (format == null || !assembler.hasRoomFor(from)) {
      return Begun.NO_ROOM;
    }
    WireMessage.Compact compact = arrival.compact();
    ItemNames names = new ItemNames.Shortened(arrival.id(), compact);
    PartialBlock partial =
        new PartialBlock(arrival.id(), compact.header(), compact.proof(), names, from);
    List<IndexedItem> prefilled = compact.prefilled();
    for (int i = 0; i < prefilled.size(); i++) {
      IndexedItem item = prefilled.get(i);
      boolean _ = partial.take(item.index(), arrival.prefilled().get(i), item.payload());
    }
    assembler.begin(relayed(partial, nowNanos), holders, false, nowNanos);
    return Begun.TAKEN;
  }

  /**
   * An outline of a block has come whose header is good.
   *
   * @param holders who else has told us of it
   */
  public Begun begin(
      Neighbour from, OutlineArrival arrival, Set<Neighbour> holders, long nowNanos) {
    WireMessage.Outline outline = arrival.outline();
    if (format == null || !assembler.hasRoomFor(from)) {
      return Begun.NO_ROOM; // Before all ids are hashed.
    }
    if (!format.commitsTo(outline.header(), outline.ids())) {
      return Begun.FALSE;
    }
    ItemNames names = new ItemNames.Full(outline.ids());
    PartialBlock partial =
        new PartialBlock(arrival.id(), outline.header(), outline.proof(), names, from);
    assembler.begin(relayed(partial, nowNanos), holders, true, nowNanos);
    return Begun.TAKEN;
  }

  private RelayedBlock relayed(PartialBlock partial, long nowNanos) {
    RelayedBlock block = new RelayedBlock(partial, nowNanos);
    block.getting().addAll(unwanted.apply(block.id()));
    return block;
  }

  /** Another peer has sent a block that is being put together. */
  public void another(Neighbour from, CompactArrival arrival, long nowNanos) {
    RelayedBlock block = blocks.find(arrival.id());
    if (block != null) {
      List<IndexedItem> items = arrival.compact().prefilled();
      assembler.take(block, from, items, arrival.prefilled(), nowNanos);
      comesTo(from, arrival.id(), nowNanos);
    }
  }

  /** A peer has a block that is known here. */
  public void told(Neighbour peer, MessageId id, long nowNanos) {
    RelayedBlock block = blocks.find(id);
    if (block != null && peer.isConnected()) {
      block.holders().add(peer);
      assembler.mayServe(peer, block, nowNanos);
    }
  }

  /** A peer has sent a block that is known here without its items: it has, or is getting, them. */
  public void comesTo(Neighbour peer, MessageId id, long nowNanos) {
    RelayedBlock block = blocks.find(id);
    if (block != null && peer.isConnected()) {
      block.getting().add(peer);
      assembler.mayServe(peer, block, nowNanos);
    }
  }

  /** A peer does not want to be sent a block that is known here. */
  public void unwanted(Neighbour peer, MessageId id) {
    RelayedBlock block = blocks.find(id);
    if (block != null && peer.isConnected()) {
      block.getting().add(peer);
    }
  }

  /** Items have come. Those that nobody misses any more are dropped. */
  public void itemsArrived(Neighbour from, ItemsArrival arrival, long nowNanos) {
    RelayedBlock block = blocks.find(arrival.message().block());
    if (block != null) {
      assembler.take(block, from, arrival.message().items(), arrival.ids(), nowNanos);
    }
  }

  /** The blocks that could not be put together since the last call. */
  public List<Whole> takeFailed() {
    return assembler.takeFailed();
  }

  /**
   * A block was put together.
   *
   * @return null if nobody waits for it any more
   */
  public @Nullable RelayedBlock reconstructed(MessageId id, boolean whole, long nowNanos) {
    RelayedBlock block = blocks.find(id);
    if (block == null || !block.isCompleted()) {
      return null;
    }
    if (!whole) {
      assembler.fail(block, nowNanos);
      return null;
    }
    return block;
  }

  /** A block was judged, and is not told on: it is not put together any more. */
  public void notToldOn(MessageId id, long nowNanos) {
    RelayedBlock block = blocks.find(id);
    if (block != null && block.isOpen()) {
      assembler.drop(block, nowNanos);
    }
  }

  // ---- blocks that go

  /**
   * What is to be kept of a block that is about to be handed to the application, which then forgets
   * which of its items have waited; null if it is of one piece, or too large to be kept: it travels
   * whole then.
   */
  public @Nullable RelayedBlock prepare(
      Delivery accepted, @Nullable Neighbour from, long nowNanos) {
    BlockParts parts = accepted.parts();
    if (format == null || parts == null) {
      return null;
    }
    RelayedBlock known = blocks.find(accepted.id());
    RelayedBlock block =
        known != null && known.block().isComplete()
            ? known
            : relayed(PartialBlock.whole(accepted.id(), parts, format, from), nowNanos);
    if (!blocks.mayKeep(block)) {
      if (known != null) {
        blocks.remove(known);
      }
      return null;
    }
    return block.equals(known) ? known : cameWhole(block, known, from);
  }

  private RelayedBlock cameWhole(
      RelayedBlock block, @Nullable RelayedBlock known, @Nullable Neighbour from) {
    if (from != null) {
      block.holders().add(from);
    }
    if (known != null) {
      block.succeed(known);
      teller.forget(known);
    }
    return block;
  }

  /**
   * The application has taken a block: peers hear of it, or can ask for its items at least.
   *
   * @param holders who has told us that they have it
   * @param old whether most peers are likely to have it: then somebody else announces it
   */
  public void accepted(RelayedBlock block, Set<Neighbour> holders, boolean old, long nowNanos) {
    block.holders().addAll(holders);
    block.accepted();
    blocks.accepted(block);
    replies.arrived(block.id(), block.block().present());
    if (!old) {
      teller.accepted(block, nowNanos);
    }
  }

  /** An accepted block for a peer that has asked for it so; null if it is old, or of one piece. */
  public @Nullable WireMessage find(MessageId id) {
    RelayedBlock block = blocks.find(id);
    return block == null || block.isOpen() ? null : block.withoutItems(draws.nextLong());
  }

  public void itemsRequested(Neighbour peer, MessageId block, List<ItemRange> ranges) {
    replies.requested(peer, block, ranges);
  }

  // ---- time

  /** Does what is due. */
  public void timePassed(long nowNanos) {
    teller.timePassed(nowNanos);
    if (look.strikes(nowNanos)) {
      assembler.timePassed(nowNanos);
    }
  }

  /** Sends what was asked for, and sees to it that this is called again in time. */
  public void finish(Alarm alarm, long nowNanos) {
    if (replies.isReady() && replies.serve(nowNanos)) {
      alarm.by(nowNanos);
    }
    teller.dueNanos().ifPresent(alarm::by);
    if (!blocks.open().isEmpty()) {
      look.wind(alarm, nowNanos);
    }
  }

  public RelayCounters counters() {
    return assembler.counters();
  }
}
