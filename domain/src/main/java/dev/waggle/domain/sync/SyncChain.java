package dev.waggle.domain.sync;

import dev.waggle.domain.memory.MessageWeight;
import dev.waggle.domain.neighbour.Neighbour;
import dev.waggle.ports.gossip.Delivery;
import dev.waggle.ports.gossip.Examination;
import dev.waggle.ports.wire.MessageId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Blocks that follow an accepted one, by their headers, as peers have told of them: those that are
 * missing still, and the peers that serve them. Numbers count from the first block that was
 * missing.
 */
final class SyncChain {
  /** Headers that are known of blocks which are not accepted yet. */
  static final int MAX_AHEAD = 4096;

  /** When it is known less far ahead, more headers are asked for. */
  static final int LOW_AHEAD = 2048;

  /** Peers that serve one chain. */
  static final int MAX_SERVERS = 8;

  /** Of these, those that have dialled us. */
  static final int MAX_INBOUND_SERVERS = MAX_SERVERS / 2;

  private static final Duration A_MOMENT = Duration.ofSeconds(1);

  private record Spare(long end, long further) {}

  private final @Nullable SyncBlock[] blocks = new @Nullable SyncBlock[MAX_AHEAD];
  private final Map<Neighbour, Server> servers = new LinkedHashMap<>();

  /** Peers that have it as well, but no place: how far, and how many follow by their word. */
  private final Map<Neighbour, Spare> spare = new LinkedHashMap<>();

  /** When peers were asked last where they stand. */
  private final Map<Neighbour, Long> askedNanos = new LinkedHashMap<>();

  private final BlockSizes sizes;
  private long head;
  private long end;
  private long firstMissing;
  private boolean newHead = true;
  private MessageId lastId;
  private @Nullable Examination last;
  private long progressNanos;
  private long heldBytes;

  /**
   * A chain without blocks.
   *
   * @param after the block that it follows
   * @param maxHeldBytes that all chains together may hold
   */
  SyncChain(MessageId after, long maxHeldBytes, long nowNanos) {
    this.sizes = new BlockSizes(maxHeldBytes);
    this.lastId = after;
    this.progressNanos = nowNanos;
  }

  /** The number of the first block that is not accepted. */
  long head() {
    return head;
  }

  /** The number of the block of which nobody has told yet. */
  long end() {
    return end;
  }

  boolean isEmpty() {
    return head == end;
  }

  /** How many headers more may be taken. */
  int room() {
    return (int) (MAX_AHEAD - (end - head));
  }

  boolean isLow() {
    return end - head < LOW_AHEAD;
  }

  /**
   * The last block that is known by its header; the one that the chain follows, if there is none.
   */
  MessageId lastId() {
    return lastId;
  }

  /** What was found out about the headers that end with the last one; null if there are none. */
  @Nullable Examination last() {
    return last;
  }

  /** A block that is not accepted yet. */
  SyncBlock at(long number) {
    return Objects.requireNonNull(blocks[slot(number)]);
  }

  private static int slot(long number) {
    return (int) (number % MAX_AHEAD);
  }

  /** Adds a block, for which there is room. */
  SyncBlock add(MessageId id, Neighbour teller) {
    SyncBlock block = new SyncBlock(this, end, id, teller);
    blocks[slot(end)] = block;
    end++;
    lastId = id;
    return block;
  }

  /** What was found out about the headers that were added last. */
  void examined(Examination examination) {
    last = examination;
  }

  /** The first block is done with. */
  void advance(long nowNanos) {
    blocks[slot(head)] = null;
    head++;
    newHead = true;
    firstMissing = Math.max(firstMissing, head);
    progressNanos = nowNanos;
  }

  /** Whether there is a first block that was not looked at yet; it is now. */
  boolean takeNewHead() {
    boolean any = newHead && !isEmpty();
    newHead &= isEmpty();
    return any;
  }

  void lookAtHeadAgain() {
    newHead = true;
  }

  /** When a block was accepted last, or the chain begun. */
  long progressNanos() {
    return progressNanos;
  }

  /** Whether a block of it was accepted a moment ago. */
  boolean isComingIn(long nowNanos) {
    return head > 0 && nowNanos - progressNanos < A_MOMENT.toNanos();
  }

  /** No block before this one is missing and asked of nobody. */
  long firstMissing() {
    return firstMissing;
  }

  void nothingMissesBefore(long number) {
    firstMissing = number;
  }

  /** Nobody is asked for this block any more, or it is gone again. */
  void misses(SyncBlock block) {
    firstMissing = Math.min(firstMissing, block.number());
  }

  /** The number of the first block that is too far ahead to be asked for. */
  long windowEnd() {
    return Math.min(end, head + sizes.window());
  }

  BlockSizes sizes() {
    return sizes;
  }

  /** Bytes of blocks that are here before the ones that they follow: not of the first one. */
  long heldBytes() {
    Delivery first = isEmpty() ? null : at(head).delivery();
    return first == null ? heldBytes : heldBytes - bytes(first);
  }

  /** A block has come. */
  void hold(SyncBlock block, Delivery delivery, Neighbour from) {
    block.hold(delivery, from);
    heldBytes += bytes(delivery);
    sizes.came(bytes(delivery));
  }

