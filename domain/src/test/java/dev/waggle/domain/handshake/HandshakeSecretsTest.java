package dev.waggle.domain.handshake;

import static dev.waggle.domain.handshake.Handshakes.done;
import static dev.waggle.domain.handshake.Handshakes.flipped;
import static dev.waggle.domain.handshake.Handshakes.node;
import static dev.waggle.domain.handshake.Handshakes.receive;
import static dev.waggle.domain.handshake.Handshakes.sent;
import static dev.waggle.domain.handshake.Handshakes.start;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.domain.handshake.HandshakeStep.Compute;
import dev.waggle.domain.handshake.HandshakeStep.Failed;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.crypto.SecretBytes;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** No secret outlives its use, however a handshake ends. */
final class HandshakeSecretsTest {
  private final SecretLedger aliceLedger = new SecretLedger();
  private final SecretLedger bobLedger = new SecretLedger();
  private final Handshake initiator =
      Handshakes.initiator(node(1, aliceLedger.watch(Handshakes.TOY)));
  private final Handshake responder = Handshake.responder(node(2, bobLedger.watch(Handshakes.TOY)));

  @BeforeEach
  void startResponder() {
    start(responder);
  }

  @Test
  void establishedHandshake_leavesTheTrafficSecretsAndNothingElse() {
    Bytes acceptance = sent(receive(responder, sent(start(initiator))));
    HandshakeStep.Done initiatorDone = done(receive(initiator, acceptance));
    HandshakeStep.Done responderDone = done(receive(responder, initiatorDone.lastMessage()));

    assertThat(aliceLedger.unwiped()).isEqualTo(trafficSecrets(initiatorDone.result()));
    assertThat(bobLedger.unwiped()).isEqualTo(trafficSecrets(responderDone.result()));
  }

  @Test
  void forgedAcceptance_leavesNothing() {
    Bytes acceptance = sent(receive(responder, sent(start(initiator))));

    assertThat(receive(initiator, lastByteFlipped(acceptance))).isInstanceOf(Failed.class);

    assertThat(aliceLedger.unwiped()).isEmpty();
  }

  @Test
  void malformedAcceptance_leavesNothing() {
    start(initiator);
    assertThat(aliceLedger.unwiped()).isNotEmpty();

    assertThat(receive(initiator, Bytes.EMPTY)).isInstanceOf(Failed.class);

    assertThat(aliceLedger.unwiped()).isEmpty();
  }

  @Test
  void forgedConfirmation_leavesNothing() {
    Bytes acceptance = sent(receive(responder, sent(start(initiator))));
    Bytes confirmation = done(receive(initiator, acceptance)).lastMessage();

    assertThat(receive(responder, lastByteFlipped(confirmation))).isInstanceOf(Failed.class);

    assertThat(bobLedger.unwiped()).isEmpty();
  }

  @Test
  void malformedConfirmation_leavesNothing() {
    sent(receive(responder, sent(start(initiator))));
    assertThat(bobLedger.unwiped()).isNotEmpty();

    assertThat(receive(responder, Bytes.EMPTY)).isInstanceOf(Failed.class);

    assertThat(bobLedger.unwiped()).isEmpty();
  }

  @Test
  void closing_leavesNothing() {
    sent(receive(responder, sent(start(initiator))));

    initiator.close();
    responder.close();

    assertThat(aliceLedger.unwiped()).isEmpty();
    assertThat(bobLedger.unwiped()).isEmpty();
  }

  @Test
  void outcomeOfWorkThatComesAfterClosing_isWiped() {
    Bytes acceptance = sent(receive(responder, sent(start(initiator))));
    HandshakeWork work = ((Compute) initiator.receive(acceptance)).work();

    initiator.close();
    initiator.resume(work.compute());

    assertThat(aliceLedger.unwiped()).isEmpty();
  }

  @Test
  void outcomeOfWorkThatComesAfterAnEarlyMessage_isWiped() {
    HandshakeWork work = ((Compute) responder.receive(sent(start(initiator)))).work();

    assertThat(responder.receive(Bytes.EMPTY)).isInstanceOf(Failed.class);
    HandshakeStep late = responder.resume(work.compute());

    assertThat(late).isInstanceOf(Failed.class);
    assertThat(bobLedger.unwiped()).isEmpty();
  }

  @Test
  void abandonedCheckOfTheAcceptance_leavesNothing() {
    Bytes acceptance = sent(receive(responder, sent(start(initiator))));
    HandshakeWork work = ((Compute) initiator.receive(acceptance)).work();
    initiator.close();
    assertThat(aliceLedger.unwiped()).as("the work holds the key").isNotEmpty();

    work.abandon();

    assertThat(aliceLedger.unwiped()).isEmpty();
  }

  @Test
  void abandonedCheckOfTheConfirmation_leavesNothing() {
    Bytes acceptance = sent(receive(responder, sent(start(initiator))));
    Bytes confirmation = done(receive(initiator, acceptance)).lastMessage();
    HandshakeWork work = ((Compute) responder.receive(confirmation)).work();
    responder.close();
    assertThat(bobLedger.unwiped()).as("the work holds the keys").isNotEmpty();

    work.abandon();

    assertThat(bobLedger.unwiped()).isEmpty();
  }

  @Test
  void wipedOutcome_leavesNothing() {
    Bytes offer = sent(start(initiator));
    HandshakeWork.Outcome accepted = ((Compute) responder.receive(offer)).work().compute();
    assertThat(bobLedger.unwiped()).isNotEmpty();
    accepted.wipe();
    assertThat(bobLedger.unwiped()).isEmpty();

    Handshake another = Handshake.responder(node(3));
    start(another);
    Bytes acceptance = sent(receive(another, offer));
    HandshakeWork.Outcome checked = ((Compute) initiator.receive(acceptance)).work().compute();
    assertThat(aliceLedger.unwiped()).as("traffic secrets").hasSize(2);
    checked.wipe();
    assertThat(aliceLedger.unwiped()).isEmpty();
  }

  @Test
  void workThatFails_leavesNothing() {
    Bytes offer = sent(start(initiator));
    HandshakeWork accepting = ((Compute) responder.receive(offer)).work();
    bobLedger.failMacs();
    assertThatThrownBy(accepting::compute).isInstanceOf(ArithmeticException.class);
    assertThat(bobLedger.unwiped()).isEmpty();

    Handshake another = Handshake.responder(node(3));
    start(another);
    Bytes acceptance = sent(receive(another, offer));
    HandshakeWork checking = ((Compute) initiator.receive(acceptance)).work();
    aliceLedger.failMacs();
    assertThatThrownBy(checking::compute).isInstanceOf(ArithmeticException.class);
    assertThat(aliceLedger.unwiped()).isEmpty();
  }

  private static Bytes lastByteFlipped(Bytes message) {
    return flipped(message, message.length() - 1);
  }

  private static List<SecretBytes> trafficSecrets(HandshakeResult result) {
    return List.of(result.sendSecret(), result.receiveSecret());
  }
}
