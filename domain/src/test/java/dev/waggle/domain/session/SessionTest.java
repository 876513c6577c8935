package dev.waggle.domain.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.crypto.toy.ToySuite;
import dev.waggle.domain.Fault;
import dev.waggle.domain.channel.RecordingAead;
import dev.waggle.domain.codec.BincodeCodec;
import dev.waggle.domain.frame.FrameBounds;
import dev.waggle.domain.handshake.HandshakeSettings;
import dev.waggle.domain.handshake.NetworkId;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.crypto.CipherSuite;
import dev.waggle.ports.testkit.wire.WireSamples;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.WireMessage;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two sessions back to back, over a stream that cuts where it likes. */
class SessionTest {
  private static final WireMessage PING = new WireMessage.Ping(1);
  private static final WireMessage PONG = new WireMessage.Pong(1);

  private final SessionSettings ours = SessionPeer.settings(1);
  private final SessionSettings theirs = SessionPeer.settings(2);
  private final SessionPeer initiator = SessionPeer.initiator(ours);
  private final SessionPeer responder = SessionPeer.responder(theirs);

  @Test
  void establishedSessions_agreeAndKnowEachOther() {
    SessionPeer.establish(initiator, responder);

    assertThat(initiator.agreement.peer().id()).isEqualTo(theirs.handshake().identity().peerId());
    assertThat(responder.agreement.peer().id()).isEqualTo(ours.handshake().identity().peerId());
    assertThat(initiator.agreement.suite().id()).isEqualTo(ToySuite.ID);
    assertThat(initiator.agreement.codec()).isEqualTo("bincode");
    assertThat(responder.agreement.codec()).isEqualTo("bincode");
  }

  @Test
  void featuresInForce_areThoseThatBothHave() {
    SessionPeer fewer = SessionPeer.responder(withFeatures(theirs, 200, 256, 0xFF03));

    SessionPeer.establish(initiator, fewer);

    assertThat(initiator.agreement.features()).containsExactly(256);
    assertThat(fewer.agreement.features()).containsExactly(256);
  }

  @Test
  void messageOfAFeatureThatIsNotInForce_closesTheSession_andThoseBeforeItCount() {
    SessionPeer fewer = SessionPeer.responder(withFeatures(theirs, 200, 256, 0xFF03));
    SessionPeer.establish(initiator, fewer);
    WireMessage inForce = new WireMessage.Extension(256, Bytes.EMPTY);

    for (WireMessage message : List.of(inForce, new WireMessage.Extension(1, Bytes.EMPTY), PING)) {
      initiator.send(message);
    }
    initiator.flush();
    fewer.receive(initiator.takeWritten());

    assertThat(fewer.delivered).containsExactly(inForce);
    assertThat(fewer.failure).isInstanceOf(SessionFailure.MalformedStream.class);
    assertThat(fewer.failure.detail()).contains("0x0001").contains("not in force");
    assertThat(fewer.failure.fault()).isEqualTo(Fault.PEER);
  }

