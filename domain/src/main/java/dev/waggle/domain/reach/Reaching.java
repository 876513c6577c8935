package dev.waggle.domain.reach;

import dev.waggle.domain.addresses.DialledBack;
import dev.waggle.domain.addresses.OwnAddress;
import dev.waggle.domain.chance.Draws;
import dev.waggle.domain.punch.Outlook;
import dev.waggle.domain.time.Alarm;
import dev.waggle.ports.IpEndpoint;
import dev.waggle.ports.PeerAddress;
import dev.waggle.ports.nat.Mapping;
import dev.waggle.ports.node.LinkId;
import dev.waggle.ports.node.Links;
import dev.waggle.ports.node.PeerInfo;
import dev.waggle.ports.node.PeerObserver;
import dev.waggle.ports.node.Reachability;
import dev.waggle.ports.operator.ReachStatus;
import dev.waggle.ports.wire.DialOutcome;
import dev.waggle.ports.wire.WireMessage;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Whether others can dial this node: it has peers try, and tries for them (PROTOCOL §9.9).
 *
 * <p>Owned by one thread. Connections that were dialled back belong to nobody else.
 */
public final class Reaching implements DialledBack, Outlook {
  private final OwnPort ownPort;
  private final Mappings mappings;
  private final Candidates candidates;
  private final Asker asker;
  private final Awaited awaited;
  private final DialBacks dialBacks;
  private final Alarm alarm;
  private long seenNanos; // The time of the last event.
  private boolean stopped;

  /**
   * Of a node without links.
   *
   * @param own what it knows of its own address
   * @param reaches whether its network is where an address leads
   * @param mayDial whether it would dial an address by its own choice, at some time
   */
  public Reaching(
      OwnAddress own,
      ReachSettings settings,
      Predicate<IpEndpoint> reaches,
      BiPredicate<IpEndpoint, Long> mayDial,
      Links links,
      PeerObserver observer,
      Draws draws,
      Alarm alarm) {
    this.ownPort = new OwnPort(own, settings);
    this.mappings = new Mappings(observer, alarm);
    this.candidates = new Candidates(own, ownPort, mappings, reaches, observer);
    this.asker = new Asker(candidates, ownPort, reaches, links, draws, alarm);
    this.awaited = new Awaited(links, alarm);
    this.dialBacks =
        new DialBacks(
            links,
            (endpoint, nowNanos) ->
                candidates.find(endpoint) == null && mayDial.test(endpoint, nowNanos),
            alarm);
    this.alarm = alarm;
  }

  /** The node knows where it listens. */
  public void start(long nowNanos) {
    ownAddressChanged(nowNanos);
  }

  /** What leaves from the port at which the node listens. */
  public OwnPort ownPort() {
    return ownPort;
  }

  // ---- links of the node

  /** A link is in use now. One whose ends are no IP addresses takes no part. */
  public void linked(LinkId id, PeerInfo info, long nowNanos) {
    IpEndpoint remote = IpEndpoint.of(info.remote());
    if (remote != null && !stopped) {
      seenNanos = nowNanos;
      ownPort.linked(id, info, remote);
      dialBacks.linked(id, info, remote);
      asker.linked(id, info, remote, nowNanos);
    }
  }

  /** A link is not in use any more. */
  public void unlinked(LinkId id, long nowNanos) {
    seenNanos = nowNanos;
    ownPort.unlinked(id, nowNanos);
    dialBacks.unlinked(id);
    asker.unlinked(id);
  }

  /** A peer that this node has dialled says where it sees it. */
  public void observed(LinkId id, IpEndpoint seen, long nowNanos) {
    ownPort.observed(id, seen);
    asker.observed(id, seen.address());
    ownAddressChanged(nowNanos);
  }

  private void ownAddressChanged(long nowNanos) {
    seenNanos = nowNanos;
    candidates.refresh(nowNanos);
    asker.askDue(nowNanos);
  }

  // ---- messages

