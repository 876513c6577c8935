package dev.waggle.domain.gossip;

import dev.waggle.domain.neighbour.Neighbour;
import dev.waggle.ports.gossip.GossipApplication;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.WireMessage;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What peers have asked for and not been sent yet (PROTOCOL §8.2).
 *
 * <p>A message is looked up when it can be sent, not when it is asked for: who asks for much and
 * reads nothing costs us its ids. Peers take turns, of one message each; one whose link takes no
 * more is passed over until we hear that it does, or a while later.
 */
final class Replies {
  /** Ids that wait for one peer: one full Request. With 125 peers 12 MiB, 96 bytes each. */
  static final int MAX_PER_PEER = WireMessage.MAX_IDS;

  /** Ids looked up for one event, so that the node hears of others in between. */
  static final int MAX_LOOKUPS = 256;

  /**
   * Bytes read from the application for one event: some milliseconds of a disk. One message is
   * always read.
   */
  static final long MAX_READ_BYTES = 1024 * 1024;

  /** What a kept message costs beyond its payload. */
  private static final long OVERHEAD_BYTES = 256;

  /** How long nobody may have read anything before what is kept is dropped. */
  private static final Duration KEEP = Duration.ofSeconds(60);

  private final GossipApplication application;
  private final MessageCache cache;
  private final Function<MessageId, @Nullable WireMessage> compact;
  private final long maxKeptBytes;
  private final Map<Neighbour, LinkedHashMap<MessageId, Boolean>> queues = new LinkedHashMap<>();
  private final Set<Neighbour> ready = new LinkedHashSet<>();
  private final LinkedHashMap<MessageId, GossipMessage> kept = new LinkedHashMap<>();
  private long keptBytes;
  private long lastReadNanos;
  private int lookups;
  private long readBytes;
  private long served;
  private long dropped;

  /**
   * Nobody has asked for anything yet.
   *
   * @param cache the messages accepted lately, which are looked up there first
   * @param compact finds a block without its items
   * @param maxKeptBytes of what was read from the application, for the next who asks for it
   */
  Replies(
      GossipApplication application,
      MessageCache cache,
      Function<MessageId, @Nullable WireMessage> compact,
      long maxKeptBytes) {
    this.application = application;
    this.cache = cache;
    this.compact = compact;
    this.maxKeptBytes = maxKeptBytes;
  }

  /**
   * A peer asks. What waits for it already is not noted twice.
   *
   * @param withoutItems whether blocks are to be sent without their items, if they can be
   */
  void requested(Neighbour peer, List<MessageId> ids, boolean withoutItems) {
    if (!peer.isConnected()) {
      return; // A link that is being closed may still speak, but nothing is sent on it.
    }
    boolean fresh = !queues.containsKey(peer);
    LinkedHashMap<MessageId, Boolean> queue =
        queues.computeIfAbsent(peer, _ -> new LinkedHashMap<>());
    for (MessageId id : ids) {
      if (queue.size() < MAX_PER_PEER || queue.containsKey(id)) {
        queue.merge(id, withoutItems, Boolean::logicalAnd);
      } else {
        dropped++;
      }
    }
    if (queue.isEmpty()) {
      queues.remove(peer);
    } else if (fresh) {
      ready.add(peer);
    }
  }

  /** The peer's link may take more now. */
  void drained(Neighbour peer) {
    if (queues.containsKey(peer)) {
      ready.add(peer);
    }
  }

  void departed(Neighbour peer) {
    queues.remove(peer);
    ready.remove(peer);
  }

  /** Whether there is somebody to try to send to. */
  boolean isReady() {
    return !ready.isEmpty();
  }

  /** Whether time could change anything. */
  boolean isIdle() {
    return queues.isEmpty() && kept.isEmpty();
  }

  /**
   * Sends as much as the links take, in turn, and no more than one event may cost.
   *
   * @return whether more could be sent at once
   */
  boolean serve(long nowNanos) {
    lookups = 0;
    readBytes = 0;
    while (!ready.isEmpty()) {
      if (lookups >= MAX_LOOKUPS || readBytes >= MAX_READ_BYTES) {
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

  /**
   * Sends the peer the first message that there is of those it wants.
   *
   * @return whether it wants more
   */
  private boolean serveOne(Neighbour peer, long nowNanos) {
    LinkedHashMap<MessageId, Boolean> queue = queues.get(peer);
    if (queue == null) {
      return false;
    }
    boolean sent = false;
    while (!sent && !queue.isEmpty() && lookups < MAX_LOOKUPS) {
      Map.Entry<MessageId, Boolean> next = queue.pollFirstEntry();
      WireMessage message = find(next.getKey(), next.getValue(), nowNanos);
      sent = message != null && send(peer, message, nowNanos);
    }
    if (queue.isEmpty()) {
      queues.remove(peer);
    }
    return !queue.isEmpty();
  }

  private boolean send(Neighbour peer, WireMessage message, long nowNanos) {
    if (peer.send(message, nowNanos)) {
      peer.served(1);
      served++;
    } else {
      dropped++; // It asks again, somebody else first.
    }
    return true;
  }

  private @Nullable WireMessage find(MessageId id, boolean withoutItems, long nowNanos) {
    WireMessage block = withoutItems ? compact.apply(id) : null;
    GossipMessage whole = block == null ? find(id, nowNanos) : null;
    return whole == null ? block : new WireMessage.Gossip(whole);
  }

  private @Nullable GossipMessage find(MessageId id, long nowNanos) {
    lookups++;
    GossipMessage message = cache.find(id);
    if (message == null) {
      message = kept.get(id);
    }
    return message == null ? read(id, nowNanos) : message;
  }

  private @Nullable GossipMessage read(MessageId id, long nowNanos) {
    GossipMessage message = application.find(id);
    if (message != null) {
      lastReadNanos = nowNanos;
      readBytes += message.payload().length();
      kept.put(id, message);
      keptBytes += cost(message);
      while (keptBytes > maxKeptBytes) {
        keptBytes -= cost(kept.pollFirstEntry().getValue());
      }
    }
    return message;
  }

  private static long cost(GossipMessage message) {
    return message.payload().length() + OVERHEAD_BYTES;
  }

  /** Tries everybody again, and drops what was read for peers of whom none has come lately. */
  void sweep(long nowNanos) {
    ready.addAll(queues.keySet());
    if (nowNanos - lastReadNanos >= KEEP.toNanos()) {
      kept.clear();
      keptBytes = 0;
    }
  }

  /** Messages sent on request. */
  long served() {
    return served;
  }

  /** Messages not sent for want of room. */
  long dropped() {
    return dropped;
  }
}
