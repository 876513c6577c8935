package dev.waggle.domain.addresses;

import dev.waggle.domain.keyed.SipHash;
import dev.waggle.ports.IpAddress;
import dev.waggle.ports.IpEndpoint;
import dev.waggle.ports.node.LinkId;
import dev.waggle.ports.wire.AddressRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was told, and may still be told, over one link about addresses. */
final class AddressLink {
  /** Addresses that wait to be told; more are dropped: they come to the peer in other ways. */
  private static final int MAX_PENDING = 64;

  /**
   * Own addresses of which it is remembered when they were told: of IPv4, of IPv6, and old ones.
   */
  private static final int MAX_OWN = 4;

  private final LinkId id;
  private final boolean outbound;
  private final IpEndpoint remote;
  private final IpAddress local;
  private final SipHash keyed;
  private final KnownAddresses known = new KnownAddresses();
  private final List<AddressRecord> pending = new ArrayList<>();
  private final AddressTokens theirs;
  private final AddressTokens ours;
  private boolean answered;
  private boolean talks;
  private boolean observed;
  private final Map<IpEndpoint, Long> ownDueNanos = new LinkedHashMap<>();

  /**
   * A link over which nothing was told yet.
   *
   * @param keyed with this node's key, for what is remembered
   */
  AddressLink(
      LinkId id,
      boolean outbound,
      IpEndpoint remote,
      IpAddress local,
      SipHash keyed,
      long nowNanos) {
    this.id = id;
    this.outbound = outbound;
    this.remote = remote;
    this.local = local;
    this.keyed = keyed;
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
    talks = true;
    return first;
  }

  /** The peer has told of addresses. */
  void talks() {
    talks = true;
  }

  /**
   * Whether the peer has any use for addresses: who has dialled, and neither asked nor told, is
   * rather a node that does not discover, to which what is told is lost.
   */
  boolean isInterested() {
    return outbound || talks;
  }

  /** Whether the peer says for the first time where it sees this node. */
  boolean takeObservation() {
    boolean first = !observed;
    observed = true;
    return first;
  }

  /** The peer knows of an address. */
  void knows(IpEndpoint endpoint) {
    known.add(hash(endpoint));
  }

  private long hash(IpEndpoint endpoint) {
    return keyed.hash(endpoint.address().high(), endpoint.address().low(), endpoint.port());
  }

  /** Has an address told with the next message, if the peer does not know it. */
  void tellLater(AddressRecord record) {
    if (!known.contains(hash(record.endpoint())) && pending.size() < MAX_PENDING) {
      knows(record.endpoint());
      pending.add(record);
    }
  }

  /** What may be told now; the rest waits. */
  List<AddressRecord> takePending(long nowNanos) {
    int paid = ours.take(pending.size(), nowNanos);
    List<AddressRecord> taken = new ArrayList<>(pending.subList(0, paid));
    pending.subList(0, taken.size()).clear();
    return taken;
  }

  boolean hasPending() {
    return !pending.isEmpty();
  }

  /** Whether to tell of this node's own address now. */
  boolean isOwnDue(IpEndpoint own, long nowNanos) {
    Long dueNanos = ownDueNanos.get(own);
    return dueNanos == null || nowNanos - dueNanos >= 0;
  }

  void toldOwn(IpEndpoint own, long nextNanos) {
    ownDueNanos.remove(own);
    if (ownDueNanos.size() == MAX_OWN) {
      ownDueNanos.remove(ownDueNanos.keySet().iterator().next());
    }
    ownDueNanos.put(own, nextNanos);
  }
}
