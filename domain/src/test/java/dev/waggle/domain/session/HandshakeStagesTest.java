package dev.waggle.domain.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.waggle.domain.handshake.HandshakeFailure;
import dev.waggle.ports.wire.WireMessage;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a peer hears at each stage of a handshake, and how long it may stop there. */
class HandshakeStagesTest {
  private static final WireMessage PING = new WireMessage.Ping(1);
  private static final int HEADER_BYTES = 4;

  private final SessionPeer initiator = SessionPeer.initiator(SessionPeer.settings(1));
  private final SessionPeer responder = SessionPeer.responder(SessionPeer.settings(2));

  /** Whatever a node has to say waits until it knows to whom. */
  @Test
  void nothingButTheHandshakeIsSent_beforeTheOtherHasProvenItself() {
    responder.start();
    assertNobodyIsKnownTo(responder);
    assertThat(responder.takeWritten()).as("to who says nothing").isEmpty();

    initiator.start();
    initiator.work();
    assertNobodyIsKnownTo(initiator);
    byte[] offer = onlyFrame(initiator);

    responder.receive(offer);
    responder.work();
    assertNobodyIsKnownTo(responder);
    byte[] acceptance = onlyFrame(responder);

    initiator.receive(acceptance);
    assertNobodyIsKnownTo(initiator);
    initiator.work();
    assertThat(initiator.agreement).isNotNull();
    byte[] confirmation = onlyFrame(initiator);

    responder.receive(confirmation);
    assertNobodyIsKnownTo(responder);
    responder.work();
    assertThat(responder.agreement).isNotNull();
    assertThat(responder.takeWritten()).isEmpty();
  }

  private static void assertNobodyIsKnownTo(SessionPeer side) {
    assertThat(side.agreement).isNull();
    assertThatIllegalStateException().isThrownBy(() -> side.send(PING));
  }

  private static byte[] onlyFrame(SessionPeer side) {
    byte[] written = side.takeWritten();
    assertThat(ByteBuffer.wrap(written).getInt()).isEqualTo(written.length - HEADER_BYTES);
    return written;
  }

  /** Half messages that have come when the peer stops: of the Offer, then of the Confirmation. */
  @ParameterizedTest
  @CsvSource({"0, 3", "1, 3", "2, 10", "3, 10"})
  void responder_waitsForSoLong_whereverThePeerStops(int halves, int seconds) {
    initiator.start();
    initiator.work();
    responder.start();
    byte[] offer = initiator.takeWritten();
    if (halves == 1) {
      responder.receive(firstHalf(offer));
    }
    if (halves > 1) {
      responder.receive(offer);
      responder.work();
      initiator.receive(responder.takeWritten());
      initiator.work();
    }
    if (halves > 2) {
      responder.receive(firstHalf(initiator.takeWritten()));
    }
    assertPatience(responder, seconds);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void initiator_waitsForTenSeconds_whereverThePeerStops(boolean halfAnAcceptance) {
    initiator.start();
    initiator.work();
    responder.start();
    responder.receive(initiator.takeWritten());
    responder.work();
    if (halfAnAcceptance) {
      initiator.receive(firstHalf(responder.takeWritten()));
    }
    assertPatience(initiator, 10);
  }

  private static byte[] firstHalf(byte[] message) {
    return Arrays.copyOf(message, message.length / 2);
  }

  private static void assertPatience(SessionPeer side, int seconds) {
    side.takeWritten();
    long deadline = SessionPeer.START_NANOS + Duration.ofSeconds(seconds).toNanos();
    assertThat(side.session.deadlineNanos()).isEqualTo(deadline);
    side.session.timePassed(deadline - 1, side);
    assertThat(side.failure).isNull();
    side.session.timePassed(deadline, side);
    assertThat(side.failure)
        .isEqualTo(
            new SessionFailure.Handshake(
                new HandshakeFailure(HandshakeFailure.Kind.TIMED_OUT, "took too long")));
    assertThat(side.takeWritten()).as("closed without a word").isEmpty();
  }
}
