package dev.waggle.domain.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.crypto.CipherSuites;
import dev.waggle.crypto.CryptoChoice;
import dev.waggle.crypto.CryptoUnavailable;
import dev.waggle.crypto.toy.SeededRandom;
import dev.waggle.crypto.toy.ToySuite;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.PeerIdentity;
import dev.waggle.ports.crypto.CipherSuite;
import dev.waggle.ports.crypto.HashFunction;
import dev.waggle.ports.crypto.RandomSource;
import dev.waggle.ports.crypto.SigningKeyPair;
import dev.waggle.ports.testkit.wire.WireSamples;
import dev.waggle.ports.wire.WireMessage;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Sessions over the real primitives, which seal and open in place as the toys do. */
class RegisteredSuitesTest {
  static List<CipherSuite> suites() throws CryptoUnavailable {
    return CipherSuites.create(CryptoChoice.AUTO).all();
  }

  @ParameterizedTest
  @MethodSource("suites")
  void messages_arriveAndAForgeryDoesNot(CipherSuite suite) {
    SessionPeer initiator = SessionPeer.initiator(settings(1, suite));
    SessionPeer responder = SessionPeer.responder(settings(2, suite));
    SessionPeer.establish(initiator, responder);

    List<WireMessage> sent = WireSamples.large();
    sent.forEach(initiator::send);
    responder.receive(initiator.record(new WireMessage.Ping(1)));
    assertThat(responder.delivered.subList(0, sent.size()).equals(sent)).isTrue();
    assertThat(responder.delivered).hasSize(sent.size() + 1);

    byte[] record = responder.record(new WireMessage.Pong(1));
    record[10] ^= 1;
    initiator.receive(record);
    assertThat(initiator.delivered).isEmpty();
    assertThat(initiator.failure).isInstanceOf(SessionFailure.RecordForged.class);
  }

  private static SessionSettings settings(long seed, CipherSuite suite) {
    RandomSource random = new SeededRandom(seed);
    SigningKeyPair keyPair = suite.signature().generate(random);
    HashFunction sha256 = ToySuite.create().hash();
    byte[] hash = sha256.hash(keyPair.publicKey().borrowArray());
    PeerIdentity identity =
        new PeerIdentity(suite.signature().algorithm(), new PeerId(Bytes.wrap(hash)), keyPair);
    return SessionPeer.settings(identity, suite, sha256, random);
  }
}
