package dev.waggle.domain.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.waggle.domain.handshake.HandshakeWork;
import dev.waggle.domain.session.SessionState.Awaiting;
import dev.waggle.domain.session.SessionState.Computing;
import dev.waggle.domain.session.SessionState.Failed;
import dev.waggle.ports.testkit.wire.WireSamples;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.WireMessage;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table in the header of {@link SessionState}: every state meets every event. */
class SessionStateTest {
  /** A frame that no handshake and no record begins with. */
  private static final byte[] OUT_OF_BOUNDS = {-1, -1, -1, -1};

  /** A frame, but no message of the handshake. */
  private static final byte[] GARBAGE = {0, 0, 0, 1, 42};

  private final SessionPeer initiator = SessionPeer.initiator(SessionPeer.settings(1));
  private final SessionPeer responder = SessionPeer.responder(SessionPeer.settings(2));

  @ParameterizedTest(name = "{0} on {1}: {2}")
  @CsvSource({
    "Idle,        start,               Awaiting",
    "Idle,        receive,             mistake",
    "Idle,        receiveOutOfBounds,  mistake",
    "Idle,        resume,              mistake",
    "Idle,        send,                mistake",
    "Idle,        flush,               mistake",
    "Idle,        sendRest,            mistake",
    "Idle,        timePassed,          Idle",
    "Idle,        deadlinePassed,      Failed",
    "Idle,        close,               Closed",
    "Awaiting,    start,               mistake",
    "Awaiting,    receive,             Awaiting",
    "Awaiting,    receiveWhole,        Computing",
    "Awaiting,    receiveGarbage,      Failed",
    "Awaiting,    receiveOutOfBounds,  Failed",
    "Awaiting,    resume,              mistake",
    "Awaiting,    send,                mistake",
    "Awaiting,    flush,               mistake",
    "Awaiting,    sendRest,            mistake",
    "Awaiting,    timePassed,          Awaiting",
    "Awaiting,    deadlinePassed,      Failed",
    "Awaiting,    close,               Closed",
    "Computing,   start,               mistake",
    "Computing,   receive,             Computing",
    "Computing,   receiveOutOfBounds,  Computing",
    "Computing,   receiveTooMuch,      Failed",
    "Computing,   resume,              Established",
    "Computing,   send,                mistake",
    "Computing,   flush,               mistake",
    "Computing,   sendRest,            mistake",
    "Computing,   timePassed,          Computing",
    "Computing,   deadlinePassed,      Failed",
    "Computing,   close,               Closed",
    "Established, start,               mistake",
    "Established, receive,             Established",
    "Established, receiveWhole,        Established",
    "Established, receiveForged,       Failed",
    "Established, receiveOutOfBounds,  Failed",
    "Established, resume,              mistake",
    "Established, send,                Established",
    "Established, flush,               Established",
    "Established, sendRest,            Established",
    "Established, timePassed,          Established",
    "Established, deadlinePassed,      Established",
    "Established, close,               Closed",
    "Failed,      start,               Failed",
    "Failed,      receive,             Failed",
    "Failed,      receiveOutOfBounds,  Failed",
    "Failed,      resume,              Failed",
    "Failed,      send,                Failed",
    "Failed,      flush,               Failed",
    "Failed,      sendRest,            Failed",
    "Failed,      timePassed,          Failed",
    "Failed,      deadlinePassed,      Failed",
    "Failed,      close,               Closed",
    "Closed,      start,               Closed",
    "Closed,      receive,             Closed",
    "Closed,      receiveOutOfBounds,  Closed",
    "Closed,      resume,              Closed",
    "Closed,      send,                Closed",
    "Closed,      flush,               Closed",
    "Closed,      sendRest,            Closed",
    "Closed,      timePassed,          Closed",
    "Closed,      deadlinePassed,      Closed",
    "Closed,      close,               Closed",
  })
  void table(String from, String event, String to) {
    bringTo(from);
    SessionState before = responder.session.state();
    assertThat(before.getClass().getSimpleName()).isEqualTo(from);
    boolean hadFailed = responder.failure != null;

    Runnable action = action(from, event);
    if (to.equals("mistake")) {
      assertThatIllegalStateException().isThrownBy(action::run);
      assertThat(responder.session.state()).isEqualTo(before);
      return;
    }
    action.run();
    assertThat(responder.session.state().getClass().getSimpleName()).isEqualTo(to);
    assertThat(responder.failure != null).isEqualTo(hadFailed || to.equals("Failed"));
    if (to.equals("Failed") || to.equals("Closed")) {
      assertThat(responder.buffers.lentBytes()).isZero();
    }
  }

