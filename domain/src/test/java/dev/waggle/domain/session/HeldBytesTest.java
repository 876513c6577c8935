package dev.waggle.domain.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.domain.Fault;
import dev.waggle.domain.frame.RecordBuffers;
import dev.waggle.ports.wire.WireMessage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What arrives behind a Confirmation, while that is checked (PROTOCOL §4.1). */
class HeldBytesTest {
  private static final WireMessage PING = new WireMessage.Ping(1);
  private static final int MANY_BYTES = 100_000;

  private final SessionPeer initiator = SessionPeer.initiator(SessionPeer.settings(1));
  private final SessionPeer responder = SessionPeer.responder(SessionPeer.settings(2));

  @BeforeEach
  void confirm() {
    SessionPeer.confirm(initiator, responder);
  }

  @Test
  void moreThanCanBeHeldDuringWork_closesTheSessionAndGivesItAllBack() {
    responder.receive(new byte[HeldBytes.MAX_BYTES]);
    assertThat(responder.failure).isNull();
    assertThat(responder.buffers.lentBytes()).isPositive();

    responder.receive(new byte[1]);
    assertThat(responder.failure)
        .isEqualTo(new SessionFailure.TooMuchHeld(HeldBytes.MAX_BYTES + 1));
    assertThat(responder.failure.fault()).isEqualTo(Fault.CALLER);
    assertThat(responder.buffers.lentBytes()).isZero();
  }

  @Test
  void fewBytes_areHeldWithoutAsking() {
    responder.freeMemory = 0;
    responder.receive(new byte[HeldBytes.UNASKED_BYTES - 1]);
    responder.receive(new byte[1]);

    assertThat(responder.failure).isNull();
    assertThat(responder.buffers.lentBytes())
        .isEqualTo(RecordBuffers.sizeFor(HeldBytes.UNASKED_BYTES));
  }

  @Test
  void manyBytes_areTakenFromTheMemoryOfAllLinks_asLongAsTheyAreHeld() {
    List<WireMessage> pings = Collections.nCopies(MANY_BYTES / 30, PING);
    for (WireMessage ping : pings) {
      responder.receive(initiator.record(ping));
      assertThat(responder.takenMemory).isIn(0L, responder.buffers.lentBytes());
    }
    assertThat(responder.takenMemory).isGreaterThan(MANY_BYTES);

    List<Long> taken = new ArrayList<>();
    responder.onDelivered = () -> taken.add(responder.takenMemory);
    responder.work();
    assertThat(responder.delivered).isEqualTo(pings);
    assertThat(taken).as("while they are read").doesNotContain(0L);
    assertThat(responder.takenMemory).isZero();
  }

  @Test
  void whereThereIsNoMemory_theSessionEnds_andHoldsNothing() {
    responder.receive(new byte[HeldBytes.UNASKED_BYTES]);
    responder.freeMemory = RecordBuffers.sizeFor(HeldBytes.UNASKED_BYTES + 1) - 1L;
    responder.receive(new byte[1]);

    assertThat(responder.failure)
        .isEqualTo(new SessionFailure.NoRoom(HeldBytes.UNASKED_BYTES + 1L));
    assertThat(responder.failure.fault()).isEqualTo(Fault.ENVIRONMENT);
    assertThat(responder.buffers.lentBytes()).isZero();
    assertThat(responder.takenMemory).isZero();
  }

  @Test
  void theEndOfTheConnection_givesTheMemoryBack() {
    responder.receive(new byte[MANY_BYTES]);
    assertThat(responder.takenMemory).isPositive();

    responder.session.close();
    assertThat(responder.takenMemory).isZero();
  }
}
