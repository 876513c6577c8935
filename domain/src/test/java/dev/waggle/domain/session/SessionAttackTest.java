package dev.waggle.domain.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.waggle.domain.Fault;
import dev.waggle.domain.frame.FrameBounds;
import dev.waggle.domain.handshake.HandshakeFailure;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.testkit.wire.WireSamples;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.WireMessage;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A peer, or somebody on the way to it, who does not keep to the protocol. */
class SessionAttackTest {
  private static final WireMessage PING = new WireMessage.Ping(1);
  private static final WireMessage PONG = new WireMessage.Pong(2);

  private final SessionPeer initiator = SessionPeer.initiator(SessionPeer.settings(1));
  private final SessionPeer responder = SessionPeer.responder(SessionPeer.settings(2));

  @Test
  void flippedRecord_closesTheSession() {
    SessionPeer.establish(initiator, responder);
    byte[] record = initiator.record(PING);
    record[record.length / 2] ^= 4;

    responder.receive(record);
    assertForged();
    assertThat(responder.delivered).isEmpty();
  }

  @Test
  void recordWithAnotherLength_closesTheSession() {
    SessionPeer.establish(initiator, responder);
    byte[] record = initiator.record(PING);
    record[3]--;

    responder.receive(record);
    assertForged();
  }