  /** The responder, after its first message has been accepted or while its last is checked. */
  private void bringTo(String state) {
    switch (state) {
      case "Idle" -> {}
      case "Awaiting" -> {
        initiator.start();
        responder.start();
        initiator.work();
        responder.receive(initiator.takeWritten());
        responder.work();
        initiator.receive(responder.takeWritten());
        initiator.work();
      }
      case "Computing" -> SessionPeer.confirm(initiator, responder);
      case "Established" -> SessionPeer.establish(initiator, responder);
      case "Failed" -> {
        SessionPeer.confirm(initiator, responder);
        responder.session.timePassed(responder.session.deadlineNanos(), responder);
      }
      case "Closed" -> {
        SessionPeer.confirm(initiator, responder);
        responder.session.close();
      }
      default -> throw new IllegalArgumentException(state);
    }
  }

  private Runnable action(String state, String event) {
    Session session = responder.session;
    long deadlineNanos = session.deadlineNanos();
    return switch (event) {
      case "start" -> responder::start;
      case "receive" -> () -> responder.receive(new byte[] {0, 0});
      case "receiveWhole" -> () -> responder.receive(next(state));
      case "receiveForged" -> () -> responder.receive(flipped(next(state)));
      case "receiveGarbage" -> () -> responder.receive(GARBAGE);
      case "receiveOutOfBounds" -> () -> responder.receive(OUT_OF_BOUNDS);
      case "receiveTooMuch" -> () -> responder.receive(new byte[HeldBytes.MAX_BYTES + 1]);
      case "resume" -> this::resume;
      case "send" -> () -> assertThat(session.send(new WireMessage.GetAddr(), responder)).isTrue();
      case "flush" -> responder::flush;
      case "sendRest" -> () -> assertThat(session.sendRest(responder)).isTrue();
      case "timePassed" -> () -> session.timePassed(deadlineNanos - 1, responder);
      case "deadlinePassed" -> () -> session.timePassed(deadlineNanos, responder);
      case "close" -> session::close;
      default -> throw new IllegalArgumentException(event);
    };
  }

  /** What the initiator would send next: its Confirmation, or a record. */
  private byte[] next(String state) {
    return state.equals("Awaiting")
        ? initiator.takeWritten()
        : initiator.record(new WireMessage.Ping(1));
  }

  private static byte[] flipped(byte[] frame) {
    byte[] flipped = frame.clone();
    flipped[frame.length - 1] ^= 1;
    return flipped;
  }

  private void resume() {
    if (responder.works.isEmpty()) {
      HandshakeWork.Outcome ofNoWork = () -> {};
      responder.session.resume(ofNoWork, responder);
    } else {
      responder.work();
    }
  }

  @Test
  void initiator_beginsWithWork() {
    initiator.start();

    assertThat(initiator.session.state()).isInstanceOf(Computing.class);
    initiator.work();
    assertThat(initiator.session.state()).isInstanceOf(Awaiting.class);
  }

  @Test
  void forgedConfirmation_failsOnceItIsChecked() {
    bringTo("Awaiting");
    byte[] confirmation = initiator.takeWritten();
    responder.receive(flipped(confirmation));
    responder.work();

    assertThat(responder.session.state()).isInstanceOf(Failed.class);
    assertThat(responder.agreement).isNull();
  }

  @Test
  void close_givesBackWhatAnEstablishedSessionHolds() {
    SessionPeer.establish(initiator, responder);
    initiator.send(WireSamples.gossip(GossipMessage.Kind.BLOCK, 100_000));
    byte[] firstRecord = initiator.takeWritten();
    responder.send(new WireMessage.GetAddr()); // an open record
    responder.receive(firstRecord); // a part of a message
    responder.receive(Arrays.copyOf(firstRecord, 1000)); // a part of a frame
    assertThat(responder.buffers.lentBytes()).isPositive();

    responder.session.close();
    assertThat(responder.buffers.lentBytes()).isZero();
  }

  @Test
  void table_namesEveryState() throws NoSuchMethodException {
    CsvSource table =
        SessionStateTest.class
            .getDeclaredMethod("table", String.class, String.class, String.class)
            .getAnnotation(CsvSource.class);

    assertThat(
            Arrays.stream(table.value()).map(row -> row.substring(0, row.indexOf(','))).distinct())
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(SessionState.class.getPermittedSubclasses())
                .map(Class::getSimpleName)
                .toList());
  }
}
