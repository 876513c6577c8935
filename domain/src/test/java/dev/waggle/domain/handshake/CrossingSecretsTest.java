package dev.waggle.domain.handshake;

import static dev.waggle.domain.handshake.Crossings.GREATEST;
import static dev.waggle.domain.handshake.Crossings.LEAST;
import static dev.waggle.domain.handshake.Crossings.crossing;
import static dev.waggle.domain.handshake.Crossings.drawing;
import static dev.waggle.domain.handshake.Crossings.offer;
import static dev.waggle.domain.handshake.Handshakes.TOY;
import static dev.waggle.domain.handshake.Handshakes.done;
import static dev.waggle.domain.handshake.Handshakes.failed;
import static dev.waggle.domain.handshake.Handshakes.node;
import static dev.waggle.domain.handshake.Handshakes.receive;
import static dev.waggle.domain.handshake.Handshakes.sent;
import static dev.waggle.domain.handshake.Handshakes.start;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.domain.handshake.Crossings.Crossed;
import dev.waggle.domain.handshake.HandshakeStep.Await;
import dev.waggle.domain.handshake.HandshakeStep.Compute;
import dev.waggle.domain.handshake.Handshakes.Run;
import dev.waggle.ports.Bytes;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No secret outlives its use, whatever becomes of a side whose Offer crosses another. */
final class CrossingSecretsTest {
  private final SecretLedger ledger = new SecretLedger();
  private final HandshakeSettings alice = drawing(node(1, ledger.watch(TOY)), "80".repeat(32));
  private final HandshakeSettings bob = node(2);
  private final Handshake side = crossing(alice, bob);
  private Bytes ownOffer = Bytes.EMPTY;

  private void offerItself() {
    ownOffer = sent(start(side));
    assertThat(ledger.unwiped()).as("the ephemeral key").hasSize(1);
  }

  @Test
  void sideThatYields_wipesItsKeyBeforeItComputesAnything() {
    offerItself();

    HandshakeStep step = side.receive(offer(bob, GREATEST));

    assertThat(step).isInstanceOf(Compute.class);
    assertThat(ledger.unwiped()).isEmpty();
  }

  @Test
  void sideThatStays_keepsItsKeyUntilItIsAnswered() {
    offerItself();

    assertThat(side.receive(offer(bob, LEAST))).isInstanceOf(Await.class);

    assertThat(ledger.unwiped()).hasSize(1);
    side.close();
    assertThat(ledger.unwiped()).isEmpty();
  }

  @Test
  void bothSides_endWithTheTrafficSecretsAndNothingElse() {
    Run stayed = Crossed.of(side, crossing(drawing(bob, LEAST), alice)).run();
    assertThat(ledger.unwiped())
        .containsExactly(stayed.initiator().sendSecret(), stayed.initiator().receiveSecret());

    SecretLedger yieldersLedger = new SecretLedger();
    HandshakeSettings carol = drawing(node(3, yieldersLedger.watch(TOY)), LEAST);
    Run yielded = Crossed.of(crossing(drawing(bob, GREATEST), carol), crossing(carol, bob)).run();
    assertThat(yieldersLedger.unwiped())
        .containsExactly(yielded.responder().sendSecret(), yielded.responder().receiveSecret());
  }

  /** Instead of an Answer: nothing, a Refusal's head, an Offer's, one of another version. */
  @ParameterizedTest
  @ValueSource(strings = {"", "01000000", "01000100", "0200"})
  void otherBytes_leaveNothing(String bytes) {
    offerItself();

    failed(receive(side, Bytes.ofHex(bytes)));

    assertThat(ledger.unwiped()).isEmpty();
  }

  @Test
  void ownOffer_leavesNothing() {
    offerItself();

    failed(receive(side, ownOffer));

    assertThat(ledger.unwiped()).isEmpty();
  }

  @Test
  void secondOffer_leavesNothing() {
    offerItself();
    receive(side, offer(bob, LEAST));

    failed(receive(side, offer(bob, LEAST)));

    assertThat(ledger.unwiped()).isEmpty();
  }

  @Test
  void offerThatIsRefused_leavesNothing() {
    offerItself();
    HandshakeSettings stranger =
        node(3, List.of(Handshakes.OTHER_TOY), List.of(Handshakes.BINCODE));

    assertThat(failed(receive(side, offer(stranger, GREATEST))).refusal()).isNotNull();

    assertThat(ledger.unwiped()).isEmpty();
  }

  @Test
  void closing_leavesNothing() {
    offerItself();
    side.close();
    assertThat(ledger.unwiped()).isEmpty();

    Handshake yielding = crossing(alice, bob);
    start(yielding);
    receive(yielding, offer(bob, GREATEST));
    assertThat(ledger.unwiped()).as("the keys of the responder").isNotEmpty();
    yielding.close();
    assertThat(ledger.unwiped()).isEmpty();
  }

  @Test
  void workOfTheSideThatYields_leavesNothing_ifItIsAbandonedOrItsOutcomeComesTooLate() {
    offerItself();
    HandshakeWork abandoned = ((Compute) side.receive(offer(bob, GREATEST))).work();
    side.close();
    abandoned.abandon();
    assertThat(ledger.unwiped()).isEmpty();

    Handshake late = crossing(alice, bob);
    start(late);
    HandshakeWork work = ((Compute) late.receive(offer(bob, GREATEST))).work();
    late.close();
    late.resume(work.compute());
    assertThat(ledger.unwiped()).isEmpty();
  }

  @Test
  void keyThatIsMadeTooLate_isWiped() {
    HandshakeWork work = ((Compute) side.start()).work();
    HandshakeWork.Outcome outcome = work.compute();
    assertThat(ledger.unwiped()).hasSize(1);
    side.close();

    side.resume(outcome);

    assertThat(ledger.unwiped()).isEmpty();
  }

  @Test
  void wrongPeer_leavesNothing() {
    HandshakeSettings carol = node(3);
    Handshake yielding = crossing(alice, carol);
    start(yielding);
    Handshake stranger = crossing(drawing(bob, GREATEST), alice);
    Bytes acceptance = sent(receive(yielding, sent(start(stranger))));
    assertThat(ledger.unwiped()).isNotEmpty();

    failed(receive(yielding, done(receive(stranger, acceptance)).lastMessage()));

    assertThat(ledger.unwiped()).isEmpty();
  }
}
