package dev.waggle.simulator.node;

import dev.waggle.domain.admission.Permit;
import dev.waggle.domain.handshake.HandshakeFailure;
import dev.waggle.domain.memory.FairShares;
import dev.waggle.domain.memory.MessageWeight;
import dev.waggle.domain.peers.DialFailure;
import dev.waggle.domain.session.SessionFailure;
import dev.waggle.ports.Endpoint;
import dev.waggle.ports.PeerAddress;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.node.LinkId;
import dev.waggle.ports.node.Links;
import dev.waggle.ports.transport.CloseReason;
import dev.waggle.ports.transport.Connection;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.WireMessage;
import dev.waggle.simulator.fidelity.Channel;
import dev.waggle.simulator.fidelity.ChannelOutput;
import dev.waggle.simulator.network.Wire;
import dev.waggle.simulator.network.WireListener;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One side of a connection between two simulated nodes: between its wire and its node, as {@code
 * Link} and its owners in a real one.
 */
public final class LinkEnd implements WireListener, ChannelOutput {
  private static final long LINGER_NANOS = Connection.LINGER_MILLIS * 1_000_000L;

  private final RunningNode node;
  private final LinkId id;
  private final @Nullable PeerAddress dialled;
  private final @Nullable Permit permit;
  private final FairShares.Account incoming;
  private final FairShares.Account outgoingAccount;
  private final Outgoing outgoing;
  private @Nullable Wire wire;
  private @Nullable Channel channel;
  private @Nullable SessionFailure failure;
  private @Nullable CloseReason closeWhenSent;
  private @Nullable PeerId peer;
  private List<Integer> features = List.of();
  private boolean offered;
  private boolean established;
  private boolean closing;
  private boolean gone;
  private boolean writable = true;
  private boolean drainAwaited;
  private boolean sessionReads = true;
  private boolean inboxHasRoom = true;
  private long inboxBytes;
  private long lastHeardNanos;
  private long blockedSinceNanos = Links.NOT_BLOCKED;

  LinkEnd(RunningNode node, LinkId id, @Nullable PeerAddress dialled, @Nullable Permit permit) {
    this.node = node;
    this.id = id;
    this.dialled = dialled;
    this.permit = permit;
    boolean chosen = dialled != null;
    this.incoming = node.incoming().open(chosen, this::giveWay);
    this.outgoingAccount = node.outgoing().open(chosen, this::giveWay);
    this.outgoing = new Outgoing(node.outgoing(), outgoingAccount, node.memory().perLinkBytes());
    this.lastHeardNanos = node.nowNanos();
  }

  public LinkId id() {
    return id;
  }

  /** Whether this side has dialled. */
  public boolean isOutbound() {
    return dialled != null;
  }

  /** The address that was dialled, if this side did. */
  public @Nullable PeerAddress dialledAddress() {
    return dialled;
  }

  /** Whether this side answers the handshake: of two that have dialled each other one does. */
  boolean responds() {
    return !openWire().begins();
  }

  private Wire openWire() {
    return Objects.requireNonNull(wire, "no connection");
  }

  /** Where the other side is, as it is seen from here. */
  public Endpoint remoteEndpoint() {
    return at(node.endpointOf(remoteNode()), openWire().remotePort());
  }

  /** This side's end of the connection, as its machine knows it. */
  public Endpoint localEndpoint() {
    return at(node.endpointOf(node.number()), openWire().localPort());
  }

  private static Endpoint at(Endpoint usual, int port) {
    return port == 0 ? usual : new Endpoint(usual.host(), port);
  }

  /** The number of the node on the other side; -1 while there is no connection. */
  public int remoteNode() {
    return wire == null ? -1 : wire.remote().number();
  }

  /** Who is on the other side, proved; only if it is established. */
  public PeerId peer() {
    return Objects.requireNonNull(peer, "not established");
  }

  /** Whether a feature is in force on it (PROTOCOL §7.4). */
  public boolean has(int feature) {
    return features.contains(feature);
  }

  public boolean isEstablished() {
    return established;
  }

  /** Whether the connection is gone, or will be. */
  public boolean isGone() {
    return gone;
  }

  /** Whether the node has given it up, and hears no more of what it brings. */
  boolean isClosing() {
    return closing;
  }

  /** Bytes that wait to be sealed, beyond what was asked for. */
  public long unaskedQueuedBytes() {
    return outgoing.unaskedQueuedBytes();
  }

  // ---- the wire's events

