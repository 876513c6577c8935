package dev.waggle.domain.handshake;

import static dev.waggle.domain.handshake.Handshakes.failed;
import static dev.waggle.domain.handshake.Handshakes.failure;
import static dev.waggle.domain.handshake.Handshakes.node;
import static dev.waggle.domain.handshake.Handshakes.receive;
import static dev.waggle.domain.handshake.Handshakes.sent;
import static dev.waggle.domain.handshake.Handshakes.start;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.crypto.CryptoChoice;
import dev.waggle.domain.handshake.HandshakeFailure.Kind;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.crypto.CipherSuite;
import dev.waggle.ports.wire.MalformedMessage;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Keys and ciphertexts that no honest peer sends. */
final class HostileKeysTest {
  private static final int X25519_LENGTH = 32;

  static Stream<CipherSuite> registered() {
    return Stream.of(CryptoChoice.JDK, CryptoChoice.BC)
        .flatMap(choice -> Suites.registered(choice).stream());
  }

  @ParameterizedTest
  @MethodSource("registered")
  void keyBeyondTheModulus_failsAtTheResponder(CipherSuite suite) throws MalformedMessage {
    byte[] key = new byte[suite.kem().publicKeyLength()];
    Arrays.fill(key, (byte) 0xFF);

    HandshakeStep end = receive(responder(suite), withKey(offer(suite), Bytes.wrap(key)));

    assertThat(failure(end)).isEqualTo(Kind.MALFORMED);
    assertThat(failed(end).refusal()).isNull();
  }

  @ParameterizedTest
  @EnumSource(
      value = CryptoChoice.class,
      names = {"JDK", "BC"})
  void pointOfSmallOrder_failsAtTheResponder(CryptoChoice choice) throws MalformedMessage {
    CipherSuite hybrid = Suites.registered(choice).getLast();
    HandshakeOffer offer = offer(hybrid);
    byte[] key = offer.kemKey().toArray();
    Arrays.fill(key, key.length - X25519_LENGTH, key.length, (byte) 0);

    HandshakeStep end = receive(responder(hybrid), withKey(offer, Bytes.wrap(key)));

    assertThat(failure(end)).isEqualTo(Kind.MALFORMED);
  }

  @ParameterizedTest
  @EnumSource(
      value = CryptoChoice.class,
      names = {"JDK", "BC"})
  void pointOfSmallOrder_failsAtTheInitiator(CryptoChoice choice) throws MalformedMessage {
    CipherSuite hybrid = Suites.registered(choice).getLast();
    Handshake initiator = Handshakes.initiator(node(1, hybrid));
    Bytes acceptance = sent(receive(responder(hybrid), sent(start(initiator))));
    HandshakeAcceptance decoded = (HandshakeAcceptance) HandshakeAnswer.decode(acceptance);
    byte[] ciphertext = decoded.clear().kemCiphertext().toArray();
    Arrays.fill(ciphertext, ciphertext.length - X25519_LENGTH, ciphertext.length, (byte) 0);

    HandshakeStep end = receive(initiator, withCiphertext(decoded, Bytes.wrap(ciphertext)));

    assertThat(failure(end)).isEqualTo(Kind.MALFORMED);
  }

  @ParameterizedTest
  @MethodSource("dev.waggle.domain.handshake.Suites#all")
  void keyOfAnotherLength_isMalformed_beforeAnyArithmetic(CipherSuite suite)
      throws MalformedMessage {
    HandshakeOffer offer = offer(suite);
    for (int length : new int[] {0, offer.kemKey().length() - 1, offer.kemKey().length() + 1}) {
      Bytes key = Bytes.wrap(new byte[length]);
      // No work was asked for: the step is that of receiving itself.
      HandshakeStep end = responder(suite).receive(withKey(offer, key));

      assertThat(failure(end)).isEqualTo(Kind.MALFORMED);
    }
  }

  @ParameterizedTest
  @MethodSource("dev.waggle.domain.handshake.Suites#all")
  void ciphertextOrProofOfAnotherLength_isMalformed_beforeAnyArithmetic(CipherSuite suite)
      throws MalformedMessage {
    HandshakeSettings alice = node(1, suite);
    for (int change : new int[] {-1, 1}) {
      Handshake initiator = Handshakes.initiator(alice);
      Handshake other = Handshakes.initiator(alice);
      start(other);
      Bytes acceptance = sent(receive(responder(suite), sent(start(initiator))));
      HandshakeAcceptance decoded = (HandshakeAcceptance) HandshakeAnswer.decode(acceptance);
      Bytes ciphertext = resized(decoded.clear().kemCiphertext(), change);
      Bytes proof = resized(decoded.sealedProof(), change);

      assertThat(failure(initiator.receive(withCiphertext(decoded, ciphertext))))
          .isEqualTo(Kind.MALFORMED);
      assertThat(failure(other.receive(new HandshakeAcceptance(decoded.clear(), proof).encode())))
          .isEqualTo(Kind.MALFORMED);
    }
  }

  @ParameterizedTest
  @MethodSource("dev.waggle.domain.handshake.Suites#all")
  void confirmationOfAnotherLength_isMalformed_beforeAnyArithmetic(CipherSuite suite) {
    for (int change : new int[] {-1, 1}) {
      Handshake responder = responder(suite);
      sent(receive(responder, sent(start(Handshakes.initiator(node(1, suite))))));
      Bytes proof = Bytes.wrap(new byte[IdentityProof.sealedLength(suite) + change]);

      assertThat(failure(responder.receive(new HandshakeConfirmation(proof).encode())))
          .isEqualTo(Kind.MALFORMED);
    }
  }

  private static HandshakeOffer offer(CipherSuite suite) throws MalformedMessage {
    return HandshakeOffer.decode(sent(start(Handshakes.initiator(node(1, suite)))));
  }

  private static Handshake responder(CipherSuite suite) {
    Handshake responder = Handshake.responder(node(2, suite));
    start(responder);
    return responder;
  }

  private static Bytes withKey(HandshakeOffer offer, Bytes key) {
    return new HandshakeOffer(
            offer.versions(),
            offer.networkId(),
            offer.suites(),
            offer.codecs(),
            offer.features(),
            offer.random(),
            offer.keySuite(),
            key)
        .encode();
  }

  private static Bytes withCiphertext(HandshakeAcceptance acceptance, Bytes ciphertext) {
    HandshakeAcceptance.Clear clear = acceptance.clear();
    return new HandshakeAcceptance(
            new HandshakeAcceptance.Clear(
                clear.suite(), clear.codec(), clear.features(), clear.random(), ciphertext),
            acceptance.sealedProof())
        .encode();
  }

  private static Bytes resized(Bytes bytes, int change) {
    return Bytes.wrap(Arrays.copyOf(bytes.toArray(), bytes.length() + change));
  }
}
