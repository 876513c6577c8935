package dev.waggle.domain.peers;

import dev.waggle.domain.addresses.NetworkGroup;
import dev.waggle.ports.IpEndpoint;
import dev.waggle.ports.PeerAddress;
import dev.waggle.ports.PeerId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The peers that a node has reached itself, in the order in which it first did; in this order it
 * chooses whom to be linked with (PROTOCOL §9.1).
 *
 * <p>The idea is that of Tor's entry guards (Elahi and others, 2012): whoever draws anew from what
 * others tell, each time that a link ends, gives an attacker a new chance each time, and one that
 * never goes away wins in the end. A node that comes back to those whom it knew first gives one
 * chance, at the beginning; an attacker who comes later stands behind.
 *
 * <p>At most {@link #MAX}, one of each network group. Owned by one thread.
 */
final class Guards {
  /**
   * Enough that of those who are up at a time there are always eight; few enough that nobody is
   * wanted by all, since on the average each node is a guard of so many others.
   */
  static final int MAX = 64;

  private final List<Guard> inOrder = new ArrayList<>();
  private boolean anyReached;
  private long anyReachedNanos;

  /**
   * Takes up those whom the node had before a restart.
   *
   * @param reachedNanos when each was reached last
   */
  void restore(List<PeerAddress> before, ToLongFunction<IpEndpoint> reachedNanos, long nowNanos) {
    for (PeerAddress each : before) {
      IpEndpoint endpoint = IpEndpoint.of(each.endpoint());
      PeerId peer = each.pinned();
      if (endpoint != null && peer != null && find(peer) == null) {
        append(endpoint, peer, reachedNanos.applyAsLong(endpoint), nowNanos);
      }
    }
  }

  private void append(IpEndpoint endpoint, PeerId peer, long reachedNanos, long nowNanos) {
    NetworkGroup group = NetworkGroup.of(endpoint);
    if (inOrder.size() < MAX && inOrder.stream().noneMatch(each -> each.group().equals(group))) {
      inOrder.add(new Guard(endpoint, peer, reachedNanos, nowNanos));
    }
  }

  int size() {
    return inOrder.size();
  }

  /** All in their order, to be kept over a restart. */
  List<PeerAddress> addresses() {
    return inOrder.stream().map(Guard::address).toList();
  }

  /** Those before a rank, in their order. */
  List<Guard> before(int rank) {
    return inOrder.subList(0, Math.min(rank, inOrder.size()));
  }

  /** Where a peer stands, wherever it is linked: 0 is first; {@link #MAX} if it is no guard. */
  int rank(PeerId peer) {
    for (int i = 0; i < inOrder.size(); i++) {
      if (inOrder.get(i).peer().equals(peer)) {
        return i;
      }
    }
    return MAX;
  }

  @Nullable Guard find(IpEndpoint endpoint) {
    for (Guard each : inOrder) {
      if (each.endpoint().equals(endpoint)) {
        return each;
      }
    }
    return null;
  }

  private @Nullable Guard find(PeerId peer) {
    int rank = rank(peer);
    return rank == MAX ? null : inOrder.get(rank);
  }

  /** An address is about to be dialled for a link. */
  void attempted(IpEndpoint endpoint, long nowNanos) {
    Guard guard = find(endpoint);
    if (guard != null) {
      boolean counts = guard.wasNotCountedSince(anyReached ? anyReachedNanos : nowNanos);
      guard.attempted(counts, nowNanos);
    }
  }

  /**
   * {@code peer} has answered a dial, and proved itself: it becomes the last guard, if there is
   * room. One that was at another address, where nobody answers any more, keeps its rank.
   */
  void reached(IpEndpoint endpoint, PeerId peer, long nowNanos) {
    anyReached = true;
    anyReachedNanos = nowNanos;
    Guard there = find(endpoint);
    if (there != null && !there.peer().equals(peer)) {
      inOrder.remove(there);
    }
    inOrder.removeIf(each -> each.isWorthless(nowNanos));
    Guard known = find(peer);
    if (known == null) {
      append(endpoint, peer, nowNanos, nowNanos);
    } else if (known.endpoint().equals(endpoint)) {
      known.reached(nowNanos);
    } else if (known.isFailing() && mayMove(known, NetworkGroup.of(endpoint))) {
      known.moved(endpoint);
      known.reached(nowNanos);
    }
  }

  private boolean mayMove(Guard guard, NetworkGroup to) {
    return inOrder.stream().noneMatch(each -> each != guard && each.group().equals(to));
  }

  /** Somebody else has answered where a guard was: it is none any more. */
  void disowned(IpEndpoint endpoint) {
    inOrder.removeIf(each -> each.endpoint().equals(endpoint));
  }

  /** A peer has behaved so badly that it is no guard any more. */
  void distrusted(PeerId peer) {
    inOrder.removeIf(each -> each.peer().equals(peer));
  }
}
