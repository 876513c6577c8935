package dev.waggle.domain.relay;

import dev.waggle.domain.chance.Draws;
import dev.waggle.domain.neighbour.Neighbour;
import dev.waggle.domain.time.Alarm;
import dev.waggle.domain.time.Tick;
import dev.waggle.ports.gossip.BlockFormat;
import dev.waggle.ports.gossip.BlockParts;
import dev.waggle.ports.gossip.Delivery;
import dev.waggle.ports.wire.Feature;
import dev.waggle.ports.wire.IndexedItem;
import dev.waggle.ports.wire.ItemRange;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.WireMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Relays blocks without the items that peers have already (PROTOCOL §8.4, after BIP 152).
 *
 * <p>A block whose header was found good is put together from what waits here, what came along, and
 * what peers are asked for; then it is judged like one that came whole. It is sent on unasked to
 * the peers that wish for that, by rank, and announced to the others a little later, if they have
 * not told us meanwhile that they have it.
 *
 * <p>Owned by the node thread. Where an application's blocks are of one piece, nothing happens in
 * here.
 */
public final class CompactRelay {
  /** Blocks that one peer may have us put together at a time. */
  static final int MAX_OPEN_PER_PEER = 2;

  /** How long a block may be put together, however slowly its items come. */
  static final Duration MAX_OPEN_TIME = Duration.ofSeconds(30);

  /** When all peers hear of a block that they have not told us of: hardly any lacks it by then. */
  static final Duration TELL_ALL_AFTER = Duration.ofSeconds(5);

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