  /** A block is held no more. */
  void letGo(SyncBlock block) {
    Delivery delivery = block.delivery();
    if (delivery != null) {
      block.drop();
      heldBytes -= bytes(delivery);
    }
  }

  private static long bytes(Delivery delivery) {
    return MessageWeight.bytes(delivery.message())
        + MessageWeight.bytes(delivery.parts())
        + delivery.examination().heldBytes();
  }

  /** There is no room for the last one that is held: it is missing again. */
  void dropLastHeld() {
    for (long number = end - 1; number > head; number--) {
      SyncBlock block = at(number);
      if (block.delivery() != null) {
        letGo(block);
        misses(block);
        return;
      }
    }
    throw new IllegalStateException("nothing is held");
  }

  // ---- the peers that serve it

  @Nullable Server server(Neighbour peer) {
    return servers.get(peer);
  }

  Iterable<Server> servers() {
    return servers.values();
  }

  /** Those whose blocks come soonest first: they are asked for what is needed next. */
  List<Server> fastestFirst() {
    List<Server> sorted = new ArrayList<>(servers.values());
    sorted.sort(Comparator.comparingLong(Server::paceNanos));
    return sorted;
  }

  int serverCount() {
    return servers.size();
  }

  /** Whether one that the node has dialled serves it. */
  boolean isChosen() {
    for (Server server : servers.values()) {
      if (server.peer().isOutbound()) {
        return true;
      }
    }
    return false;
  }

  /** Whether there is a place for a peer; half of them are for those that the node has dialled. */
  boolean hasPlaceFor(Neighbour peer) {
    if (servers.size() >= MAX_SERVERS) {
      return false;
    }
    int inbound = 0;
    for (Server server : servers.values()) {
      inbound += server.peer().isOutbound() ? 0 : 1;
    }
    return peer.isOutbound() || inbound < MAX_INBOUND_SERVERS;
  }

  /** A peer has the chain: it serves it, if there is a place. */
  void serve(Neighbour peer, long itsEnd, long further) {
    Server known = servers.get(peer);
    if (known != null) {
      known.has(itsEnd, further);
    } else if (hasPlaceFor(peer)) {
      spare.remove(peer);
      servers.put(peer, new Server(peer, itsEnd, further));
    } else {
      spare.put(peer, new Spare(itsEnd, further));
    }
  }

  /**
   * Those that have sent least lately, if that is little, make place for those that have waited
   * longest for it, half of them at most: so nobody can keep others from a chain by serving it
   * badly.
   */
  void rotate() {
    List<Server> worstFirst = new ArrayList<>(servers.values());
    worstFirst.sort(Comparator.comparingLong(Server::broughtLately));
    long most = worstFirst.isEmpty() ? 0 : worstFirst.getLast().broughtLately();
    for (Server server : worstFirst.subList(0, (worstFirst.size() + 1) / 2)) {
      if (!spare.isEmpty() && isBad(server, most)) {
        replace(server);
      }
    }
    servers.values().forEach(Server::forgetLately);
  }

  private static boolean isBad(Server server, long most) {
    return server.broughtLately() < most / 4 || server.limit() < Server.FIRST_LIMIT;
  }

  private void replace(Server worst) {
    leave(worst.peer());
    for (Neighbour next : new ArrayList<>(spare.keySet())) {
      Spare its = spare.get(next);
      if (its != null && hasPlaceFor(next)) {
        serve(next, its.end(), its.further());
        break;
      }
    }
    serve(worst.peer(), worst.end(), worst.further());
  }

  /** A peer knows of no block more, whatever it says. */
  void hasNoFurther(Neighbour peer) {
    Server server = servers.get(peer);
    if (server != null) {
      server.hasNoFurther();
    }
  }

  /** A peer serves it no more; what it was asked for is missing again. */
  void leave(Neighbour peer) {
    spare.remove(peer);
    Server server = servers.remove(peer);
    if (server != null) {
      takeBack(server);
    }
  }

  void departed(Neighbour peer) {
    leave(peer);
    askedNanos.remove(peer);
  }

  /** What a peer was asked for is asked of nobody. */
  void takeBack(Server server) {
    for (long number = head; server.asked() > 0 && number < end; number++) {
      SyncBlock block = at(number);
      if (server.equals(block.asked())) {
        takeBack(block);
      }
    }
  }

  /** A block that somebody was asked for is asked of nobody. */
  void takeBack(SyncBlock block) {
    Server asked = block.asked();
    if (asked != null) {
      asked.takeBack();
      block.askNobody();
      misses(block);
    }
  }

  /** Whether a peer serves it, or waits for a place to. */
  boolean has(Neighbour peer) {
    return servers.containsKey(peer) || spare.containsKey(peer);
  }

  /** Whether a peer was asked within so long where it stands. */
  boolean wasAsked(Neighbour peer, long withinNanos, long nowNanos) {
    Long since = askedNanos.get(peer);
    return since != null && nowNanos - since < withinNanos;
  }

  void asked(Neighbour peer, long nowNanos) {
    askedNanos.put(peer, nowNanos);
  }
}