  @Test
  void replayedRecord_closesTheSession() {
    SessionPeer.establish(initiator, responder);
    byte[] record = initiator.record(PING);

    responder.receive(record);
    responder.receive(record);
    assertForged();
    assertThat(responder.delivered).containsExactly(PING);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3})
  void forgedPartOfALongMessage_closesTheSession_andNothingOfItIsHeld(int number) {
    SessionPeer.establish(initiator, responder);
    responder.freeMemory = 10_000_000;
    byte[] records =
        initiator.record(WireSamples.gossip(GossipMessage.Kind.BLOCK, 4 * 65_600 - 19));
    assertThat(records).hasSize(4 * FrameBounds.MAX_FRAME_BYTES);
    records[number * FrameBounds.MAX_FRAME_BYTES + 1000]++;

    responder.receive(records);
    assertForged();
    assertThat(responder.delivered).isEmpty();
    assertThat(responder.buffers.lentBytes()).isZero();
    assertThat(responder.freeMemory).isEqualTo(10_000_000);
  }

  @Test
  void reorderedRecords_closeTheSession() {
    SessionPeer.establish(initiator, responder);
    byte[] first = initiator.record(PING);
    byte[] second = initiator.record(PONG);

    responder.receive(second);
    assertForged();
    responder.receive(first);
    assertThat(responder.delivered).isEmpty();
  }

  @Test
  void droppedRecord_closesTheSession() {
    SessionPeer.establish(initiator, responder);
    initiator.record(PING);

    responder.receive(initiator.record(PONG));
    assertForged();
  }

  @Test
  void reflectedRecord_closesTheSession() {
    SessionPeer.establish(initiator, responder);

    initiator.receive(initiator.record(PING));
    assertThat(initiator.failure).isInstanceOf(SessionFailure.RecordForged.class);
  }

  @Test
  void truncatedRecord_deliversNothing() {
    SessionPeer.establish(initiator, responder);
    byte[] record = initiator.record(PING);

    responder.receive(Arrays.copyOf(record, record.length - 1));
    assertThat(responder.delivered).isEmpty();
    responder.session.close();
    assertThat(responder.buffers.lentBytes()).isZero();
  }

  @Test
  void recordOfAnotherSession_closesTheSession() {
    SessionPeer.establish(initiator, responder);
    SessionPeer mallory = SessionPeer.initiator(SessionPeer.settings(1));
    SessionPeer.establish(mallory, SessionPeer.responder(SessionPeer.settings(3)));

    responder.receive(mallory.record(PING));
    assertForged();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, FrameBounds.MAX_HANDSHAKE_BYTES + 1, Integer.MAX_VALUE, -1})
  void lengthBombInTheHandshake_closesTheSessionAndTakesNoMemory(int length) {
    responder.start();

    assertTakesNoMemory(length);
    assertThat(responder.failure)
        .isEqualTo(new SessionFailure.FrameOutOfBounds(Integer.toUnsignedLong(length)));
    assertThat(responder.failure.fault()).isEqualTo(Fault.PEER);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 15, FrameBounds.MAX_PLAINTEXT_BYTES + 17, Integer.MAX_VALUE, -1})
  void lengthBombAfterTheHandshake_closesTheSessionAndTakesNoMemory(int length) {
    SessionPeer.establish(initiator, responder);

    assertTakesNoMemory(length);
    assertThat(responder.failure)
        .isEqualTo(new SessionFailure.FrameOutOfBounds(Integer.toUnsignedLong(length)));
  }

  @ParameterizedTest
  @ValueSource(ints = {FrameBounds.MAX_HANDSHAKE_BYTES, 1})
  void promisedFrameInTheHandshake_takesNoMemory(int length) {
    responder.start();

    assertTakesNoMemory(length);
    assertThat(responder.failure).isNull();
  }

  @Test
  void promisedRecord_takesNoMemory() {
    SessionPeer.establish(initiator, responder);

    assertTakesNoMemory(FrameBounds.MAX_PLAINTEXT_BYTES + 16);
    assertThat(responder.failure).isNull();
  }

  /** Feeds a header, and asserts that nothing was taken for what it promises. */
  private void assertTakesNoMemory(int length) {
    ByteBuffer header = ByteBuffer.allocate(4).putInt(length).flip();
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    responder.session.receive(header, responder);
    assertThat(threads.getCurrentThreadAllocatedBytes() - before)
        .as("classes and failures, but no frame")
        .isLessThan(1 << 20);
    assertThat(responder.buffers.lentBytes()).isZero();
  }

  @Test
  void promisedMessage_takesNoMoreThanFourTimesWhatArrives() {
    SessionPeer.establish(initiator, responder);
    initiator.send(WireSamples.gossip(GossipMessage.Kind.BLOCK, GossipMessage.MAX_PAYLOAD_BYTES));
    byte[] all = initiator.takeWritten();

    for (int records = 1; records <= 20; records++) {
      int from = (records - 1) * FrameBounds.MAX_FRAME_BYTES;
      responder.receive(Arrays.copyOfRange(all, from, from + FrameBounds.MAX_FRAME_BYTES));
      assertThat(responder.buffers.lentBytes())
          .isLessThanOrEqualTo(4L * records * FrameBounds.MAX_FRAME_BYTES);
    }
    responder.session.close();
    assertThat(responder.buffers.lentBytes()).isZero();
  }

  @Test
  void malformedMessage_closesTheSessionAfterWhatCameBefore() {
    SessionPeer.establish(initiator, responder);

    responder.receive(sealed("0c" + "00000000" + "0100000000000000" + "04" + "ffffffff"));
    assertThat(responder.delivered).containsExactly(PING);
    assertMalformed();
  }

  @ParameterizedTest
  @ValueSource(strings = {"00", "8000", "8c00", "81808004", "ffffffff"})
  void lengthThatNoMessageHas_closesTheSession(String stream) {
    SessionPeer.establish(initiator, responder);

    responder.receive(sealed(stream));
    assertMalformed();
  }

  @Test
  void garbageBehindTheOffer_failsOnceItIsReached() {
    initiator.start();
    responder.start();
    initiator.work();
    responder.receive(initiator.takeWritten());
    responder.receive(new byte[] {0, 0, 0, 1, 42});
    assertThat(responder.failure).isNull();

    responder.work();
    assertThat(handshakeFailure(responder)).isNotNull();
    assertThat(responder.failure.fault()).isEqualTo(Fault.PEER);
    assertThat(responder.buffers.lentBytes()).isZero();
  }

  @Test
  void moreBehindAConfirmationThatCameTooEarly_keepsReadingPaused() {
    responder.start();
    responder.receive(offerOf(initiator));
    responder.receive(confirmationOfAnother());
    responder.receive(new byte[] {1, 2, 3});

    responder.work();
    assertThat(responder.failure).as("the Confirmation is being checked").isNull();
    assertThat(responder.readings).containsExactly(false);
  }

  private static byte[] offerOf(SessionPeer initiator) {
    initiator.start();
    initiator.work();
    return initiator.takeWritten();
  }

  /** A frame that is as long as a Confirmation has to be. */
  private static byte[] confirmationOfAnother() {
    SessionPeer dialling = SessionPeer.initiator(SessionPeer.settings(5));
    SessionPeer dialled = SessionPeer.responder(SessionPeer.settings(6));
    dialled.start();
    dialled.receive(offerOf(dialling));
    dialled.work();
    dialling.receive(dialled.takeWritten());
    dialling.work();
    return dialling.takeWritten();
  }

  @Test
  void recordsOfSomebodyWhoIsNotVerified_areNeverOpened() {
    SessionPeer.confirm(initiator, responder);
    byte[] record = initiator.record(PING);
    responder.receive(record);
    responder.session.timePassed(responder.session.deadlineNanos(), responder);

    responder.work();
    assertThat(responder.delivered).isEmpty();
    assertThat(handshakeFailure(responder)).isEqualTo(HandshakeFailure.Kind.TIMED_OUT);
  }

  @Test
  void offerThatTrickles_failsAtItsDeadline_howeverMuchOfItIsThere() {
    initiator.start();
    initiator.work();
    byte[] offer = initiator.takeWritten();
    responder.start();
    long deadline = SessionPeer.START_NANOS + Duration.ofSeconds(3).toNanos();
    for (int i = 0; i < offer.length - 1; i++) {
      responder.receive(new byte[] {offer[i]});
      assertThat(responder.session.deadlineNanos()).isEqualTo(deadline);
    }

    responder.session.timePassed(deadline - 1, responder);
    assertThat(responder.failure).isNull();
    assertThat(responder.buffers.lentBytes()).isPositive();
    responder.session.timePassed(deadline, responder);
    assertThat(handshakeFailure(responder)).isEqualTo(HandshakeFailure.Kind.TIMED_OUT);
    assertThat(responder.failure.detail()).isEqualTo("handshake: timed-out: took too long");
    assertThat(responder.buffers.lentBytes()).isZero();
  }

  @Test
  void slowHandshake_failsAtItsDeadlineAndNotBefore() {
    initiator.start();
    responder.start();
    initiator.work();
    responder.receive(initiator.takeWritten());
    long deadline = SessionPeer.START_NANOS + Duration.ofSeconds(10).toNanos();
    assertThat(initiator.session.deadlineNanos()).isEqualTo(deadline);
    assertThat(responder.session.deadlineNanos()).as("the Offer is there").isEqualTo(deadline);
    responder.work();
    assertThat(responder.session.deadlineNanos()).isEqualTo(deadline);

    responder.session.timePassed(deadline - 1, responder);
    assertThat(responder.failure).isNull();
    responder.session.timePassed(deadline, responder);
    assertThat(handshakeFailure(responder)).isEqualTo(HandshakeFailure.Kind.TIMED_OUT);
  }

  @Test
  void establishedSession_hasNoDeadline() {
    SessionPeer.establish(initiator, responder);
    responder.session.timePassed(responder.session.deadlineNanos() + 1, responder);

    responder.receive(initiator.record(PING));
    assertThat(responder.delivered).containsExactly(PING);
  }

  /**
   * Has the initiator seal as much as a key must before it may end, and the record that ends it.
   */
  private byte[] endOfAKey() {
    SessionPeer.establish(initiator, responder);
    for (int i = 0; i < 64; i++) {
      responder.receive(initiator.record(PING));
    }
    initiator.session.timePassed(initiator.session.deadlineNanos(), initiator);
    byte[] end = initiator.takeWritten();
    assertThat(end).hasSize(20).startsWith(0, 0, 0, 16);
    return end;
  }

  @Test
  void replayedEndOfAKey_closesTheSession() {
    byte[] end = endOfAKey();
    responder.receive(end);
    for (int i = 0; i < 64; i++) {
      responder.receive(initiator.record(PING));
    }
    assertThat(responder.failure).isNull();

    responder.receive(end);
    assertForged();
  }

  @Test
  void endOfAKeyThatComesTooEarly_closesTheSession() {
    byte[] end = endOfAKey();
    responder.receive(end);

    responder.receive(end);
    assertThat(responder.failure).isEqualTo(new SessionFailure.UntimelyKeyChange());
    assertThat(responder.failure.fault()).isEqualTo(Fault.PEER);
    assertThat(responder.failure.detail()).isEqualTo("a key that ends after too few records");
    assertThat(responder.buffers.lentBytes()).isZero();
  }

  @Test
  void droppedEndOfAKey_closesTheSession() {
    byte[] unused = endOfAKey();
    assertThat(unused).isNotEmpty();

    responder.receive(initiator.record(PONG));
    assertForged();
  }

  @Test
  void endOfAKeyThatWasInserted_closesTheSession() {
    byte[] end = endOfAKey();
    end[end.length - 1] ^= 1;

    responder.receive(end);
    assertForged();
  }

  @Test
  void endOfAKeyBeforeARecordThatWasSealedEarlier_closesTheSession() {
    SessionPeer.establish(initiator, responder);
    for (int i = 0; i < 64; i++) {
      responder.receive(initiator.record(PING));
    }
    byte[] before = initiator.record(PONG);
    initiator.session.timePassed(initiator.session.deadlineNanos(), initiator);

    responder.receive(initiator.takeWritten());
    assertForged();
    responder.receive(before);
    assertThat(responder.delivered).doesNotContain(PONG);
  }

  @Test
  void truncatedEndOfAKey_changesNothing() {
    byte[] end = endOfAKey();

    responder.receive(Arrays.copyOf(end, end.length - 1));
    assertThat(responder.failure).isNull();
    responder.receive(new byte[] {end[end.length - 1]});
    responder.receive(initiator.record(PONG));
    assertThat(responder.delivered).endsWith(PONG);
  }

  /** A record of the initiator that carries any plaintext. */
  private byte[] sealed(String plaintextHex) {
    byte[] plaintext = Bytes.ofHex(plaintextHex).toArray();
    byte[] record = new byte[4 + plaintext.length + 16];
    System.arraycopy(plaintext, 0, record, 4, plaintext.length);
    SessionState.Established established = (SessionState.Established) initiator.session.state();
    established.channel().sealer().seal(record, plaintext.length);
    return record;
  }

  private static HandshakeFailure.Kind handshakeFailure(SessionPeer peer) {
    assertThat(peer.failure).isInstanceOf(SessionFailure.Handshake.class);
    return ((SessionFailure.Handshake) peer.failure).cause().kind();
  }

  private void assertForged() {
    assertThat(responder.failure).isInstanceOf(SessionFailure.RecordForged.class);
    assertThat(responder.failure.fault()).isEqualTo(Fault.PEER);
    assertThat(responder.buffers.lentBytes()).isZero();
  }

  private void assertMalformed() {
    assertThat(responder.failure).isInstanceOf(SessionFailure.MalformedStream.class);
    assertThat(responder.failure.fault()).isEqualTo(Fault.PEER);
    assertThat(responder.failure.detail()).isNotEmpty();
    assertThat(responder.buffers.lentBytes()).isZero();
  }
}
