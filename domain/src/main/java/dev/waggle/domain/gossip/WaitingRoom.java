package dev.waggle.domain.gossip;

import dev.waggle.domain.peers.Neighbour;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.MessageId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Messages that cannot be judged before another one is accepted (PROTOCOL §8.3).
 *
 * <p>A node that comes late walks back a chain: it is told of the tip, asks for the tip's parent,
 * for the parent's parent, and so on, and each of these waits here. Room is bounded, the chain is
 * not. So when payloads take too many bytes, the oldest ones are dropped, and only what they wait
 * for is remembered: they can be asked for again when it is there. When there are too many entries,
 * the second oldest goes. The oldest stays: it is the tip, from which the walk begins again once
 * what lies at its end has been accepted, each time a piece nearer. Room is made at the expense of
 * the peer that takes most of it, so that one peer's inventions do not drive out what others sent.
 */
final class WaitingRoom {
  /** Peers remembered as having a message: enough to ask for what it waits for. */
  static final int MAX_HOLDERS = 8;

  /** What an entry costs beyond its payload. */
  private static final long OVERHEAD_BYTES = 512;

  /** A message, or what is left of it, and what it waits for. */
  static final class Waiting {
    private final MessageId id;
    private final MessageId missing;
    private final Neighbour from;
    private final Set<Neighbour> holders;
    private @Nullable GossipMessage message;

    /**
     * Describes a message that is about to wait.
     *
     * @param from who sent it, and is to blame for it
     * @param holders other peers that have it
     */
    Waiting(
        MessageId id,
        MessageId missing,
        GossipMessage message,
        Neighbour from,
        Set<Neighbour> holders) {
      this.id = id;
      this.missing = missing;
      this.message = message;
      this.from = from;
      this.holders = new LinkedHashSet<>();
      this.holders.add(from);
      holders.forEach(this::addHolder);
    }

    MessageId id() {
      return id;
    }

    MessageId missing() {
      return missing;
    }

    Neighbour from() {
      return from;
    }

    /** Peers that have the message, the sender included. */
    Set<Neighbour> holders() {
      return holders;
    }

    void addHolder(Neighbour peer) {
      if (holders.size() < MAX_HOLDERS) {
        holders.add(peer);
      }
    }

    /** The message, or null if only its id was kept. */
    @Nullable GossipMessage message() {
      return message;
    }

    private long bytes() {
      return message == null ? 0 : message.payload().length() + OVERHEAD_BYTES;
    }
  }

  /**
   * What one peer has in here, each part in the order of arrival, and the stubs older than the
   * rest.
   */
  private static final class Share {
    private final LinkedHashMap<MessageId, Waiting> stubs = new LinkedHashMap<>();
    private final LinkedHashMap<MessageId, Waiting> whole = new LinkedHashMap<>();
    private long bytes;
    private long progressNanos;

    private int count() {
      return stubs.size() + whole.size();
    }

    /** The second oldest; where there are only two, the oldest, lest the newest be lost at once. */
    private Waiting victim() {
      int passed = count() > 2 ? 1 : 0;
      for (LinkedHashMap<MessageId, Waiting> part : List.of(stubs, whole)) {
        for (Waiting waiting : part.values()) {
          if (passed-- == 0) {
            return waiting;
          }
        }
      }
      throw new IllegalStateException("a share is never empty");
    }
  }

  private final int maxCount;
  private final long maxBytes;
  private final long maxAgeNanos;
  private final Map<MessageId, Waiting> entries = new LinkedHashMap<>();
  private final Map<MessageId, Set<Waiting>> byMissing = new LinkedHashMap<>();
  private final Map<Neighbour, Share> shares = new LinkedHashMap<>();
  private long bytes;

  WaitingRoom(GossipSettings settings) {
    this.maxCount = settings.waitingMaxCount();
    this.maxBytes = settings.waitingMaxBytes();
    this.maxAgeNanos = settings.waitingMaxAge().toNanos();
  }

  int size() {
    return entries.size();
  }

  boolean isEmpty() {
    return entries.isEmpty();
  }

  @Nullable Waiting find(MessageId id) {
    return entries.isEmpty() ? null : entries.get(id);
  }