  @Override
  public void opened(Wire opened) {
    wire = opened;
    lastHeardNanos = node.nowNanos();
    channel = node.newChannel(this);
    awaitDeadline();
    channel.start();
    node.takeEvents();
  }

  private void awaitDeadline() {
    Channel current = channel;
    if (current != null) {
      node.after(current.deadlineNanos() - node.nowNanos(), this::deadlinePassed);
    }
  }

  private void deadlinePassed() {
    Channel current = channel;
    if (current == null || gone) {
      return;
    }
    current.timePassed(node.nowNanos());
    if (failure == null) {
      awaitDeadline();
    }
  }

  @Override
  public void heard() {
    lastHeardNanos = node.nowNanos();
  }

  @Override
  public void received(Object content) {
    lastHeardNanos = node.nowNanos();
    Channel current = channel;
    if (current != null && !gone) {
      node.hold();
      current.received(content);
      node.release();
    }
  }

  @Override
  public void writable() {
    writable = true;
    blockedSinceNanos = Links.NOT_BLOCKED;
    drain();
    node.takeEvents();
  }

  @Override
  public void closed(CloseReason why) {
    letGo();
    if (permit != null) {
      node.reception().release(permit);
    }
    if (established) {
      node.linkClosed(this, why);
    } else if (dialled != null) {
      node.dialFailed(this, dialled, dialFailure(why));
    } else {
      node.forget(this);
    }
  }

  private DialFailure dialFailure(CloseReason why) {
    return failure instanceof SessionFailure.Handshake(var handshake)
        ? new DialFailure.HandshakeFailed(handshake)
        : new DialFailure.NotConnected(why);
  }

  /** The connection is gone, or will be: gives all memory back. Idempotent. */
  private void letGo() {
    if (gone) {
      return;
    }
    gone = true;
    outgoing.close();
    if (channel != null) {
      channel.close();
    }
    node.incoming().leave(incoming);
    node.outgoing().close(outgoingAccount);
  }

  /** Others need the memory that this link only holds. */
  private void giveWay() {
    letGo();
    Wire current = wire;
    if (current != null) {
      node.after(0, () -> current.close(CloseReason.local("memory is needed elsewhere")));
    }
  }

  /** Ends the connection for a reason of ours that is no failure. */
  void abandon(CloseReason why) {
    if (wire != null) {
      wire.close(why);
    }
  }

  // ---- what the channel wants

  @Override
  public void write(int bytes, Object content) {
    Wire current = wire;
    if (current == null) {
      return;
    }
    node.charge(node.charges().record(bytes));
    node.wrote(this, bytes, content);
    if (!current.write(bytes, content, node.readyNanos()) && writable) {
      writable = false;
      blockedSinceNanos = node.nowNanos();
    }
  }

  @Override
  public boolean takesMore() {
    return writable;
  }

  @Override
  public void compute(int step, Runnable done) {
    if (permit != null && !offered) {
      offered = node.reception().mayGoOn(permit, node.nowNanos());
      if (!offered) {
        abandon(CloseReason.local("handshake-overload"));
        return;
      }
    }
    node.compute(
        node.charges().handshake(responds(), step),
        () -> {
          if (!gone) {
            node.hold();
            done.run();
            node.release();
          }
        });
  }

  @Override
  public void reading(boolean wanted) {
    sessionReads = wanted;
    updateReading();
  }

  private void updateReading() {
    if (wire != null) {
      wire.reading(sessionReads && inboxHasRoom);
    }
  }

  @Override
  public void established(Agreement agreement) {
    HandshakeFailure wrong = wrongPeer(agreement.peer().id());
    if (wrong != null) {
      letGo();
      failed(new SessionFailure.Handshake(wrong));
      return;
    }
    established = true;
    peer = agreement.peer().id();
    features = agreement.features();
    if (permit != null) {
      node.reception().release(permit);
    }
    node.established(this, agreement);
  }

  /** Who answers looks himself whether that is whom he has dialled too (PROTOCOL §4.8). */
  private @Nullable HandshakeFailure wrongPeer(PeerId reached) {
    PeerId pinned = dialled == null || !responds() ? null : dialled.pinned();
    return pinned == null || pinned.equals(reached)
        ? null
        : new HandshakeFailure(
            HandshakeFailure.Kind.WRONG_PEER, "expected %s, reached %s".formatted(pinned, reached));
  }

  @Override
  public void deliver(WireMessage message, @Nullable MessageId id) {
    node.intake().arrived(this, message, id);
  }

