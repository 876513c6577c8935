package dev.waggle.domain.gossip;

import dev.waggle.domain.neighbour.Neighbour;
import dev.waggle.ports.wire.MessageId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.PriorityQueue;
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
 *
 * <p>Messages for which it is too early wait here as well, each until its time.
 */
final class WaitingRoom {
  /**
   * Messages of others for which one peer is remembered as having them too; of more, the last ones.
   * It is there to be asked for what these wait for, and one that it has told us of lately is
   * enough for that. Per peer and not per message, lest eight keep the ninth from being asked.
   */
  static final int MAX_HELD = 64;

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
  private final Map<Neighbour, Set<Waiting>> held = new LinkedHashMap<>();
  private final PriorityQueue<Waiting> early =
      new PriorityQueue<>((one, other) -> Long.signum(one.dueNanos() - other.dueNanos()));
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
  void add(Waiting waiting, Iterable<Neighbour> holders, long nowNanos) {
    entries.put(waiting.id(), waiting);
    if (waiting.missing() == null) {
      early.add(waiting);
    } else {
      byMissing.computeIfAbsent(waiting.missing(), _ -> new LinkedHashSet<>()).add(waiting);
    }
    holders.forEach(holder -> addHolder(waiting, holder));
    Share share = shares.computeIfAbsent(waiting.from(), _ -> new Share());
    share.whole.put(waiting.id(), waiting);
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

  /** The peer has a message that waits here. */
  void addHolder(Waiting waiting, Neighbour peer) {
    if (waiting.holders().contains(peer) || !peer.isConnected()) {
      return;
    }
    Set<Waiting> ofPeer = held.computeIfAbsent(peer, _ -> new LinkedHashSet<>());
    if (ofPeer.size() >= MAX_HELD) {
      Waiting oldest = ofPeer.iterator().next();
      ofPeer.remove(oldest);
      oldest.holders().remove(peer);
    }
    ofPeer.add(waiting);
    waiting.holders().add(peer);
  }

  /** The peer is not to be asked any more; what it has sent still waits. */
  void departed(Neighbour peer) {
    Set<Waiting> ofPeer = held.remove(peer);
    if (ofPeer != null) {
      ofPeer.forEach(waiting -> waiting.holders().remove(peer));
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
    oldest.strip();
    share.stubs.put(oldest.id(), oldest);
  }

  private void remove(Waiting waiting) {
    MessageId missing = waiting.missing();
    Set<Waiting> siblings = missing == null ? null : byMissing.get(missing);
    if (siblings != null && siblings.remove(waiting) && siblings.isEmpty()) {
      byMissing.remove(missing);
    }
    leave(waiting);
  }

  /** Takes it out of everything but {@link #byMissing}. */
  private void leave(Waiting waiting) {
    entries.remove(waiting.id());
    if (waiting.missing() == null) {
      early.remove(waiting);
    }
    for (Neighbour holder : waiting.holders()) {
      Set<Waiting> ofPeer = held.get(holder);
      if (ofPeer != null && ofPeer.remove(waiting) && ofPeer.isEmpty()) {
        held.remove(holder);
      }
    }
    bytes -= waiting.bytes();
    Share share = shares.get(waiting.from());
    if (share == null) {
      return;
    }
    share.bytes -= waiting.bytes();
    share.whole.remove(waiting.id());
    share.stubs.remove(waiting.id());
    if (share.count() == 0) {
      shares.remove(waiting.from());
    }
  }

  /** Removes and returns those that waited for {@code id}, in the order of their arrival. */
  List<Waiting> release(MessageId id, long nowNanos) {
    Set<Waiting> released = entries.isEmpty() ? null : byMissing.remove(id);
    if (released == null) {
      return List.of();
    }
    for (Waiting waiting : released) {
      Share share = shares.get(waiting.from());
      if (share != null) {
        share.progressNanos = nowNanos;
      }
      leave(waiting);
    }
    return new ArrayList<>(released);
  }

  /** When the first message for which it was too early is to be judged again, if there is one. */
  OptionalLong dueNanos() {
    Waiting first = early.peek();
    return first == null ? OptionalLong.empty() : OptionalLong.of(first.dueNanos());
  }

  /** Removes and returns a message whose time has come, or null. */
  @Nullable Waiting takeDue(long nowNanos) {
    Waiting first = early.peek();
    if (first == null || nowNanos - first.dueNanos() < 0) {
      return null;
    }
    leave(first);
    return first;
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
        condemned.add(waiting.id());
        roots.add(waiting.id());
      }
    }
    return condemned;
  }

  /**
   * The messages that are missing and not here themselves, each with the peers that have sent or
   * announced what waits for it, however many others lie between.
   */
  Map<MessageId, Set<Neighbour>> stalled() {
    Map<MessageId, Set<Neighbour>> stalled = new LinkedHashMap<>();
    Map<MessageId, MessageId> ends = new LinkedHashMap<>();
    for (Waiting waiting : entries.values()) {
      MessageId end = end(waiting, ends);
      if (!entries.containsKey(end)) {
        Set<Neighbour> holders = stalled.computeIfAbsent(end, _ -> new LinkedHashSet<>());
        holders.add(waiting.from());
        holders.addAll(waiting.holders());
      }
    }
    return stalled;
  }

  /**
   * Follows what waits for what to the first message that is not here, or that waits for its time.
   *
   * @param ends where the messages passed by lead to; remembered, so that each is passed once
   */
  private MessageId end(Waiting start, Map<MessageId, MessageId> ends) {
    Set<MessageId> path = new LinkedHashSet<>();
    MessageId at = start.id();
    Waiting here = start;
    while (here != null && here.missing() != null && !ends.containsKey(at) && path.add(at)) {
      at = here.missing();
      here = entries.get(at);
    }
    MessageId end = ends.getOrDefault(at, at);
    path.forEach(passed -> ends.put(passed, end));
    return end;
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