  /** DialRequest. */
  public void requested(LinkId id, WireMessage.DialRequest request, long nowNanos) {
    if (!stopped) {
      dialBacks.requested(id, request, nowNanos);
    }
  }

  /** DialResponse. */
  public void answered(LinkId id, long nonce, DialOutcome outcome, long nowNanos) {
    seenNanos = nowNanos;
    asker.answered(id, nonce, outcome, nowNanos);
    alarm.by(nowNanos); // Others may have to be told.
  }

  /**
   * Something has come on a link that is none of the node's: on those dialled back it is heard.
   *
   * @param message null if it was dealt with before it came here, and is no DialBack
   */
  public void received(LinkId id, @Nullable WireMessage message, long nowNanos) {
    seenNanos = nowNanos;
    Ask ask = awaited.received(id, message instanceof WireMessage.DialBack told ? told : null);
    if (ask != null) {
      asker.dialledBack(ask, nowNanos);
      alarm.by(nowNanos); // Others are to be told.
    }
    var _ = dialBacks.received(id);
  }

  // ---- connections that were dialled back

  /**
   * Takes a connection that was dialled because a peer has asked for it, on either side.
   *
   * @param dialled the address whose dial it was, or null if the peer has dialled
   * @return whether it is one; it is no link of the node then
   */
  public boolean takes(LinkId id, PeerInfo info, @Nullable PeerAddress dialled, long nowNanos) {
    if (dialled != null) {
      return dialBacks.established(dialled, id, info, nowNanos);
    }
    Ask ask = stopped ? null : asker.connected(info.id(), nowNanos);
    if (ask != null) {
      awaited.add(id, ask, nowNanos);
    }
    return ask != null;
  }

  /** A connection is gone; it need not be one of these. */
  public void closed(LinkId id) {
    awaited.closed(id);
    var _ = dialBacks.closed(id);
  }

  /** A dial has failed; returns whether it was for a peer that had asked for it. */
  public boolean dialFailed(PeerAddress address, long nowNanos) {
    return dialBacks.failed(address, nowNanos);
  }

  public void timePassed(long nowNanos) {
    seenNanos = nowNanos;
    mappings.timePassed(nowNanos);
    candidates.refresh(nowNanos);
    asker.timePassed(nowNanos);
    awaited.timePassed(nowNanos);
    dialBacks.timePassed(nowNanos);
  }

  /** Asks and dials for nobody from now on. */
  public void stop() {
    stopped = true;
    awaited.stop();
    dialBacks.stop();
  }

  // ---- routers

  /** A router lets others through to the node, or does so for longer. */
  public void mapped(Mapping mapping, long nowNanos) {
    mappings.mapped(mapping, nowNanos);
    ownAddressChanged(nowNanos);
  }

  /** It does so no more. */
  public void mappingLost(Mapping mapping, String why, long nowNanos) {
    mappings.lost(mapping, why);
    ownAddressChanged(nowNanos);
  }

  /** No router does for now. */
  public void mappingFailed(String why) {
    mappings.failed(why);
  }

  // ---- what is known

  @Override
  public boolean isPrivate() {
    return candidates.state() == Reachability.PRIVATE;
  }

  @Override
  public @Nullable Seen seen(boolean ipv4) {
    return ownPort.seen(ipv4);
  }

  @Override
  public void dials(IpEndpoint endpoint, long nowNanos) {
    ownPort.punches(endpoint, nowNanos);
  }

  @Override
  public boolean canAsk() {
    return asker.canAsk(seenNanos);
  }

  @Override
  public Reachability of(IpEndpoint endpoint) {
    return candidates.of(endpoint);
  }

  @Override
  public List<IpEndpoint> reachable() {
    return candidates.reachable();
  }

  /** For the operator. */
  public ReachStatus status(ReachStatus.Punches punches, long nowNanos) {
    return new ReachStatus(
        candidates.state(), candidates.status(), mappings.all(nowNanos), punches);
  }
}
