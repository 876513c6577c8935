package dev.waggle.domain.addresses;

import dev.waggle.ports.IpAddress;
import dev.waggle.ports.IpEndpoint;
import dev.waggle.ports.node.LinkId;
import dev.waggle.ports.wire.AddressRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was told, and may still be told, over one link about addresses. */
final class AddressLink {
  /** Addresses that the peer is known to know. */
  private static final int MAX_KNOWN = 512;

  /** Addresses that wait to be told; more are dropped: they come to the peer in other ways. */
  private static final int MAX_PENDING = 64;

  private final LinkId id;
  private final boolean outbound;
  private final IpEndpoint remote;
  private final IpAddress local;
  private final Map<IpEndpoint, Boolean> known = new LinkedHashMap<>();
  private final List<AddressRecord> pending = new ArrayList<>();
  private final AddressTokens theirs;
  private final AddressTokens ours;
  private boolean answered;
  private @Nullable IpEndpoint ownTold;
  private long ownDueNanos;

  AddressLink(LinkId id, boolean outbound, IpEndpoint remote, IpAddress local, long nowNanos) {
    this.id = id;
    this.outbound = outbound;
    this.remote = remote;
    this.local = local;
    this.theirs = new AddressTokens(nowNanos);
    this.ours = new AddressTokens(nowNanos);
  }

  LinkId id() {
    return id;
  }

  /** Whether this node has dialled. */
  boolean isOutbound() {
    return outbound;
  }

  IpEndpoint remote() {
    return remote;
  }

  IpAddress local() {
    return local;
  }

  /** Counts what the peer tells. */
  AddressTokens theirs() {
    return theirs;
  }

  /** Counts what this node tells, as the peer does. */
  AddressTokens ours() {
    return ours;
  }

  /** Whether the peer's question is its first. */
  boolean takeTurn() {
    boolean first = !answered;
    answered = true;
    return first;
  }

  /** The peer knows of an address. */
  void knows(IpEndpoint endpoint) {
    known.remove(endpoint);
    if (known.size() == MAX_KNOWN) {
      known.remove(known.keySet().iterator().next());
    }
    known.put(endpoint, true);
  }

  /** Has an address told with the next message, if the peer does not know it. */
  void tellLater(AddressRecord record) {
    if (!known.containsKey(record.endpoint()) && pending.size() < MAX_PENDING) {
      knows(record.endpoint());
      pending.add(record);
    }
  }

  /** What may be told now; the rest waits. */
  List<AddressRecord> takePending(long nowNanos) {
    List<AddressRecord> taken = new ArrayList<>();
    while (taken.size() < pending.size() && ours.take(nowNanos)) {
      taken.add(pending.get(taken.size()));
    }
    pending.subList(0, taken.size()).clear();
    return taken;
  }

  boolean hasPending() {
    return !pending.isEmpty();
  }

  /** Whether to tell of this node's own address now. */
  boolean isOwnDue(IpEndpoint own, long nowNanos) {
    return !own.equals(ownTold) || nowNanos - ownDueNanos >= 0;
  }

  void toldOwn(IpEndpoint own, long nextNanos) {
    ownTold = own;
    ownDueNanos = nextNanos;
  }
}
