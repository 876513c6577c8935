package dev.waggle.node.runtime;

import dev.waggle.domain.frame.RecordBuffers;
import dev.waggle.domain.handshake.HandshakeWork;
import dev.waggle.domain.session.Session;
import dev.waggle.domain.session.SessionAgreement;
import dev.waggle.domain.session.SessionFailure;
import dev.waggle.domain.session.SessionOutput;
import dev.waggle.domain.session.SessionSettings;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.transport.CloseReason;
import dev.waggle.ports.transport.Connection;
import dev.waggle.ports.transport.ConnectionListener;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.WireMessage;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A stranger's end of a link: it begins a message as long as may be, sends no more of its records
 * than it is told to, and reads nothing, so that it does not go when it is sent away. Its transport
 * must have one thread.
 */
final class Hoarder implements ConnectionListener, SessionOutput {
  private static final WireMessage LONGEST =
      new WireMessage.Gossip(
          new GossipMessage.Evidence(Bytes.wrap(new byte[GossipMessage.MAX_PAYLOAD_BYTES])));

  private final Session session;
  private volatile @Nullable Connection connection;
  private boolean begun;
  private boolean established;
  private int records;
  private int recordsToSend;

  /**
   * A stranger who has not dialled.
   *
   * @param buffers shared by those of one transport
   */
  Hoarder(SessionSettings settings, RecordBuffers buffers) {
    this.session =
        Session.initiator(
            settings, settings.handshake().suites().getFirst(), null, buffers, System.nanoTime());
  }

  /** Goes on until {@code count} records are sent in all. Once the link is established. */
  void sendUpTo(int count) {
    opened()
        .execute(
            () -> {
              recordsToSend = count;
              if (begun) {
                var _ = session.sendRest(this);
              } else {
                begun = true;
                session.send(LONGEST, this);
              }
            });
  }

  void leave() {
    opened().close(CloseReason.local("left"));
  }

  private Connection opened() {
    return Objects.requireNonNull(connection, "not connected");
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

  @Override
  public void write(ByteBuffer borrowed) {
    records += established ? 1 : 0;
    var _ = opened().write(borrowed); // as much as it is told, whether or not it is taken
  }

  @Override
  public boolean takesMore() {
    return records < recordsToSend;
  }

  @Override
  public void established(SessionAgreement agreement) {
    established = true;
    opened().reading(false);
  }

  @Override
  public void deliver(WireMessage message) {}

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
