package dev.waggle.domain.handshake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.crypto.toy.SeededRandom;
import dev.waggle.crypto.toy.ToySuite;
import dev.waggle.domain.handshake.HandshakeStep.Compute;
import dev.waggle.domain.handshake.HandshakeStep.Done;
import dev.waggle.domain.handshake.HandshakeStep.Failed;
import dev.waggle.domain.handshake.HandshakeStep.Send;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.PeerIdentity;
import dev.waggle.ports.crypto.CipherSuite;
import dev.waggle.ports.crypto.HashFunction;
import dev.waggle.ports.crypto.RandomSource;
import dev.waggle.ports.crypto.SignatureScheme;
import dev.waggle.ports.crypto.SigningKeyPair;
import java.util.List;

/** Handshakes over a mock stream: no sockets, and work done where it stands. */
final class Handshakes {
  static final CipherSuite TOY = ToySuite.create();
  static final CipherSuite OTHER_TOY = ToySuite.other();
  static final HashFunction SHA256 = TOY.hash();
  static final Bytes NETWORK = NetworkId.of("test", SHA256);
  static final String BINCODE = "bincode";

  private Handshakes() {}

  /** A node of its own, over the toy suite. */
  static HandshakeSettings node(long seed) {
    return node(seed, List.of(TOY), List.of(BINCODE));
  }

  static HandshakeSettings node(long seed, CipherSuite suite) {
    return node(seed, List.of(suite), List.of(BINCODE));
  }

  /**
   * A node of its own: the seed decides its identity and all that it draws afterwards.
   *
   * @param suites all signing with the same algorithm
   */
  static HandshakeSettings node(long seed, List<CipherSuite> suites, List<String> codecs) {
    SeededRandom random = new SeededRandom(seed);
    PeerIdentity identity = identity(suites.getFirst().signature(), random);
    return new HandshakeSettings(identity, NETWORK, suites, codecs, List.of(), SHA256, random);
  }

  static PeerIdentity identity(SignatureScheme scheme, RandomSource random) {
    SigningKeyPair keyPair = scheme.generate(random);
    Bytes hash = Bytes.wrap(SHA256.hash(keyPair.publicKey().borrowArray()));
    return new PeerIdentity(scheme.algorithm(), new PeerId(hash), keyPair);
  }

  /** The same node, with a generator of its own. */
  static HandshakeSettings withRandom(HandshakeSettings node, long seed) {
    return new HandshakeSettings(
        node.identity(),
        node.networkId(),
        node.suites(),
        node.codecs(),
        node.features(),
        node.sha256(),
        new SeededRandom(seed));
  }

  /** The same node, but for its features. */
  static HandshakeSettings withFeatures(HandshakeSettings node, Integer... features) {
    return new HandshakeSettings(
        node.identity(),
        node.networkId(),
        node.suites(),
        node.codecs(),
        List.of(features),
        node.sha256(),
        node.random());
  }

  static Handshake initiator(HandshakeSettings settings) {
    return Handshake.initiator(settings, settings.suites().getFirst(), null);
  }

  /** Starts a handshake, and does the work that this asks for. */
  static HandshakeStep start(Handshake handshake) {
    return finish(handshake, handshake.start());
  }

  /** Feeds a message, and does the work that this asks for. */
  static HandshakeStep receive(Handshake handshake, Bytes message) {
    return finish(handshake, handshake.receive(message));
  }

  static HandshakeStep finish(Handshake handshake, HandshakeStep step) {
    return step instanceof Compute(HandshakeWork work) ? handshake.resume(work.compute()) : step;
  }

  /** The message of a step that sends one. */
  static Bytes sent(HandshakeStep step) {
    assertThat(step).isInstanceOf(Send.class);
    return ((Send) step).message();
  }

  static Done done(HandshakeStep step) {
    assertThat(step).isInstanceOf(Done.class);
    return (Done) step;
  }

  static Failed failed(HandshakeStep step) {
    assertThat(step).isInstanceOf(Failed.class);
    return (Failed) step;
  }

  static HandshakeFailure.Kind failure(HandshakeStep step) {
    return failed(step).failure().kind();
  }

  /** A message with one bit of one byte changed. */
  static Bytes flipped(Bytes message, int at) {
    byte[] bytes = message.toArray();
    bytes[at] ^= 1;
    return Bytes.wrap(bytes);
  }

  /** Everything that a complete handshake said and left. */
  record Run(
      Bytes offer,
      Bytes acceptance,
      Bytes confirmation,
      HandshakeResult initiator,
      HandshakeResult responder) {

    static Run of(HandshakeSettings initiator, HandshakeSettings responder) {
      return of(Handshakes.initiator(initiator), Handshake.responder(responder));
    }

    static Run of(Handshake initiator, Handshake responder) {
      start(responder);
      Bytes offer = sent(start(initiator));
      Bytes acceptance = sent(receive(responder, offer));
      Done initiatorDone = done(receive(initiator, acceptance));
      Bytes confirmation = initiatorDone.lastMessage();
      assertThat(confirmation).isNotNull();
      Done responderDone = done(receive(responder, confirmation));
      assertThat(responderDone.lastMessage()).isNull();
      return new Run(
          offer, acceptance, confirmation, initiatorDone.result(), responderDone.result());
    }
  }
}
