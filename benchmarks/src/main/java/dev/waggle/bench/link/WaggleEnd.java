package dev.waggle.bench.link;

import dev.waggle.domain.frame.RecordBuffers;
import dev.waggle.domain.handshake.HandshakeWork;
import dev.waggle.domain.session.Session;
import dev.waggle.domain.session.SessionAgreement;
import dev.waggle.domain.session.SessionFailure;
import dev.waggle.domain.session.SessionOutput;
import dev.waggle.domain.session.SessionSettings;
import dev.waggle.ports.transport.CloseReason;
import dev.waggle.ports.transport.Connection;
import dev.waggle.ports.transport.ConnectionListener;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.WireMessage;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One end of Waggle's link: a session and what drives it, in the way in which a node's links are
 * driven, but with a benchmark in the place of the node's thread.
 *
 * <p>What shall be sent waits in a queue until the I/O thread seals as much as fits into each
 * record. Everything but {@link #send}, {@link #flood} and {@link #awaitEstablished}, which any
 * thread may call, runs on the I/O thread.
 */
public final class WaggleEnd implements ConnectionListener, SessionOutput {
  private final Supplier<Session> begin;
  private final Application application;
  private final SendQueue<WireMessage> queue = new SendQueue<>();
  private final CompletableFuture<Connection> established = new CompletableFuture<>();
  private final Runnable drain = this::drain;
  private ArrayDeque<WireMessage> sending = new ArrayDeque<>();
  private boolean writable = true;
  private @Nullable Supplier<WireMessage> endless;
  private @Nullable Connection connection;
  private @Nullable Session session;

  private WaggleEnd(Supplier<Session> begin, Application application) {
    this.begin = begin;
    this.application = application;
  }

  /**
   * The end that dials.
   *
   * @param buffers may be shared with other ends that the same I/O thread serves
   */
  public static WaggleEnd initiator(
      SessionSettings settings, RecordBuffers buffers, Application application) {
    return new WaggleEnd(
        () ->
            Session.initiator(
                settings,
                settings.handshake().suites().getFirst(),
                null,
                buffers,
                System.nanoTime()),
        application);
  }

  /** The end that is dialled; parameters as for {@link #initiator}. */
  static WaggleEnd responder(
      SessionSettings settings, RecordBuffers buffers, Application application) {
    return new WaggleEnd(
        () -> Session.responder(settings, buffers, System.nanoTime()), application);
  }

  // Any thread.

  public void awaitEstablished() {
    var _ = established.orTimeout(30, TimeUnit.SECONDS).join();
  }

  public void send(WireMessage message) {
    if (queue.offer(message)) {
      established.join().execute(drain);
    }
  }

  /**
   * Sends as much as the connection takes from now on, without end. What {@link #send} is given
   * goes first.
   *
   * @param source makes one message after the other, on the I/O thread
   */
  public void flood(Supplier<WireMessage> source) {
    established
        .join()
        .execute(
            () -> {
              endless = source;
              drain();
            });
  }

  // The transport's events.

  @Override
  public void onOpened(Connection opened) {
    connection = opened;
    session = begin.get();
    session.start(this);
  }

  @Override
  public void onBytes(ByteBuffer bytes) {
    session().receive(bytes, this);
  }

  @Override
  public void onWritable() {
    writable = true;
    drain();
  }

  @Override
  public void onClosed(CloseReason why) {
    if (session != null) {
      session.close();
    }
    broken(why.toString());
  }

  // The session's output.

  @Override
  public void write(ByteBuffer bytes) {
    writable &= connection().write(bytes);
  }

  @Override
  public boolean takesMore() {
    return writable;
  }

  /** A ping's answer waits behind what is queued already, as a node's does. */
  @Override
  public void deliver(WireMessage message) {
    switch (message) {
      case WireMessage.Gossip(GossipMessage gossip) ->
          gossip.payload().lendTo(application::arrived);
      case WireMessage.Ping(long nonce) -> send(new WireMessage.Pong(nonce));
      case WireMessage.Pong(long nonce) -> application.answered(nonce);
      case WireMessage.Announce announce -> application.announced(announce.ids());
      case WireMessage.Request _,
          WireMessage.GetAddr _,
          WireMessage.Extension _,
          WireMessage.Compact _,
          WireMessage.Outline _,
          WireMessage.RequestCompact _,
          WireMessage.RequestItems _,
          WireMessage.Items _,
          WireMessage.SendCompact _,
          WireMessage.Preamble _,
          WireMessage.IDontWant _,
          WireMessage.GetHeaders _,
          WireMessage.Headers _,
          WireMessage.Addr _,
          WireMessage.Observed _,
          WireMessage.DialRequest _,
          WireMessage.DialBack _,
          WireMessage.DialResponse _,
          WireMessage.Meet _,
          WireMessage.Relayed _,
          WireMessage.Goodbye _ ->
          application.fail("nobody expects " + message);
    }
  }

  @Override
  public void compute(HandshakeWork work) {
    connection().execute(() -> session().resume(work.compute(), this));
  }

  @Override
  public void reading(boolean wanted) {
    connection().reading(wanted);
  }

  @Override
  public void established(SessionAgreement agreement) {
    established.complete(connection());
  }

  @Override
  public void failed(SessionFailure failure) {
    broken(failure.detail());
  }

  private void broken(String why) {
    established.completeExceptionally(new IllegalStateException(why));
    application.fail(why);
  }

  /** As a node's link does: no record is sealed before the connection takes it. */
  private void drain() {
    boolean allSealed = session().sendRest(this);
    while (writable && allSealed && takeMore()) {
      allSealed = session().send(sending.remove(), this);
    }
    if (allSealed) {
      session().flush(this);
    }
  }

  private boolean takeMore() {
    if (sending.isEmpty()) {
      sending = queue.takeAll();
    }
    if (sending.isEmpty() && endless != null) {
      sending.add(endless.get());
    }
    return !sending.isEmpty();
  }

  private Connection connection() {
    return Objects.requireNonNull(connection, "not open");
  }

  private Session session() {
    return Objects.requireNonNull(session, "not open");
  }
}
