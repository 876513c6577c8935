package dev.waggle.domain.handshake;

import static dev.waggle.domain.handshake.Crossings.GREATEST;
import static dev.waggle.domain.handshake.Crossings.LEAST;
import static dev.waggle.domain.handshake.Crossings.crossing;
import static dev.waggle.domain.handshake.Crossings.drawing;
import static dev.waggle.domain.handshake.Crossings.id;
import static dev.waggle.domain.handshake.Crossings.withRandom;
import static dev.waggle.domain.handshake.Handshakes.done;
import static dev.waggle.domain.handshake.Handshakes.failure;
import static dev.waggle.domain.handshake.Handshakes.flipped;
import static dev.waggle.domain.handshake.Handshakes.node;
import static dev.waggle.domain.handshake.Handshakes.receive;
import static dev.waggle.domain.handshake.Handshakes.sent;
import static dev.waggle.domain.handshake.Handshakes.start;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.domain.handshake.HandshakeFailure.Kind;
import dev.waggle.domain.handshake.HandshakeStep.Await;
import dev.waggle.domain.handshake.HandshakeStep.Done;
import dev.waggle.domain.handshake.HandshakeStep.Failed;
import dev.waggle.domain.handshake.HandshakeStep.Send;
import dev.waggle.ports.Bytes;
import org.junit.jupiter.api.Test;

/** Somebody on the way between two sides whose Offers cross (PROTOCOL §4.8). */
final class CrossingAttackTest {
  private final HandshakeSettings alice = node(1);
  private final HandshakeSettings bob = node(2);

  private Handshake greater() {
    return crossing(drawing(alice, GREATEST), bob);
  }

  private Handshake lesser() {
    return crossing(drawing(bob, LEAST), alice);
  }

  @Test
  void sideThatIsMadeToYield_reachesNobodyWhoYieldsAsWell() {
    Handshake one = crossing(drawing(alice, "80".repeat(32)), bob);
    Handshake other = lesser();
    Bytes offer = sent(start(one));
    Bytes edited = withRandom(sent(start(other)), GREATEST);

    Bytes toOther = sent(receive(one, edited));
    Bytes toOne = sent(receive(other, offer));

    assertThat(failure(receive(one, toOne))).isEqualTo(Kind.MALFORMED);
    assertThat(failure(receive(other, toOther))).isEqualTo(Kind.MALFORMED);
  }

  @Test
  void sideThatIsMadeToYieldToTheOther_hasProvedItselfForAnOfferThatNobodyMade() {
    Handshake one = crossing(drawing(alice, "80".repeat(32)), bob);
    Handshake other = lesser();
    Bytes offer = sent(start(one));
    Bytes edited = withRandom(sent(start(other)), GREATEST);
    assertThat(offer).isNotNull();

    Bytes acceptance = sent(receive(one, edited)); // And the Offer of the one is held back.

    assertThat(failure(receive(other, acceptance))).isEqualTo(Kind.FORGED);
  }

  @Test
  void offerOfSomebodyElsesDial_isPassedOn_andAdmitsNobody() {
    // Carol dials anyone, and reaches Alice, who has punched to Bob.
    Handshake carol = Handshakes.initiator(drawing(node(3), GREATEST));
    Handshake yielding = crossing(drawing(alice, LEAST), bob);
    start(yielding);

    Bytes acceptance = sent(receive(yielding, sent(start(carol))));
    Done confirmed = done(receive(carol, acceptance));

    assertThat(confirmed.result().peer().id()).isEqualTo(id(alice));
    assertThat(failure(receive(yielding, confirmed.lastMessage()))).isEqualTo(Kind.WRONG_PEER);
  }

  @Test
  void offerThatWins_withAByteFlipped_establishesNothing() {
    Bytes offer = sent(start(greater()));
    for (int at = 0; at < offer.length(); at++) {
      Handshake staying = greater();
      Handshake yielding = lesser();
      start(staying);
      assertThat(receive(staying, sent(start(yielding)))).isInstanceOf(Await.class);

      switch (receive(yielding, flipped(offer, at))) {
        case Send(Bytes acceptance) ->
            assertThat(failure(receive(staying, acceptance)))
                .as("byte %d", at)
                .isEqualTo(Kind.FORGED);
        case Failed(HandshakeFailure failure, Bytes _) ->
            assertThat(failure.kind()).as("byte %d", at).isNotEqualTo(Kind.FORGED);
        case HandshakeStep other -> throw new AssertionError("byte " + at + ": " + other);
      }
    }
  }

  @Test
  void offerThatLoses_withAByteFlipped_endsItOrChangesNothing() {
    Bytes lost = sent(start(lesser()));
    int ignored = 0;
    for (int at = 0; at < lost.length(); at++) {
      Handshake staying = greater();
      Handshake yielding = lesser();
      Bytes offer = sent(start(staying));
      start(yielding);
      HandshakeStep step = receive(staying, flipped(lost, at));
      if (step instanceof Failed) {
        continue;
      }
      assertThat(step).as("byte %d", at).isInstanceOf(Await.class);
      Done stayed = done(receive(staying, sent(receive(yielding, offer))));
      Done yielded = done(receive(yielding, stayed.lastMessage()));
      assertThat(stayed.result().sendSecret()).isEqualTo(yielded.result().receiveSecret());
      ignored++;
    }
    assertThat(ignored)
        .as("in fields that nobody takes anything from")
        .isBetween(64, lost.length());
  }
}
