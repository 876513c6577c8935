package dev.waggle.app.runtime;

import dev.waggle.domain.handshake.HandshakeWork;
import dev.waggle.domain.session.Session;
import dev.waggle.domain.session.SessionAgreement;
import dev.waggle.domain.session.SessionFailure;
import dev.waggle.domain.session.SessionOutput;
import dev.waggle.ports.node.LinkId;
import dev.waggle.ports.transport.CloseReason;
import dev.waggle.ports.transport.Connection;
import dev.waggle.ports.wire.WireMessage;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An open connection and its session, between the transport and the node thread.
 *
 * <p>What it receives goes into the {@link Mailbox}, the messages of one read at once. What it
 * shall send waits in an {@link OutgoingQueue} until the I/O thread seals as much as fits into each
 * record. Everything runs on the connection's I/O thread, except {@link #send}, {@link #takesMore},
 * {@link #closeWhenSent}, {@link #resumeReading} and {@link #lastHeardNanos}, which the node thread
 * calls.
 */
final class Link implements SessionOutput, MessageSource {
  private final LinkId id;
  private final Connection connection;
  private final Session session;
  private final LinkOwner owner;
  private final LinkServices services;
  private final OutgoingQueue outgoing = new OutgoingQueue();
  private final Runnable drain = this::drain;
  private final List<WireMessage> received;
  private long receivedBytes;
  private ArrayDeque<WireMessage> sending = new ArrayDeque<>();
  private boolean sessionReads = true;
  private boolean mailboxHasRoom = true;
  private boolean writable = true;
  private @Nullable CloseReason closeWhenSent;
  private @Nullable SessionFailure failure;
  private Runnable cancelDeadline = () -> {};
  private volatile long lastHeardNanos;

  /** Called by the connection's I/O thread. */
  Link(Connection connection, Session session, LinkOwner owner, LinkServices services) {
    this.id = services.nextLinkId();
    this.connection = connection;
    this.session = session;
    this.owner = owner;
    this.services = services;
    this.received = services.workspace().received();
    this.lastHeardNanos = services.nanoTime();
  }

  @Override
  public LinkId id() {
    return id;
  }

  Connection connection() {
    return connection;
  }

  // ---- the transport's events, on the I/O thread

  void start() {
    cancelDeadline =
        services.schedule(
            session.deadlineNanos() - services.nanoTime(),
            () -> connection.execute(() -> session.timePassed(services.nanoTime(), this)));
    session.start(this);
  }

  void bytesArrived(ByteBuffer bytes) {
    lastHeardNanos = services.nanoTime();
    try {
      session.receive(bytes, this);
    } finally {
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
    drain();
  }

  /** The connection is gone: wipes the session's keys. */
  void closed() {
    cancelDeadline.run();
    outgoing.close();
    session.close();
  }

  // ---- the session's output, on the I/O thread

  @Override
  public void write(ByteBuffer bytes) {
    writable &= connection.write(bytes);
  }

  @Override
  public void deliver(WireMessage message) {
    received.add(message);
    receivedBytes += MessageWeight.bytes(message);
  }

  @Override
  public void compute(HandshakeWork work) {
    boolean taken = services.compute(work, outcome -> connection.execute(() -> resume(outcome)));
    if (!taken) {
      connection.close(CloseReason.local("handshake-overload"));
    }
  }

  @Override
  public void reading(boolean wanted) {
    sessionReads = wanted;
    updateReading();
  }

  @Override
  public void established(SessionAgreement agreement) {
    cancelDeadline.run();
    owner.established(this, agreement);
  }

  @Override
  public void failed(SessionFailure failure) {
    this.failure = failure;
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
    boolean room = services.mailbox().post(this, received, receivedBytes);
    received.clear();
    receivedBytes = 0;
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
    boolean sent = false;
    while (writable && takeMore()) {
      sent = true;
      session.send(sending.remove(), this);
    }
    if (sent) {
      session.flush(this);
    }
    if (outgoing.isDrained()) {
      services.mailbox().post(new NodeEvent.Drained(id));
    }
    if (closeWhenSent != null && writable && sending.isEmpty()) {
      connection.close(closeWhenSent);
    }
  }

  private boolean takeMore() {
    if (sending.isEmpty()) {
      sending = outgoing.takeAll();
    }
    return !sending.isEmpty();
  }

  // ---- the node's wishes, from the node thread

  /**
   * Queues {@code message}.
   *
   * @return false if it was dropped, because too much waits already or the link is closing
   */
  boolean send(WireMessage message) {
    OutgoingQueue.Offer offer = outgoing.offer(message, MessageWeight.bytes(message));
    if (offer == OutgoingQueue.Offer.QUEUED_FIRST) {
      connection.execute(drain);
    }
    return offer != OutgoingQueue.Offer.REFUSED;
  }

  /** Whether little waits; if not, a {@link NodeEvent.Drained} follows when that is so. */
  boolean takesMore() {
    return outgoing.takesMore();
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

  long lastHeardNanos() {
    return lastHeardNanos;
  }
}
