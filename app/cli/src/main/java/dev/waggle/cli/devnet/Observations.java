package dev.waggle.cli.devnet;

import dev.waggle.chain.AcceptedBlock;
import dev.waggle.cli.events.Event;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.node.Direction;
import dev.waggle.ports.node.PeerInfo;
import dev.waggle.ports.wire.MessageId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What the nodes of a devnet have seen so far. Safe from any thread; waiting is woken by events.
 */
final class Observations {
  private static final long NOT_YET = Long.MIN_VALUE;

  private final int nodes;
  private final Lock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /** Who each node is. */
  private final @Nullable PeerId[] ids;

  /** By node, how many links it has to each peer. */
  private final List<Map<PeerId, Integer>> links = new ArrayList<>();

  /** By node, how many links of its own dialling it has. */
  private final int[] dialled;

  /** When each node accepted a block. */
  private final Map<MessageId, long[]> arrivals = new HashMap<>();

  /** What each accepted block is like. */
  private final Map<MessageId, AcceptedBlock> blocks = new HashMap<>();

  private final TreeSet<String> suites = new TreeSet<>();
  private final TreeSet<String> codecs = new TreeSet<>();

  /** The first node that failed; the others may follow from that. */
  private final CompletableFuture<FailedNode> failure = new CompletableFuture<>();

  Observations(int nodes) {
    this.nodes = nodes;
    this.ids = new @Nullable PeerId[nodes];
    this.dialled = new int[nodes];
    for (int node = 0; node < nodes; node++) {
      links.add(new HashMap<>());
    }
  }

  /** Takes note of what happened to a node. */
  void observe(int node, Event event, long nowNanos) {
    lock.lock();
    try {
      switch (event) {
        case Event.PeerConnected(PeerInfo peer) -> {
          links.get(node).merge(peer.id(), 1, Integer::sum);
          dialled[node] += isDialled(peer);
          suites.add(peer.suite());
          codecs.add(peer.codec());
        }
        case Event.PeerDisconnected(PeerInfo peer, var _) -> {
          links.get(node).computeIfPresent(peer.id(), (_, n) -> n == 1 ? null : n - 1);
          dialled[node] -= isDialled(peer);
        }
        case Event.BlockAccepted e -> {
          arrivals(e.block().id())[node] = nowNanos;
          blocks.put(e.block().id(), e.block());
        }
        case Event.Listening e -> ids[node] = e.peerId();
        case Event.DialFailed _,
            Event.BlockRejected _,
            Event.TransactionAccepted _,
            Event.StoreFailed _,
            Event.StoreRecovered _,
            Event.CatchingUp _,
            Event.CaughtUp _,
            Event.OfReach _,
            Event.EventsDropped _ -> {
          return;
        }
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** How many transactions a block has; 0 if nobody has accepted it. */
  int transactions(MessageId block) {
    AcceptedBlock accepted = accepted(block);
    return accepted == null ? 0 : accepted.transactions();
  }

  /** How many bytes a block has; 0 if nobody has accepted it. */
  int bytes(MessageId block) {
    AcceptedBlock accepted = accepted(block);
    return accepted == null ? 0 : accepted.bytes();
  }

  private @Nullable AcceptedBlock accepted(MessageId block) {
    lock.lock();
    try {
      return blocks.get(block);
    } finally {
      lock.unlock();
    }
  }

  /** Takes note of what ended a node. */
  void nodeFailed(int node, Throwable why) {
    failure.complete(new FailedNode(node, why));
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Completes with the first node that has failed, if any does. */
  CompletionStage<FailedNode> failure() {
    return failure.minimalCompletionStage();
  }

  /** The first node that has failed, or null. */
  @Nullable FailedNode failed() {
    return failure.getNow(null);
  }

  /**
   * Waits until a node is known to have failed.
   *
   * @return false if the deadline passed before
   */
  boolean awaitFailure(long deadlineNanos) throws InterruptedException {
    return await(failure::isDone, deadlineNanos, () -> {});
  }

  private long[] arrivals(MessageId block) {
    return arrivals.computeIfAbsent(
        block,
        _ -> {
          long[] none = new long[nodes];
          Arrays.fill(none, NOT_YET);
          return none;
        });
  }

  /** How many pairs of nodes are linked now, and know of it at both ends. */
  int links() {
    return locked(
        () -> {
          int pairs = 0;
          for (int node = 1; node < nodes; node++) {
            for (int other = 0; other < node; other++) {
              pairs += knows(node, other) && knows(other, node) ? 1 : 0;
            }
          }
          return pairs;
        });
  }

  private static int isDialled(PeerInfo peer) {
    return peer.direction() == Direction.OUTBOUND ? 1 : 0;
  }

  /**
   * How many nodes have found enough others: they have dialled as many as they want, or are linked
   * with all that there are; in a network where hardly all could do that, with half of them.
   *
   * @param target how many each wants to dial
   */
  int joined(int target) {
    int others = nodes - 1;
    int enough = others > 2 * target ? others : (others + 1) / 2;
    return locked(
        () -> {
          int joined = 0;
          for (int node = 0; node < nodes; node++) {
            joined += dialled[node] >= target || linkedWith(node) >= enough ? 1 : 0;
          }
          return joined;
        });
  }

  private int linkedWith(int node) {
    int linked = 0;
    for (int other = 0; other < nodes; other++) {
      linked += knows(node, other) && knows(other, node) ? 1 : 0;
    }
    return linked;
  }

  private boolean knows(int node, int other) {
    return ids[other] != null && links.get(node).containsKey(ids[other]);
  }

  /** The suites of all links there have been. */
  List<String> suites() {
    return locked(() -> List.copyOf(suites));
  }

  List<String> codecs() {
    return locked(() -> List.copyOf(codecs));
  }

  int reached(MessageId block) {
    return nodes - missing(block).size();
  }

  /** The nodes that have not accepted a block. */
  List<Integer> missing(MessageId block) {
    return locked(
        () -> {
          long[] times = arrivals(block);
          return IntStream.range(0, nodes).filter(n -> times[n] == NOT_YET).boxed().toList();
        });
  }

  /** How long after its miner each other node accepted a block, in ascending order. */
  long[] delaysNanos(MessageId block, int miner) {
    return locked(
        () -> {
          long[] times = arrivals(block);
          return IntStream.range(0, nodes)
              .filter(node -> node != miner && times[node] != NOT_YET)
              .mapToLong(node -> times[node] - times[miner])
              .sorted()
              .toArray();
        });
  }

  /**
   * Waits until {@code condition} holds.
   *
   * @param onChange is called after each event, without the lock
   * @return false if the deadline passed before, or a node has failed
   */
  boolean await(BooleanSupplier condition, long deadlineNanos, Runnable onChange)
      throws InterruptedException {
    while (true) {
      onChange.run();
      lock.lockInterruptibly();
      try {
        if (condition.getAsBoolean()) {
          return true;
        }
        if (failure.isDone()) {
          return false;
        }
        if (changed.awaitNanos(deadlineNanos - System.nanoTime()) <= 0) {
          return condition.getAsBoolean();
        }
      } finally {
        lock.unlock();
      }
    }
  }

  private <T> T locked(Supplier<T> read) {
    lock.lock();
    try {
      return read.get();
    } finally {
      lock.unlock();
    }
  }
}
