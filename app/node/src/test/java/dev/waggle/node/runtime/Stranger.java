package dev.waggle.node.runtime;

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
import dev.waggle.ports.wire.WireMessage;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/** The dialling end of a link that sends what a test wants, whatever the rules say. */
final class Stranger implements ConnectionListener, SessionOutput {
  private final Session session;
  private final CompletableFuture<Connection> established = new CompletableFuture<>();
  private final BlockingQueue<WireMessage> received = new LinkedBlockingQueue<>();
  private @Nullable Connection connection;

  Stranger(SessionSettings settings) {
    this.session =
        Session.initiator(
            settings,
            settings.handshake().suites().getFirst(),
            null,
            new RecordBuffers(),
            System.nanoTime());
  }

  /** Sends messages once the link is established, whether or not the other side takes them. */
  void send(WireMessage... messages) {
    Connection open = established.join();
    open.execute(
        () -> {
          for (WireMessage message : messages) {
            session.send(message, this);
          }
          session.flush(this);
        });
  }

  /** The next message, once there is one. */
  WireMessage take() throws InterruptedException {
    return received.take();
  }

  // ---- the transport's events

  @Override
  public void onOpened(Connection opened) {
    connection = opened;
    session.start(this);
  }

  @Override
  public void onBytes(ByteBuffer bytes) {
    session.receive(bytes, this);
  }

  @Override
  public void onWritable() {}

  @Override
  public void onClosed(CloseReason why) {
    session.close();
  }

  // ---- the session's output

  private Connection opened() {
    return Objects.requireNonNull(connection, "not connected");
  }

  @Override
  public void write(ByteBuffer borrowed) {
    boolean _ = opened().write(borrowed); // as much as it is told, whether or not it is taken
  }

  @Override
  public boolean takesMore() {
    return true;
  }

  @Override
  public void established(SessionAgreement agreement) {
    established.complete(opened());
  }

  @Override
  public void deliver(WireMessage message) {
    received.add(message);
  }

  @Override
  public void compute(HandshakeWork work) {
    opened().execute(() -> session.resume(work.compute(), this));
  }

  @Override
  public void reading(boolean wanted) {
    opened().reading(wanted);
  }

  @Override
  public void failed(SessionFailure failure) {
    opened().close(CloseReason.local(failure.detail()));
  }
}
