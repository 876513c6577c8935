package dev.waggle.domain.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.crypto.toy.ToySuite;
import dev.waggle.domain.handshake.SecretLedger;
import dev.waggle.ports.wire.WireMessage;
import org.junit.jupiter.api.Test;

/** No secret outlives its session, however far that had come (PROTOCOL §4.4, §6.3). */
class SessionSecretsTest {
  private final SecretLedger ledger = new SecretLedger();
  private final SessionPeer initiator =
      SessionPeer.initiator(SessionPeer.settings(1, ledger.watch(ToySuite.create())));
  private final SessionPeer responder =
      SessionPeer.responder(SessionPeer.settings(2, ledger.watch(ToySuite.create())));

  @Test
  void sessionsInTheirHandshake_leaveNothing() {
    initiator.start();
    responder.start();
    initiator.work();
    responder.receive(initiator.takeWritten());
    responder.work();
    assertThat(ledger.unwiped()).isNotEmpty();

    initiator.session.timePassed(initiator.session.deadlineNanos(), initiator);
    responder.session.close();
    assertThat(ledger.unwiped()).isEmpty();
  }

  @Test
  void establishedSessions_leaveNothing() {
    SessionPeer.establish(initiator, responder);
    assertThat(ledger.unwiped()).hasSize(4);

    responder.receive(initiator.record(new WireMessage.Ping(1)));
    responder.receive(new byte[] {0, 0, 0, 0});
    assertThat(responder.failure).isNotNull();
    assertThat(ledger.unwiped()).hasSize(2);
    initiator.session.close();
    assertThat(ledger.unwiped()).isEmpty();
  }
}