  private static SessionSettings withFeatures(SessionSettings settings, Integer... features) {
    HandshakeSettings usual = settings.handshake();
    HandshakeSettings other =
        new HandshakeSettings(
            usual.identity(),
            usual.networkId(),
            usual.suites(),
            usual.codecs(),
            List.of(features),
            usual.sha256(),
            usual.random());
    return new SessionSettings(other, settings.codecs());
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 1", "3, 7", "4, 100", "5, 5000", "6, 70000", "7, 1000000"})
  void messagesBothWays_arriveInOrderHoweverTheBytesAreCut(long seed, int maxChunk) {
    SplittableRandom random = new SplittableRandom(seed);
    List<WireMessage> sentByInitiator = messages(random, maxChunk);
    List<WireMessage> sentByResponder = messages(random, maxChunk);
    initiator.onEstablished = () -> sendAll(initiator, sentByInitiator);
    responder.onEstablished = () -> sendAll(responder, sentByResponder);

    SessionPump.run(initiator, responder, random, maxChunk);

    assertThat(responder.delivered).isEqualTo(sentByInitiator);
    assertThat(initiator.delivered).isEqualTo(sentByResponder);
    assertThat(initiator.failure).isNull();
    assertThat(responder.failure).isNull();
    assertThat(initiator.buffers.lentBytes() + responder.buffers.lentBytes()).isZero();
  }

  private static List<WireMessage> messages(SplittableRandom random, int maxChunk) {
    List<WireMessage> messages = new ArrayList<>(WireSamples.small());
    int largest = maxChunk < 100 ? 70_000 : 600_000;
    for (int i = 0; i < 20; i++) {
      int payload = random.nextInt(1 + random.nextInt(largest));
      messages.add(WireSamples.gossip(GossipMessage.Kind.BLOCK, payload));
      messages.add(new WireMessage.Ping(i));
    }
    return messages;
  }

  private static void sendAll(SessionPeer peer, List<WireMessage> messages) {
    messages.forEach(peer::send);
    peer.flush();
  }

  @Test
  void recordBehindTheConfirmation_isHeldUntilTheInitiatorIsVerified() {
    initiator.onEstablished =
        () -> {
          initiator.send(PING);
          initiator.flush();
        };
    SessionPeer.confirm(initiator, responder); // all in one piece
    assertThat(responder.delivered).isEmpty();
    assertThat(responder.readings).containsExactly(false);

    responder.receive(initiator.record(PONG));
    assertThat(responder.readings).containsExactly(false);
    assertThat(responder.buffers.lentBytes()).isPositive();

    responder.work();
    assertThat(responder.delivered).containsExactly(PING, PONG);
    assertThat(responder.readings).containsExactly(false, true);
    assertThat(responder.buffers.lentBytes()).isZero();
  }

  @Test
  void handshakeInWhichNothingComesEarly_neverPausesReading() {
    SessionPeer.establish(initiator, responder);

    assertThat(initiator.readings).isEmpty();
    assertThat(responder.readings).isEmpty();
  }

  @Test
  void messagesUntilTheFlush_shareARecord() {
    SessionPeer.establish(initiator, responder);
    for (int i = 0; i < 100; i++) {
      initiator.send(PING);
    }
    assertThat(initiator.takeWritten()).isEmpty();

    initiator.flush();
    byte[] bytes = initiator.takeWritten();
    assertThat(bytes).hasSize(4 + 100 * 13 + 16);
    responder.receive(bytes);
    assertThat(responder.delivered).hasSize(100);
  }

  @Test
  void fullRecords_goOutWithoutAFlush() {
    SessionPeer.establish(initiator, responder);
    initiator.send(WireSamples.gossip(GossipMessage.Kind.BLOCK, 200_000));

    byte[] bytes = initiator.takeWritten();
    assertThat(bytes).hasSize(3 * FrameBounds.MAX_FRAME_BYTES);
    responder.receive(bytes);
    assertThat(responder.delivered).isEmpty();
    initiator.flush();
    responder.receive(initiator.takeWritten());
    assertThat(responder.delivered).hasSize(1);
  }

  @Test
  void keyThatIsAnHourOld_isReplacedOnBothSides_andMessagesGoOn() {
    SessionPeer.establish(initiator, responder);
    long hour = SessionPeer.START_NANOS + Duration.ofHours(1).toNanos();
    assertThat(initiator.session.deadlineNanos()).isEqualTo(hour);
    for (int i = 0; i < 64; i++) {
      responder.receive(initiator.record(PING));
    }
    initiator.session.timePassed(hour - 1, initiator);
    assertThat(initiator.takeWritten()).isEmpty();

    initiator.send(WireSamples.gossip(GossipMessage.Kind.BLOCK, 100_000)); // A part is still open.
    initiator.session.timePassed(hour, initiator);
    assertThat(initiator.buffers.lentBytes()).isZero();
    initiator.send(PONG);
    initiator.flush();
    responder.receive(initiator.takeWritten());
    assertThat(responder.delivered).hasSize(66).endsWith(PONG);
    assertThat(initiator.session.deadlineNanos()).isEqualTo(hour + Duration.ofHours(1).toNanos());
  }

  @Test
  void keyThatHasSealedLittle_isKept() {
    SessionPeer.establish(initiator, responder);
    for (int i = 0; i < 63; i++) {
      responder.receive(initiator.record(PING));
    }
    long hour = initiator.session.deadlineNanos();
    initiator.session.timePassed(hour, initiator);
    assertThat(initiator.takeWritten()).isEmpty();

    responder.receive(initiator.record(PING));
    initiator.session.timePassed(hour + 1, initiator);
    assertThat(initiator.takeWritten()).as("an hour has to pass again").isEmpty();
    initiator.session.timePassed(initiator.session.deadlineNanos(), initiator);
    assertThat(initiator.takeWritten()).hasSize(20);
  }

  @Test
  void idleSession_holdsNoBuffer() {
    SessionPeer.establish(initiator, responder);
    responder.receive(initiator.record(WireSamples.gossip(GossipMessage.Kind.BLOCK, 300_000)));

    assertThat(initiator.buffers.lentBytes()).isZero();
    assertThat(responder.buffers.lentBytes()).isZero();
  }

  @Test
  void messagesThatFillARecordEach_areOpenedIntoTheirOwnArrays_fromTheSecondOn() {
    SessionPeer.establish(initiator, responder);
    WireMessage sent = WireSamples.gossip(GossipMessage.Kind.BLOCK, 50_000);
    for (int i = 0; i < 3; i++) {
      responder.receive(initiator.record(sent));
    }

    assertThat(responder.delivered).containsExactly(sent, sent, sent);
    List<Integer> arrays = new ArrayList<>();
    for (WireMessage delivered : responder.delivered) {
      ((WireMessage.Gossip) delivered)
          .message()
          .payload()
          .lendTo((array, offset, length) -> arrays.add(array.length));
    }
    assertThat(arrays).containsExactly(50_000, 50_019, 50_019);
    assertThat(responder.buffers.lentBytes()).isZero();
  }

  @Test
  void forgedRecord_whereOneLongMessageWasExpected_failsLikeAnyOther() {
    SessionPeer.establish(initiator, responder);
    WireMessage sent = WireSamples.gossip(GossipMessage.Kind.BLOCK, 50_000);
    responder.receive(initiator.record(sent));
    byte[] forged = initiator.record(sent);
    forged[forged.length - 1] ^= 1;
    responder.receive(forged);

    assertThat(responder.delivered).hasSize(1);
    assertThat(responder.failure).isInstanceOf(SessionFailure.RecordForged.class);
    assertThat(responder.buffers.lentBytes()).isZero();
  }

  @Test
  void answerFromInsideADelivery_goesOut() {
    SessionPeer.establish(initiator, responder);
    responder.onDelivered =
        () -> {
          responder.send(PONG);
          responder.flush();
        };

    responder.receive(initiator.record(PING));
    initiator.receive(responder.takeWritten());
    assertThat(initiator.delivered).containsExactly(PONG);
  }

  @Test
  void closeFromInsideADelivery_isTheEnd() {
    SessionPeer.establish(initiator, responder);
    responder.onDelivered = responder.session::close;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    initiator.send(PING);
    bytes.writeBytes(initiator.record(PING));
    bytes.writeBytes(initiator.record(PING));

    responder.receive(bytes.toByteArray());
    assertThat(responder.delivered).containsExactly(PING);
    assertThat(responder.failure).isNull();
    assertThat(responder.buffers.lentBytes()).isZero();
  }

  @Test
  void noKeyIsUsedTwiceWithOneNonce_handshakeAndBothDirectionsTogether() {
    RecordingAead aead = new RecordingAead(ToySuite.create().aead());
    CipherSuite suite = aead.in(ToySuite.create());
    SessionPeer alice = SessionPeer.initiator(SessionPeer.settings(1, suite));
    SessionPeer bob = SessionPeer.responder(SessionPeer.settings(2, suite));
    SessionPeer.establish(alice, bob);
    int inHandshake = aead.sealed().size();
    for (int i = 0; i < 10; i++) {
      bob.receive(alice.record(PING));
      alice.receive(bob.record(PONG));
    }

    List<RecordingAead.Use> uses = aead.sealed();
    assertThat(uses).hasSize(inHandshake + 20).doesNotHaveDuplicates();
    RecordingAead.Use first = uses.get(inHandshake);
    RecordingAead.Use answer = uses.get(inHandshake + 1);
    assertThat(first.key()).isNotEqualTo(answer.key());
    assertThat(first.nonce()).as("the IVs differ too").isNotEqualTo(answer.nonce());
  }

  @Test
  void whoIsRefused_hearsWhy() {
    SessionPeer stranger = SessionPeer.responder(ofNetwork("other"));
    initiator.start();
    stranger.start();
    initiator.work();
    stranger.receive(initiator.takeWritten());
    assertThat(stranger.failure).isInstanceOf(SessionFailure.Handshake.class);

    initiator.receive(stranger.takeWritten());
    assertThat(initiator.failure)
        .isInstanceOfSatisfying(
            SessionFailure.Handshake.class,
            failure -> assertThat(failure.cause().words()).contains("network"));
  }

  private SessionSettings ofNetwork(String name) {
    HandshakeSettings usual = theirs.handshake();
    HandshakeSettings other =
        new HandshakeSettings(
            usual.identity(),
            NetworkId.of(name, usual.sha256()),
            usual.suites(),
            usual.codecs(),
            usual.features(),
            usual.sha256(),
            usual.random());
    return new SessionSettings(other, List.of(new BincodeCodec()));
  }

  @Test
  void longMessageForWhichThereIsNoMemory_closesTheSession() {
    SessionPeer.establish(initiator, responder);
    responder.freeMemory = 500_000;
    responder.receive(initiator.record(WireSamples.gossip(GossipMessage.Kind.BLOCK, 1_000_000)));
    assertThat(responder.failure).isInstanceOf(SessionFailure.NoRoom.class);
    assertThat(responder.takenMemory).isZero();
    assertThat(responder.buffers.lentBytes()).isZero();
  }
}