  private final RelaySettings settings;
  private final @Nullable BlockFormat format;
  private final Reconstructor reconstructor;
  private final List<Neighbour> neighbours;
  private final Function<MessageId, List<Neighbour>> unwanted;
  private final Draws draws;
  private final Providers providers = new Providers();
  private final EarlyTrust trust = new EarlyTrust();
  private final Map<Neighbour, Integer> ranks = new LinkedHashMap<>();
  private final LinkedHashMap<MessageId, RelayedBlock> blocks = new LinkedHashMap<>();
  private final Schedule schedule = new Schedule();
  private final ItemReplies replies;
  private final List<Whole> failed = new ArrayList<>();
  private final Tick look = new Tick(LOOK_EVERY);
  private long pushed;
  private long completeAtOnce;
  private long completeAfterAsking;
  private long fellBack;

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
    this.settings = settings;
    this.format = format;
    this.reconstructor = reconstructor;
    this.neighbours = neighbours;
    this.unwanted = unwanted;
    this.draws = draws;
    this.replies =
        new ItemReplies(
            new ItemReplies.Source() {
              @Override
              public int count(MessageId block) {
                RelayedBlock known = blocks.get(block);
                return known == null ? 0 : known.block().count();
              }

              @Override
              public BlockParts.@Nullable Item find(MessageId block, int index) {
                RelayedBlock known = blocks.get(block);
                return known == null ? null : known.block().item(index);
              }
            });
  }

  /** Whether blocks come and go without their items between us and this peer. */
  public static boolean speaksWith(Neighbour peer) {
    return peer.has(Feature.COMPACT_BLOCKS);
  }

  // ---- peers

  public void linked(Neighbour peer, long nowNanos) {
    replies.drained(peer);
    if (format != null) {
      providers.linked(peer, nowNanos);
    }
  }

  public void departed(Neighbour peer, long nowNanos) {
    ranks.remove(peer);
    providers.departed(peer, nowNanos);
    replies.departed(peer);
    schedule.departed(peer);
    for (RelayedBlock block : new ArrayList<>(blocks.values())) {
      block.departed(peer);
      Fetching fetching = block.fetching();
      if (fetching != null && block.stage() == RelayedBlock.Stage.FETCHED) {
        fetching.departed(peer);
        goOn(block, fetching, nowNanos);
      }
    }
  }

  public void drained(Neighbour peer) {
    replies.drained(peer);
  }

  /** A peer says how it wants to hear of blocks; see {@link WireMessage.SendCompact}. */
  public void wished(Neighbour peer, int rank) {
    if (rank == 0) {
      ranks.remove(peer);
    } else if (peer.isConnected()) {
      ranks.put(peer, rank);
    }
  }

  // ---- blocks that come

  /** Whether a block is being put together. */
  public boolean isOpen(MessageId id) {
    RelayedBlock block = blocks.get(id);
    return block != null && block.isOpen();
  }

  /**
   * A compact block has come whose header is good.
   *
   * @param holders who else has told us of it
   */
  public Begun begin(
      Neighbour from, CompactArrival arrival, Set<Neighbour> holders, long nowNanos) {
    WireMessage.Compact compact = arrival.compact();
    ItemNames names = new ItemNames.Shortened(arrival.id(), compact);
    PartialBlock partial =
        new PartialBlock(arrival.id(), compact.header(), compact.proof(), names, from);
    if (format == null || !hasRoomFor(from)) {
      return Begun.NO_ROOM;
    }
    takePrefilled(partial, arrival);
    begin(partial, from, holders, false, nowNanos);
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
    if (format == null || !format.commitsTo(outline.header(), outline.ids())) {
      return Begun.FALSE;
    }
    if (!hasRoomFor(from)) {
      return Begun.NO_ROOM;
    }
    ItemNames names = new ItemNames.Full(outline.ids());
    PartialBlock partial =
        new PartialBlock(arrival.id(), outline.header(), outline.proof(), names, from);
    begin(partial, from, holders, true, nowNanos);
    return Begun.TAKEN;
  }

  private boolean hasRoomFor(Neighbour from) {
    int open = 0;
    int ofPeer = 0;
    for (RelayedBlock block : blocks.values()) {
      open += block.isOpen() ? 1 : 0;
      ofPeer += block.isOpen() && from.equals(block.block().first()) ? 1 : 0;
    }
    return open < settings.maxOpen() && ofPeer < MAX_OPEN_PER_PEER;
  }

  private static void takePrefilled(PartialBlock partial, CompactArrival arrival) {
    List<IndexedItem> prefilled = arrival.compact().prefilled();
    for (int i = 0; i < prefilled.size(); i++) {
      partial.take(
          prefilled.get(i).index(), arrival.prefilled().get(i), prefilled.get(i).payload());
    }
  }

  /**
   * Puts a block together.
   *
   * @param named whether all of its items' ids are known, and are what the header commits to
   */
  private void begin(
      PartialBlock partial, Neighbour from, Set<Neighbour> holders, boolean named, long nowNanos) {
    partial.takeCandidates(Objects.requireNonNull(format));
    Fetching fetching = new Fetching(partial, nowNanos);
    RelayedBlock block = new RelayedBlock(partial, fetching, nowNanos);
    block.getting().add(from); // It need not have all of it.
    block.getting().addAll(unwanted.apply(block.id()));
    block.holders().addAll(holders);
    blocks.put(partial.id(), block);
    tellOthersNotToSend(block, nowNanos);
    if (partial.isComplete()) {
      completeAtOnce++;
      complete(block, nowNanos);
      return;
    }
    completeAfterAsking++;
    if (named && trust.extendsTo(from, passedOnOpen(), nowNanos)) {
      passOn(block, nowNanos);
    }
    fetching.has(from, nowNanos);
    for (Neighbour holder : holders) {
      fetching.has(holder, nowNanos);
    }
    limitBytes(nowNanos);
  }

  private int passedOnOpen() {
    int open = 0;
    for (RelayedBlock block : blocks.values()) {
      open += block.isOpen() && block.isPassedOn() ? 1 : 0;
    }
    return open;
  }

  /** Those who would send it unasked need not. */
  private void tellOthersNotToSend(RelayedBlock block, long nowNanos) {
    WireMessage notice = new WireMessage.IDontWant(List.of(block.id()));
    for (Neighbour provider : providers.chosen()) {
      if (!block.isSpared(provider) && provider.has(Feature.EARLY_NOTICES)) {
        boolean _ = provider.send(notice, nowNanos);
      }
    }
  }

  /** Another peer has sent a block that is being put together. */
  public void another(Neighbour from, CompactArrival arrival, long nowNanos) {
    RelayedBlock block = blocks.get(arrival.id());
    if (block == null) {
      return;
    }
    if (block.stage() == RelayedBlock.Stage.FETCHED) {
      List<IndexedItem> items = arrival.compact().prefilled();
      take(block, from, items, arrival.prefilled(), nowNanos);
    }
    comesTo(from, arrival.id(), nowNanos);
  }

  /** A peer has a block that is known here. */
  public void told(Neighbour peer, MessageId id, long nowNanos) {
    RelayedBlock block = blocks.get(id);
    if (block != null && peer.isConnected()) {
      block.holders().add(peer);
      mayServe(peer, block, nowNanos);
    }
  }

  /** A peer has sent a block that is known here without its items: it has, or is getting, them. */
  public void comesTo(Neighbour peer, MessageId id, long nowNanos) {
    RelayedBlock block = blocks.get(id);
    if (block != null && peer.isConnected()) {
      block.getting().add(peer);
      mayServe(peer, block, nowNanos);
    }
  }

  private static void mayServe(Neighbour peer, RelayedBlock block, long nowNanos) {
    Fetching fetching = block.fetching();
    if (fetching != null && block.stage() == RelayedBlock.Stage.FETCHED && speaksWith(peer)) {
      fetching.has(peer, nowNanos);
    }
  }

  /** A peer does not want to be sent a block that is known here. */
  public void unwanted(Neighbour peer, MessageId id) {
    RelayedBlock block = blocks.get(id);
    if (block != null && peer.isConnected()) {
      block.getting().add(peer);
    }
  }

  /** Items have come. Those that nobody misses any more are dropped. */
  public void itemsArrived(Neighbour from, ItemsArrival arrival, long nowNanos) {
    RelayedBlock block = blocks.get(arrival.message().block());
    if (block != null && block.stage() == RelayedBlock.Stage.FETCHED) {
      take(block, from, arrival.message().items(), arrival.ids(), nowNanos);
    }
  }

  private void take(
      RelayedBlock block,
      Neighbour from,
      List<IndexedItem> items,
      List<MessageId> ids,
      long nowNanos) {
    Fetching fetching = Objects.requireNonNull(block.fetching());
    boolean any = false;
    for (int i = 0; i < items.size(); i++) {
      IndexedItem item = items.get(i);
      if (block.block().take(item.index(), ids.get(i), item.payload())) {
        fetching.arrived(item.index(), from, nowNanos);
        any = true;
      }
    }
    if (any) {
      replies.arrived(block.id());
      goOn(block, fetching, nowNanos);
      limitBytes(nowNanos);
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

  /** Of what was fetched, no more is held than may be: the block that holds most gives way. */
  private void limitBytes(long nowNanos) {
    long total = 0;
    RelayedBlock largest = null;
    for (RelayedBlock block : blocks.values()) {
      if (block.isOpen()) {
        total += block.block().fetchedBytes();
        boolean larger =
            largest == null || block.block().fetchedBytes() > largest.block().fetchedBytes();
        largest = larger && block.stage() == RelayedBlock.Stage.FETCHED ? block : largest;
      }
    }
    if (total > settings.maxOpenBytes() && largest != null) {
      fail(largest, nowNanos);
    }
  }

  /** All items are here. If each of them was accepted by itself, others need not wait for more. */
  private void complete(RelayedBlock block, long nowNanos) {
    PartialBlock partial = block.block();
    if (!Objects.requireNonNull(format).commitsTo(partial.header(), partial.ids())) {
      fail(block, nowNanos);
      return;
    }
    block.stage(RelayedBlock.Stage.COMPLETED);
    if (partial.foreign().isEmpty()) {
      passOn(block, nowNanos);
    }
    Neighbour first = Objects.requireNonNull(partial.first());
    reconstructor.reconstruct(new Reconstruction(block.id(), partial.parts(), first.id()));
  }

  /** It is asked for whole. */
  private void fail(RelayedBlock block, long nowNanos) {
    fellBack++;
    failed.add(new Whole(block.id(), block.sources()));
    drop(block, nowNanos);
  }

  private void drop(RelayedBlock block, long nowNanos) {
    Neighbour first = block.block().first();
    if (block.isPassedOn() && first != null) {
      trust.disappointedBy(first, nowNanos);
    }
    remove(block);
  }

  private void remove(RelayedBlock block) {
    blocks.remove(block.id());
    schedule.forget(block);
    replies.forget(block.id());
  }

  /** The blocks that could not be put together since the last call. */
  public List<Whole> takeFailed() {
    if (failed.isEmpty()) {
      return List.of();
    }
    List<Whole> all = new ArrayList<>(failed);
    failed.clear();
    return all;
  }

  /**
   * A block was put together.
   *
   * @return who was the first to send it, and who else has it; null if nobody waits for it any more
   */
  public @Nullable RelayedBlock reconstructed(MessageId id, boolean whole, long nowNanos) {
    RelayedBlock block = blocks.get(id);
    if (block == null || block.stage() != RelayedBlock.Stage.COMPLETED) {
      return null;
    }
    if (!whole) {
      fail(block, nowNanos);
      return null;
    }
    return block;
  }

  /** A block was judged, and not accepted. */
  public void notAccepted(MessageId id, long nowNanos) {
    RelayedBlock block = blocks.get(id);
    if (block != null && block.isOpen()) {
      drop(block, nowNanos);
    }
  }

  // ---- blocks that go

  /**
   * What is to be kept of a block that is about to be handed to the application, which then forgets
   * which of its items have waited; null if it is of one piece.
   */
  public @Nullable RelayedBlock prepare(Delivery accepted, @Nullable Neighbour from, long now) {
    RelayedBlock known = blocks.get(accepted.id());
    BlockParts parts = accepted.parts();
    if (format == null || parts == null) {
      return null;
    }
    if (known != null && known.block().isComplete()) {
      return known;
    }
    PartialBlock whole = PartialBlock.whole(accepted.id(), parts, format, from);
    RelayedBlock fresh = new RelayedBlock(whole, null, now);
    fresh.getting().addAll(unwanted.apply(fresh.id()));
    if (from != null) {
      fresh.holders().add(from);
    }
    if (known != null) {
      fresh.holders().addAll(known.holders());
      fresh.getting().addAll(known.getting());
      fresh.served().addAll(known.served());
      remove(known);
    }
    return fresh;
  }

  /**
   * The application has taken a block: peers hear of it, or can ask for its items at least.
   *
   * @param holders who has told us that they have it
   * @param old whether most peers are likely to have it: then somebody else announces it
   */
  public void accepted(RelayedBlock block, Set<Neighbour> holders, boolean old, long nowNanos) {
    block.holders().addAll(holders);
    Neighbour first = block.block().first();
    block.stage(RelayedBlock.Stage.ACCEPTED);
    blocks.putLast(block.id(), block);
    replies.arrived(block.id());
    if (!old) {
      if (first != null) {
        providers.wasFirst(first, nowNanos);
      }
      if (!block.isPassedOn()) {
        passOn(block, nowNanos);
      }
      announce(block, nowNanos);
    }
    forgetOld();
  }

  /** Sends it to those who wish for that, or will if they have not got it by then. */
  private void passOn(RelayedBlock block, long nowNanos) {
    block.passedOn();
    if (block.block().first() == null) {
      // Nobody has it yet, and hardly anybody waits for blocks of ours: it must get away from here.
      for (Neighbour peer : neighbours) {
        if (speaksWith(peer)) {
          sendUnasked(block, peer, nowNanos);
        }
      }
      return;
    }
    ranks.forEach(
        (peer, rank) -> {
          if (rank == 1) {
            sendUnasked(block, peer, nowNanos);
          } else {
            long delay = (rank - 1) * settings.rankDelay().toNanos();
            schedule.send(nowNanos + delay, peer, block);
          }
        });
  }

  /**
   * Where most items had to be fetched, all others hear of it at once: they are fetching them too,
   * and have one more to ask. Otherwise those are told later who are getting it, but may fail, and
   * some of the others, so that those whose providers have failed them hear of it from one or the
   * other of their peers; and the rest, if they have told us nothing, when it must be that they
   * lack it or nobody has told anybody.
   */
  private void announce(RelayedBlock block, long nowNanos) {
    List<Neighbour> soon = new ArrayList<>();
    List<Neighbour> others = new ArrayList<>();
    for (Neighbour peer : neighbours) {
      if (speaksWith(peer) && !block.holders().contains(peer)) {
        if (block.isMostlyForeign()) {
          announce(block, peer, nowNanos);
        } else if (block.getting().contains(peer)) {
          soon.add(peer);
        } else {
          others.add(peer);
        }
      }
    }
    draws.shuffle(others);
    int count = Math.min((int) Math.ceil(Math.sqrt(neighbours.size())), others.size());
    soon.addAll(others.subList(0, count));
    long delay = settings.announceDelay().toNanos();
    soon.forEach(peer -> schedule.tell(nowNanos + delay, peer, block));
    List<Neighbour> rest = others.subList(count, others.size());
    rest.forEach(peer -> schedule.tell(nowNanos + TELL_ALL_AFTER.toNanos(), peer, block));
  }

  private static void announce(RelayedBlock block, Neighbour peer, long nowNanos) {
    boolean knows = block.holders().contains(peer) || block.served().contains(peer);
    if (!knows && peer.send(new WireMessage.Announce(List.of(block.id())), nowNanos)) {
      block.served().add(peer);
    }
  }

  private void sendUnasked(RelayedBlock block, Neighbour peer, long nowNanos) {
    if (block.isSpared(peer)) {
      return;
    }
    if (peer.send(block.withoutItems(draws.nextLong()), nowNanos)) {
      pushed++;
      block.served().add(peer);
    } else if (!block.isOpen()) { // What is not here yet is not promised.
      announce(block, peer, nowNanos);
    }
  }

  private void forgetOld() {
    int count = 0;
    long bytes = 0;
    List<RelayedBlock> youngestFirst = new ArrayList<>(blocks.sequencedValues().reversed());
    for (RelayedBlock block : youngestFirst) {
      if (!block.isOpen()) {
        count++;
        bytes += block.block().bytes();
        if (count > 1 && (count > settings.maxRecent() || bytes > settings.maxRecentBytes())) {
          remove(block);
        }
      }
    }
  }

  /** An accepted block for a peer that has asked for it so; null if it is old, or of one piece. */
  public @Nullable WireMessage find(MessageId id) {
    RelayedBlock block = blocks.get(id);
    return block == null || block.isOpen() ? null : block.withoutItems(draws.nextLong());
  }

  public void itemsRequested(Neighbour peer, MessageId block, List<ItemRange> ranges) {
    replies.requested(peer, block, ranges);
  }

  // ---- time

  /** Does what is due. */
  public void timePassed(long nowNanos) {
    for (Schedule.Entry due = schedule.takeDue(nowNanos);
        due != null;
        due = schedule.takeDue(nowNanos)) {
      if (due.sent() && ranks.containsKey(due.peer())) {
        sendUnasked(due.block(), due.peer(), nowNanos);
      } else if (!due.block().isOpen()) {
        announce(due.block(), due.peer(), nowNanos);
      }
    }
    if (look.strikes(nowNanos)) {
      for (RelayedBlock block : new ArrayList<>(blocks.values())) {
        lookAfter(block, nowNanos);
      }
    }
  }

  private void lookAfter(RelayedBlock block, long nowNanos) {
    Fetching fetching = block.fetching();
    if (fetching == null || block.stage() != RelayedBlock.Stage.FETCHED) {
      return;
    }
    fetching.timePassed(nowNanos);
    boolean late = nowNanos - block.sinceNanos() >= MAX_OPEN_TIME.toNanos();
    if (late || !fetching.isHopeful(nowNanos)) {
      fail(block, nowNanos);
    }
  }

  /** Sends what was asked for, and sees to it that this is called again in time. */
  public void finish(Alarm alarm, long nowNanos) {
    if (replies.isReady() && replies.serve(nowNanos)) {
      alarm.by(nowNanos);
    }
    schedule.dueNanos().ifPresent(alarm::by);
    for (RelayedBlock block : blocks.values()) {
      if (block.stage() == RelayedBlock.Stage.FETCHED) {
        look.wind(alarm, nowNanos);
        return;
      }
    }
  }

  public RelayCounters counters() {
    int open = 0;
    long openBytes = 0;
    for (RelayedBlock block : blocks.values()) {
      open += block.isOpen() ? 1 : 0;
      openBytes += block.isOpen() ? block.block().fetchedBytes() : 0;
    }
    return new RelayCounters(
        pushed, completeAtOnce, completeAfterAsking, fellBack, replies.sent(), open, openBytes);
  }
}