  @Override
  public void failed(SessionFailure why) {
    failure = why;
    abandon(CloseReason.local(why.detail()));
  }

  @Override
  public boolean takeMemory(long bytes) {
    return node.incoming().take(incoming, bytes, node.nowNanos());
  }

  @Override
  public void giveMemoryBack(long bytes) {
    node.incoming().giveBack(incoming, bytes, node.nowNanos());
  }

  // ---- what waits for the node

  /** Whether a message lies in memory that all links share until the node has handled it. */
  private static boolean isShared(WireMessage message) {
    return switch (message) {
      case WireMessage.Gossip(GossipMessage carried) ->
          MessageWeight.spansRecords(carried.payload().length());
      case WireMessage.Compact compact ->
          MessageWeight.spansRecords(MessageWeight.contentBytes(compact));
      case WireMessage.Outline outline ->
          MessageWeight.spansRecords(MessageWeight.contentBytes(outline));
      case WireMessage.Items items -> MessageWeight.spansRecords(MessageWeight.contentBytes(items));
      case WireMessage.Announce _,
          WireMessage.Request _,
          WireMessage.Ping _,
          WireMessage.Pong _,
          WireMessage.GetAddr _,
          WireMessage.Addr _,
          WireMessage.Observed _,
          WireMessage.Extension _,
          WireMessage.RequestCompact _,
          WireMessage.RequestItems _,
          WireMessage.SendCompact _,
          WireMessage.Preamble _,
          WireMessage.IDontWant _,
          WireMessage.GetHeaders _,
          WireMessage.Headers _,
          WireMessage.DialRequest _,
          WireMessage.DialBack _,
          WireMessage.DialResponse _,
          WireMessage.Meet _,
          WireMessage.Relayed _,
          WireMessage.Goodbye _ ->
          false;
    };
  }

  void enters(WireMessage message) {
    if (isShared(message)) {
      node.incoming().hold(incoming, MessageWeight.bytes(message), node.nowNanos());
    } else {
      inboxBytes += MessageWeight.bytes(message);
      if (inboxBytes > node.memory().perLinkBytes() && inboxHasRoom) {
        inboxHasRoom = false;
        updateReading();
      }
    }
  }

  void handled(WireMessage message) {
    if (isShared(message)) {
      node.incoming().giveBack(incoming, MessageWeight.bytes(message), node.nowNanos());
    } else {
      inboxBytes -= MessageWeight.bytes(message);
      if (!inboxHasRoom && inboxBytes <= node.memory().perLinkBytes() / 2) {
        inboxHasRoom = true;
        updateReading();
      }
    }
  }

  /** Bytes of short messages that wait for the node. */
  public long inboxBytes() {
    return inboxBytes;
  }

  // ---- the node's wishes

  boolean offer(WireMessage message) {
    if (gone || !outgoing.offer(message, node.nowNanos())) {
      return false;
    }
    if (!drainAwaited) {
      drainAwaited = true;
      node.drainSoon(this);
    }
    return true;
  }

  /** Seals what waits, as long as the connection takes it. */
  void drain() {
    drainAwaited = false;
    Channel current = channel;
    if (current == null || gone) {
      return;
    }
    boolean allSealed = current.sendRest();
    boolean empty = false;
    while (writable && allSealed && !empty) {
      WireMessage next = outgoing.next(node.nowNanos());
      empty = next == null;
      if (next != null) {
        allSealed = current.send(next);
      }
    }
    if (allSealed) {
      current.flush();
      if (outgoing.hasDrained()) {
        node.drained(this);
      }
    }
    if (closeWhenSent != null && empty && writable) {
      abandon(closeWhenSent);
    }
  }

  boolean takesAnother() {
    return outgoing.awaitDrained()
        && node.outgoing()
            .makeRoom(outgoingAccount, GossipMessage.MAX_PAYLOAD_BYTES, node.nowNanos());
  }

  void closeWhenSent(CloseReason why) {
    if (closing) {
      return;
    }
    closing = true;
    outgoing.refuse();
    closeWhenSent = why;
    node.drainSoon(this);
    node.after(LINGER_NANOS, () -> abandon(why));
  }

  /** When anything came from the other side, by the node's clock. */
  public long lastHeardNanos() {
    return lastHeardNanos;
  }

  long blockedSinceNanos() {
    return blockedSinceNanos;
  }

  /** Sends something that no node would send: for nodes that lie. */
  void sendRaw(int bytes, Object content) {
    if (wire != null && !gone) {
      wire.write(bytes, content, node.readyNanos());
    }
  }
}