  /** Takes in a message that is not here yet, and makes room for it. */
  void add(Waiting waiting, long nowNanos) {
    entries.put(waiting.id, waiting);
    byMissing.computeIfAbsent(waiting.missing, _ -> new LinkedHashSet<>()).add(waiting);
    Share share = shares.computeIfAbsent(waiting.from, _ -> new Share());
    share.whole.put(waiting.id, waiting);
    share.bytes += waiting.bytes();
    share.progressNanos = nowNanos;
    bytes += waiting.bytes();
    while (entries.size() > maxCount) {
      remove(largestByCount().victim());
    }
    while (bytes > maxBytes) {
      stripOldest(largestByBytes());
    }
  }

  private Share largestByCount() {
    Share largest = shares.values().iterator().next();
    for (Share share : shares.values()) {
      largest = share.count() > largest.count() ? share : largest;
    }
    return largest;
  }

  private Share largestByBytes() {
    Share largest = shares.values().iterator().next();
    for (Share share : shares.values()) {
      largest = share.bytes > largest.bytes ? share : largest;
    }
    return largest;
  }

  /** Keeps of the share's oldest whole message the id only. */
  private void stripOldest(Share share) {
    Waiting oldest = share.whole.pollFirstEntry().getValue();
    share.bytes -= oldest.bytes();
    bytes -= oldest.bytes();
    oldest.message = null;
    share.stubs.put(oldest.id, oldest);
  }

  private void remove(Waiting waiting) {
    entries.remove(waiting.id);
    Set<Waiting> siblings = byMissing.get(waiting.missing);
    if (siblings != null && siblings.remove(waiting) && siblings.isEmpty()) {
      byMissing.remove(waiting.missing);
    }
    leaveShare(waiting);
  }

  private void leaveShare(Waiting waiting) {
    bytes -= waiting.bytes();
    Share share = shares.get(waiting.from);
    if (share == null) {
      return;
    }
    share.bytes -= waiting.bytes();
    share.whole.remove(waiting.id);
    share.stubs.remove(waiting.id);
    if (share.count() == 0) {
      shares.remove(waiting.from);
    }
  }

  /** Removes and returns those that waited for {@code id}, in the order of their arrival. */
  List<Waiting> release(MessageId id, long nowNanos) {
    Set<Waiting> released = entries.isEmpty() ? null : byMissing.remove(id);
    if (released == null) {
      return List.of();
    }
    for (Waiting waiting : released) {
      entries.remove(waiting.id);
      Share share = shares.get(waiting.from);
      if (share != null) {
        share.progressNanos = nowNanos;
      }
      leaveShare(waiting);
    }
    return new ArrayList<>(released);
  }

  /**
   * Removes all that waited for {@code id}, for those, and so on.
   *
   * @return their ids
   */
  List<MessageId> condemn(MessageId id, long nowNanos) {
    List<MessageId> condemned = new ArrayList<>();
    Deque<MessageId> roots = new ArrayDeque<>();
    roots.add(id);
    while (!roots.isEmpty()) {
      for (Waiting waiting : release(roots.poll(), nowNanos)) {
        condemned.add(waiting.id);
        roots.add(waiting.id);
      }
    }
    return condemned;
  }

  /** For each message that is missing and not here itself, one of those that wait for it. */
  List<Waiting> stalled() {
    List<Waiting> stalled = new ArrayList<>();
    for (Map.Entry<MessageId, Set<Waiting>> entry : byMissing.entrySet()) {
      if (!entries.containsKey(entry.getKey())) {
        stalled.add(entry.getValue().iterator().next());
      }
    }
    return stalled;
  }

  /**
   * Gives up all that a peer has sent, if nothing was added to it or released from it for too long.
   * A walk may take longer than that, and begins again at what has waited longest, so a message's
   * own age does not count.
   */
  void expire(long nowNanos) {
    for (Share share : new ArrayList<>(shares.values())) {
      if (nowNanos - share.progressNanos >= maxAgeNanos) {
        new ArrayList<>(share.stubs.values()).forEach(this::remove);
        new ArrayList<>(share.whole.values()).forEach(this::remove);
      }
    }
  }
}
