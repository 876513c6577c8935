package dev.waggle.node.runtime;

import dev.waggle.domain.admission.Party;
import dev.waggle.domain.handshake.HandshakeWork;
import dev.waggle.domain.session.Session;
import dev.waggle.domain.session.SessionAgreement;
import dev.waggle.domain.session.SessionFailure;
import dev.waggle.domain.session.SessionOutput;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.node.LinkId;
import dev.waggle.ports.node.Links;
import dev.waggle.ports.transport.CloseReason;
import dev.waggle.ports.transport.Connection;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.WireMessage;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An open connection and its session, between the transport and the node thread.
 *
 * <p>What it receives goes into its {@link Inbox}, the messages of one read at once. What it shall
 * send waits in an {@link OutgoingQueue} until the I/O thread seals as much as fits into each
 * record and as the connection takes. What does not fit into the little that every link may hold is
 * taken from the memory that all links share. Everything runs on the connection's I/O thread,
 * except what stands under "the node's wishes", which the node thread calls.
 */
final class Link implements SessionOutput, MessageSource {
  private static final long NEVER = Links.NOT_BLOCKED;

  private final LinkId id;
  private final Party party;
  private final Connection connection;
  private final Session session;
  private final LinkOwner owner;
  private final LinkServices services;
  private final Thread ioThread = Thread.currentThread();
  private final Inbox inbox = new Inbox(this);
  private final SharedMemory.Share incomingShare;
  private final SharedMemory.Share outgoingShare;
  private final OutgoingQueue outgoing;
  private final TrafficTally tally = new TrafficTally();
  private final Runnable drain = this::drain;
  private final Runnable reportDrained = this::reportDrained;
  private final Intake intake;
  private final List<Incoming> received;
  private boolean sessionReads = true;
  private boolean mailboxHasRoom = true;
  private boolean writable = true;
  private boolean hasLetGo;
  private @Nullable PeerId peer;
  private @Nullable CloseReason closeWhenSent;
  private @Nullable SessionFailure failure;
  private @Nullable PooledWork handshakeWork;
  private Runnable cancelDeadline = () -> {};
  private volatile long lastHeardNanos;

  /** When the connection stopped taking anything, or {@link #NEVER}. */
  private volatile long blockedSinceNanos = NEVER;

  /** Called by the connection's I/O thread. */
  Link(Connection connection, Session session, LinkOwner owner, LinkServices services) {
    this.id = services.nextLinkId();
    this.party = owner.isChosen() ? new Party.Chosen(id) : Party.from(connection.remote());
    this.connection = connection;
    this.session = session;
    this.owner = owner;
    this.services = services;
    this.incomingShare = services.incoming().open(owner.isChosen(), this::giveWay);
    this.outgoingShare = services.outgoing().open(owner.isChosen(), this::giveWay);
    this.outgoing = new OutgoingQueue(outgoingShare, services.budget().perLinkBytes());
    this.intake = services.intake();
    this.received = services.workspace().received();
    this.lastHeardNanos = services.nanoTime();
  }

  @Override
  public LinkId id() {
    return id;
  }

  @Override
  public Party party() {
    return party;
  }

  Connection connection() {
    return connection;
  }

  /** Who is at the other end, once the link is established; for whoever was told of that. */
  @Nullable PeerId peer() {
    return peer;
  }

  // ---- the transport's events, on the I/O thread

  void start() {
    awaitDeadline();
    session.start(this);
  }

  private void awaitDeadline() {
    cancelDeadline.run();
    cancelDeadline =
        services.schedule(
            session.deadlineNanos() - services.nanoTime(),
            () -> connection.execute(this::deadlinePassed));
  }

  private void deadlinePassed() {
    session.timePassed(services.nanoTime(), this);
    if (failure == null && !hasLetGo) {
      awaitDeadline(); // What comes next has one of its own.
    }
  }

  void bytesArrived(ByteBuffer bytes) {
    lastHeardNanos = services.nanoTime();
    tally.read(bytes.remaining());
    try {
      session.receive(bytes, this);
    } finally {
      countKeys();
      postReceived();
    }
  }

  private void resume(HandshakeWork.Outcome outcome) {
    try {
      session.resume(outcome, this);
    } finally {
      postReceived();
    }
  }

  void becameWritable() {
    writable = true;
    blockedSinceNanos = NEVER;
    drain();
  }

  /**
   * The connection is gone, or will be: wipes the session's keys and gives all memory back, but for
   * that of what the node has yet to handle. Whatever still arrives is ignored. Idempotent.
   */
  void closed() {
    hasLetGo = true;
    cancelDeadline.run();
    outgoing.close();
    giveUpWork();
    session.close();
    incomingShare.leave();
    outgoingShare.close();
  }

  /**
   * Others need the memory that this link only holds, and have it already; any thread may say so.
   * So it is let go before the connection is gone, for which the peer may keep us waiting, and at
   * once if this is the thread for it, which may serve a hundred other links first.
   */
  private void giveWay() {
    if (Thread.currentThread() == ioThread) {
      closed();
    }
    connection.execute(
        () -> {
          closed();
          connection.close(CloseReason.local("memory is needed elsewhere"));
        });
  }

  /** Tells the node thread, behind all that this link has brought. */
  void reportClosed(CloseReason why) {
    services.mailbox().postLast(inbox, new NodeEvent.Closed(this, why));
  }

  private void reportDrained() {
    services.mailbox().post(new NodeEvent.Drained(id));
  }

  // ---- the session's output, on the I/O thread

  @Override
  public void write(ByteBuffer bytes) {
    tally.wrote(bytes.remaining());
    if (!connection.write(bytes) && writable) {
      writable = false;
      blockedSinceNanos = services.nanoTime();
    }
  }

