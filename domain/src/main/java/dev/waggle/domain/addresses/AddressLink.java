package dev.waggle.domain.addresses;

import dev.waggle.ports.IpAddress;
import dev.waggle.ports.IpEndpoint;
import dev.waggle.ports.node.LinkId;
import dev.waggle.ports.wire.AddressRecord;
import dev.waggle.ports.wire.WireMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was told, and may still be told, over one link about addresses. */
final class AddressLink {
  /** Addresses that a peer may tell unasked: one in ten seconds. */
  static final Duration TOKEN_EVERY = Duration.ofSeconds(10);

  /** And at once at most, if it was asked. */
  static final int MAX_TOKENS = WireMessage.MAX_ADDRESSES;

  /** Addresses that the peer is known to know. */
  private static final int MAX_KNOWN = 512;

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
  private final Map<IpEndpoint, Boolean> known = new LinkedHashMap<>();
  private final List<AddressRecord> pending = new ArrayList<>();
  private long creditNanos = TOKEN_EVERY.toNanos();
  private long filledNanos;
  private boolean answered;
  private boolean observed;
  private final Map<IpEndpoint, Long> ownDueNanos = new LinkedHashMap<>();

  AddressLink(LinkId id, boolean outbound, IpEndpoint remote, IpAddress local, long nowNanos) {
    this.id = id;
    this.outbound = outbound;
    this.remote = remote;
    this.local = local;
    this.filledNanos = nowNanos;
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

  /** This node has asked: as many as an answer may have are welcome. */
  void asked() {
    creditNanos = MAX_TOKENS * TOKEN_EVERY.toNanos();
  }

  /** How many of {@code wanted} more addresses of this peer are taken. */
  int takeTokens(int wanted, long nowNanos) {
    long fullNanos = MAX_TOKENS * TOKEN_EVERY.toNanos();
    creditNanos = Math.min(fullNanos, creditNanos + Math.min(fullNanos, nowNanos - filledNanos));
    filledNanos = nowNanos;
    int taken = (int) Math.min(wanted, creditNanos / TOKEN_EVERY.toNanos());
    creditNanos -= taken * TOKEN_EVERY.toNanos();
    return taken;
  }

  /** Whether the peer's question is its first. */
  boolean takeTurn() {
    boolean first = !answered;
    answered = true;
    return first;
  }

  /** Whether the peer says for the first time where it sees this node. */
  boolean takeObservation() {
    boolean first = !observed;
    observed = true;
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

  /** What is to be told now. */
  List<AddressRecord> takePending() {
    List<AddressRecord> taken = new ArrayList<>(pending);
    pending.clear();
    return taken;
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
