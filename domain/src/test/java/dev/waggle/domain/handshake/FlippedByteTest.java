package dev.waggle.domain.handshake;

import static dev.waggle.domain.handshake.Handshakes.failure;
import static dev.waggle.domain.handshake.Handshakes.flipped;
import static dev.waggle.domain.handshake.Handshakes.node;
import static dev.waggle.domain.handshake.Handshakes.receive;
import static dev.waggle.domain.handshake.Handshakes.start;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.domain.handshake.HandshakeFailure.Kind;
import dev.waggle.domain.handshake.HandshakeStep.Failed;
import dev.waggle.domain.handshake.HandshakeStep.Send;
import dev.waggle.domain.handshake.Handshakes.Run;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.crypto.CipherSuite;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every single byte of every message, flipped in turn, in each suite. */
final class FlippedByteTest {
  private static final String SUITES = "dev.waggle.domain.handshake.Suites#all";

  @ParameterizedTest
  @MethodSource(SUITES)
  void flippedOffer_failsAtTheLatestWhenTheInitiatorReadsTheAnswer(CipherSuite suite) {
    // Each flip needs a new signature, which nobody gets to check: a toy will do, and saves
    // seconds.
    Script script = new Script(withToySignature(suite));
    for (int at = 0; at < script.run.offer().length(); at++) {
      Handshake initiator = script.initiator();
      Handshake responder = script.responder();
      start(initiator);

      switch (receive(responder, flipped(script.run.offer(), at))) {
        // The responder cannot know. What it signs is not what the initiator has said.
        case Send(Bytes acceptance) ->
            assertThat(failure(receive(initiator, acceptance)))
                .as("byte %d", at)
                .isEqualTo(Kind.FORGED);
        case Failed(HandshakeFailure failure, Bytes _) ->
            assertThat(failure.kind()).as("byte %d", at).isNotEqualTo(Kind.FORGED);
        case HandshakeStep other -> throw new AssertionError("byte " + at + ": " + other);
      }
    }
  }

  @ParameterizedTest
  @MethodSource(SUITES)
  void flippedAcceptance_failsAtTheInitiator_whichSendsNothing(CipherSuite suite) {
    Script script = new Script(suite);
    for (int at = 0; at < script.run.acceptance().length(); at++) {
      Handshake initiator = script.initiator();
      start(initiator);

      HandshakeStep end = receive(initiator, flipped(script.run.acceptance(), at));

      assertThat(end).as("byte %d", at).isInstanceOf(Failed.class);
      assertThat(((Failed) end).refusal()).isNull();
    }
  }

  @ParameterizedTest
  @MethodSource(SUITES)
  void flippedConfirmation_failsAtTheResponder(CipherSuite suite) {
    Script script = new Script(suite);
    for (int at = 0; at < script.run.confirmation().length(); at++) {
      Handshake responder = script.responder();
      receive(responder, script.run.offer());

      HandshakeStep end = receive(responder, flipped(script.run.confirmation(), at));

      assertThat(end).as("byte %d", at).isInstanceOf(Failed.class);
      assertThat(failure(end))
          .as("byte %d", at)
          .isEqualTo(at < Long.BYTES ? Kind.MALFORMED : Kind.FORGED);
    }
  }

  private static CipherSuite withToySignature(CipherSuite suite) {
    return new CipherSuite(
        suite.id(),
        suite.name(),
        suite.kem(),
        Handshakes.TOY.signature(),
        suite.aead(),
        suite.hash(),
        suite.kdf());
  }

  /** The same handshake again and again: both sides draw the same bytes every time. */
  private static final class Script {
    private final HandshakeSettings alice;
    private final HandshakeSettings bob;
    final Run run;

    Script(CipherSuite suite) {
      CipherSuite remembering = RememberingSignature.in(suite);
      this.alice = node(1, remembering);
      this.bob = node(2, remembering);
      this.run = Run.of(initiator(), Handshake.responder(Handshakes.withRandom(bob, 20)));
    }

    Handshake initiator() {
      return Handshakes.initiator(Handshakes.withRandom(alice, 10));
    }

    Handshake responder() {
      Handshake responder = Handshake.responder(Handshakes.withRandom(bob, 20));
      start(responder);
      return responder;
    }
  }
}