  @Override
  public boolean takesMore() {
    return writable;
  }

  @Override
  public boolean takeMemory(long bytes) {
    return incomingShare.take(bytes);
  }

  @Override
  public void giveMemoryBack(long bytes) {
    incomingShare.giveBack(bytes);
  }

  /** Nothing that comes behind our own end is heard, so nothing of it is examined either. */
  @Override
  public void deliver(WireMessage message) {
    tally.received(message, session.lastDeliveredBytes());
    if (closeWhenSent != null) {
      return;
    }
    Incoming incoming = intake.take(message, Objects.requireNonNull(peer, "not established"));
    if (incoming == null) {
      return;
    }
    if (incoming instanceof Prepared prepared && !share(prepared)) {
      connection.close(CloseReason.local("no memory for " + prepared.bytes() + " bytes"));
      return;
    }
    received.add(incoming);
  }

  /**
   * A message that spans records lies in memory that was granted already; another large one takes
   * some if there is plenty, lest a fast peer must stop for every few of them.
   *
   * @return false if it weighs more than was granted, and that is not granted either
   */
  private boolean share(Prepared incoming) {
    long excess = incoming.excessBytes();
    if (excess > 0 && !incomingShare.take(excess)) {
      return false;
    }
    if (excess > 0 || incoming.spansRecords()) {
      incomingShare.hold(incoming.bytes() - excess);
      incoming.shared();
    } else if (!incoming.isNamed() && incomingShare.takeSpare(incoming.bytes())) {
      incoming.shared();
    }
    return true;
  }

  @Override
  public void compute(HandshakeWork work) {
    PooledWork pooled =
        new PooledWork(
            work,
            connection::execute,
            this::resume,
            () -> connection.close(new CloseReason(CloseReason.Cause.FAILED, "handshake-work")));
    handshakeWork = pooled;
    if (!owner.compute(pooled)) {
      giveUpWork();
      connection.close(CloseReason.local("handshake-overload"));
    }
  }

  private void giveUpWork() {
    if (handshakeWork != null) {
      handshakeWork.giveUp();
    }
  }

  @Override
  public void reading(boolean wanted) {
    sessionReads = wanted;
    updateReading();
  }

  @Override
  public void established(SessionAgreement agreement) {
    peer = agreement.peer().id();
    countKeys();
    owner.established(this, agreement);
  }

  @Override
  public void failed(SessionFailure failure) {
    this.failure = failure;
    giveUpWork();
    connection.close(CloseReason.local(failure.detail()));
  }

  /** What ended the session, or null if the connection ended without its doing. */
  @Nullable SessionFailure failure() {
    return failure;
  }

  /** Even after a failure: the next link of this thread must find the list empty. */
  private void postReceived() {
    if (received.isEmpty()) {
      return;
    }
    boolean room = services.mailbox().post(inbox, received);
    received.clear();
    if (!room) {
      mailboxHasRoom = false;
      updateReading();
    }
  }

  /** Reads as long as neither the session nor the mailbox wants it to stop. */
  private void updateReading() {
    connection.reading(sessionReads && mailboxHasRoom);
  }

  /**
   * Seals what waits, as long as the connection takes it. Several messages share a record; the last
   * record of a drain is sealed as it is, so an idle link adds no latency.
   */
  private void drain() {
    boolean allSealed = session.sendRest(this);
    boolean empty = false;
    while (writable && allSealed && !empty) {
      WireMessage next = outgoing.next();
      empty = next == null;
      if (next != null) {
        allSealed = session.send(next, this);
        tally.sent(next, session.lastSentBytes());
      }
    }
    if (allSealed) {
      session.flush(this); // The end of a message that an earlier drain began with, too.
    }
    countKeys();
    if (allSealed && outgoing.settle()) {
      reportDrained();
    }
    if (closeWhenSent != null && empty && writable) {
      connection.close(closeWhenSent);
    }
  }

  private void countKeys() {
    tally.keys(session.sealingKeys(), session.openingKeys());
  }

  // ---- the node's wishes, from the node thread

  /** Queues {@code message}; whoever is told that it is the first sees to {@link #drainSoon}. */
  OutgoingQueue.Offer offer(WireMessage message) {
    return outgoing.offer(message);
  }

  /** Has what is queued sent. */
  void drainSoon() {
    connection.execute(drain);
  }

  /** Sends what is queued, for at most {@link Connection#LINGER_MILLIS}, then closes. */
  void closeWhenSent(CloseReason why) {
    outgoing.refuse();
    connection.execute(
        () -> {
          closeWhenSent = why;
          drain();
        });
    Runnable _ =
        services.schedule(Connection.LINGER_MILLIS * 1_000_000L, () -> connection.close(why));
  }

  @Override
  public void resumeReading() {
    connection.execute(
        () -> {
          mailboxHasRoom = true;
          updateReading();
        });
  }

  @Override
  public void handled(long sharedBytes) {
    incomingShare.giveBack(sharedBytes);
  }

  /**
   * Whether another message, however large, may be found for this link: little waits on it, and
   * there is memory. If not, a {@link NodeEvent.Drained} follows when that may have changed.
   */
  boolean takesAnother() {
    return outgoing.awaitDrained()
        && outgoingShare.makeRoom(GossipMessage.MAX_PAYLOAD_BYTES, reportDrained);
  }

  /** What has gone over it, and by how many keys. */
  TrafficTally tally() {
    return tally;
  }

  /** Bytes that wait to be sealed. */
  long queuedBytes() {
    return outgoing.queuedBytes();
  }

  long lastHeardNanos() {
    return lastHeardNanos;
  }

  /** Since when the connection takes nothing of what waits, or {@link Links#NOT_BLOCKED}. */
  long blockedSinceNanos() {
    return blockedSinceNanos;
  }
}
