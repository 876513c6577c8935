package dev.waggle.domain.session;

import static dev.waggle.domain.frame.FrameBounds.HEADER_BYTES;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.crypto.toy.ToySuite;
import dev.waggle.domain.Fault;
import dev.waggle.domain.handshake.Crossings;
import dev.waggle.domain.handshake.HandshakeFailure;
import dev.waggle.domain.handshake.HandshakeFailure.Kind;
import dev.waggle.domain.handshake.HandshakeWork;
import dev.waggle.domain.handshake.Role;
import dev.waggle.domain.handshake.SecretLedger;
import dev.waggle.domain.session.SessionState.Awaiting;
import dev.waggle.domain.session.SessionState.Computing;
import dev.waggle.ports.wire.WireMessage;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Two sessions of which each was begun by a dial, over one connection (PROTOCOL §4.8). */
class CrossingSessionTest {
  private static final WireMessage PING = new WireMessage.Ping(1);
  private static final WireMessage PONG = new WireMessage.Pong(1);

  private static final SessionSettings STRANGER = SessionPeer.settings(3);

  private final SecretLedger ledger = new SecretLedger();
  private final SessionSettings ours = settings(1);
  private final SessionSettings theirs = settings(2);
  private final SessionPeer us = SessionPeer.crossing(ours, theirs);
  private final SessionPeer them = SessionPeer.crossing(theirs, ours);

  /** Who stays the initiator, and who yields: known as soon as there are both Offers. */
  private SessionPeer staying = us;

  private SessionPeer yielding = them;
  private byte[] offer = {};
  private byte[] lostOffer = {};

  private SessionSettings settings(long seed) {
    return SessionPeer.settings(seed, ledger.watch(ToySuite.create()));
  }

  private void offerBoth() {
    us.start();
    them.start();
    us.work();
    them.work();
    byte[] ourOffer = us.takeWritten();
    byte[] theirOffer = them.takeWritten();
    boolean weStay = Crossings.wins(ourOffer, theirOffer);
    staying = weStay ? us : them;
    yielding = weStay ? them : us;
    offer = weStay ? ourOffer : theirOffer;
    lostOffer = weStay ? theirOffer : ourOffer;
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 3", "3, 7", "4, 30", "5, 100", "6, 500", "7, 5000", "8, 70000"})
  void sessions_agreeOnKeysAndRoles_howeverTheBytesAreCut(long firstSeed, int maxChunk) {
    Set<Role> ours = EnumSet.noneOf(Role.class);
    for (long seed = 1000 * firstSeed; seed < 1000 * firstSeed + 8; seed++) {
      SessionSettings one = SessionPeer.settings(seed);
      SessionSettings other = SessionPeer.settings(seed + 500);
      SessionPeer ofOne = SessionPeer.crossing(one, other);
      SessionPeer ofOther = SessionPeer.crossing(other, one);
      ofOne.onEstablished = () -> sendBoth(ofOne);
      ofOther.onEstablished = () -> sendBoth(ofOther);

      SessionPump.run(ofOne, ofOther, new SplittableRandom(seed), maxChunk);

      assertThat(ofOne.failure).as("seed %d", seed).isNull();
      assertThat(ofOther.failure).as("seed %d", seed).isNull();
      assertThat(ofOne.agreement.role()).isNotEqualTo(ofOther.agreement.role());
      assertThat(ofOne.agreement.peer().id()).isEqualTo(other.handshake().identity().peerId());
      assertThat(ofOther.agreement.peer().id()).isEqualTo(one.handshake().identity().peerId());
      assertThat(ofOne.delivered).containsExactly(PING, PONG);
      assertThat(ofOther.delivered).containsExactly(PING, PONG);
      assertThat(ofOne.buffers.lentBytes() + ofOther.buffers.lentBytes()).isZero();
      ours.add(ofOne.agreement.role());
    }
    assertThat(ours).as("of eight").containsExactlyInAnyOrder(Role.values());
  }

  private static void sendBoth(SessionPeer peer) {
    peer.send(PING);
    peer.send(PONG);
    peer.flush();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void sideThatIsAnsweredByWhoWasDialled_isTheInitiator(long seed) {
    SessionPeer dialled = SessionPeer.responder(theirs);

    SessionPump.run(us, dialled, new SplittableRandom(seed), 100);

    assertThat(us.agreement.role()).isEqualTo(Role.INITIATOR);
    assertThat(dialled.agreement.role()).isEqualTo(Role.RESPONDER);
  }

  @Test
  void offerThatHasLost_isReadToItsLastByte_andNothingComesOfIt() {
    offerBoth();
    for (byte part : lostOffer) {
      assertThat(staying.session.state()).isInstanceOf(Awaiting.class);
      staying.receive(new byte[] {part});
    }

    assertThat(staying.session.state()).isInstanceOf(Awaiting.class);
    assertThat(staying.works).isEmpty();
    assertThat(staying.takeWritten()).isEmpty();
    assertThat(staying.buffers.lentBytes()).isZero();
  }

  @Test
  void offerThatHasLost_andTheAcceptanceBehindIt_mayArriveInOneRead() {
    offerBoth();
    yielding.receive(offer);
    yielding.work();

    staying.receive(joined(lostOffer, yielding.takeWritten()));
    staying.work();

    assertThat(staying.agreement).isNotNull();
  }

  @Test
  void offerThatArrivesWhileTheOwnIsMade_isHeld_andReadBehindIt() {
    offerBoth();
    SessionPeer late = SessionPeer.crossing(yielding == us ? ours : theirs, staysSettings());
    late.start();

    late.receive(offer);
    assertThat(late.session.state()).isInstanceOf(Computing.class);
    assertThat(late.readings).containsExactly(false);
    late.work();

    assertThat(late.takeWritten()).as("its own Offer goes out all the same").isNotEmpty();
    assertThat(late.failure).isNull();
    late.session.close();
    assertThat(late.buffers.lentBytes()).isZero();
  }

  private SessionSettings staysSettings() {
    return staying == us ? ours : theirs;
  }

  @Test
  void bytesThatArriveWhileTheSideThatYieldsComputes_areHeld() {
    offerBoth();
    yielding.receive(offer);
    assertThat(yielding.session.state()).isInstanceOf(Computing.class);
    yielding.receive(new byte[] {0, 0});
    assertThat(yielding.readings).containsExactly(false);

    yielding.work();
    assertThat(yielding.readings).containsExactly(false, true);
    staying.receive(lostOffer);
    staying.receive(yielding.takeWritten());
    staying.work();
    staying.send(PING);
    staying.flush();
    byte[] rest = staying.takeWritten();
    yielding.receive(Arrays.copyOfRange(rest, 2, rest.length));
    yielding.work();

    assertThat(yielding.delivered).containsExactly(PING);
    assertThat(yielding.agreement.role()).isEqualTo(Role.RESPONDER);
  }

  @Test
  void secondOffer_endsTheSession_onEitherSide() {
    offerBoth();
    staying.receive(joined(lostOffer, lostOffer));
    assertThat(kind(staying)).isEqualTo(Kind.MALFORMED);

    yielding.receive(joined(offer, offer));
    yielding.work();
    assertThat(kind(yielding)).isEqualTo(Kind.MALFORMED);

    assertNothingIsLeft();
  }

  @Test
  void ownOffer_endsTheSession_withoutAWord() {
    offerBoth();

    staying.receive(offer);

    assertThat(kind(staying)).isEqualTo(Kind.SELF);
    assertThat(staying.failure.fault()).isEqualTo(Fault.ENVIRONMENT);
    assertThat(staying.takeWritten()).isEmpty();
  }

  @Test
  void garbage_endsTheSession_withoutAWord() {
    offerBoth();

    staying.receive(new byte[] {0, 0, 0, 1, 42});
    yielding.receive(new byte[] {-1, -1, -1, -1});

    assertThat(kind(staying)).isEqualTo(Kind.MALFORMED);
    assertThat(yielding.failure).isInstanceOf(SessionFailure.FrameOutOfBounds.class);
    assertThat(us.takeWritten()).isEmpty();
    assertThat(them.takeWritten()).isEmpty();
    assertNothingIsLeft();
  }

  @Test
  void offerOfAnotherVersion_isRefused() {
    offerBoth();

    staying.receive(new byte[] {0, 0, 0, 2, 9, 0});

    assertThat(kind(staying)).isEqualTo(Kind.VERSION_MISMATCH);
    assertThat(staying.takeWritten())
        .as("a frame with a Refusal")
        .startsWith(0, 0, 0)
        .hasSizeGreaterThan(8);
  }

  @Test
  void deadline_isThatOfTheHandshake_fromTheOpeningOfTheConnection() {
    long deadline = SessionPeer.START_NANOS + Duration.ofSeconds(10).toNanos();
    assertThat(us.session.deadlineNanos()).isEqualTo(deadline);
    offerBoth();
    assertThat(us.session.deadlineNanos()).isEqualTo(deadline);
    staying.receive(lostOffer);
    yielding.receive(offer);
    yielding.work();
    for (SessionPeer side : List.of(staying, yielding)) {
      assertThat(side.session.deadlineNanos()).isEqualTo(deadline);
      side.session.timePassed(deadline - 1, side);
      assertThat(side.failure).isNull();
      side.session.timePassed(deadline, side);
      assertThat(kind(side)).isEqualTo(Kind.TIMED_OUT);
    }
    assertNothingIsLeft();
  }

  /** How many of the steps of a crossing have been made when both connections end. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5})
  void endOfTheConnection_leavesNoSecret_howeverFarTheyHadCome(int steps) {
    offerBoth();
    assertThat(ledger.unwiped()).isNotEmpty();
    List<Runnable> script =
        List.of(
            () -> staying.receive(lostOffer),
            () -> yielding.receive(offer),
            yielding::work,
            () -> staying.receive(yielding.takeWritten()),
            staying::work);
    script.subList(0, steps).forEach(Runnable::run);

    us.session.close();
    them.session.close();
    us.works.forEach(HandshakeWork::abandon);
    them.works.forEach(HandshakeWork::abandon);

    assertNothingIsLeft();
  }

  /** Flipped, cut and put together from each other's parts, as somebody in the way could. */
  @Test
  void spoiltOffers_neverThrow_andLeaveNothing() {
    SplittableRandom random = new SplittableRandom(7);
    Set<String> ends = new TreeSet<>();
    for (int i = 0; i < 1000; i++) {
      SecretLedger secrets = new SecretLedger();
      SessionSettings watched = SessionPeer.settings(i, secrets.watch(ToySuite.create()));
      SessionPeer side = SessionPeer.crossing(watched, STRANGER);
      SessionPeer other = SessionPeer.initiator(STRANGER);
      side.start();
      side.work();
      other.start();
      other.work();
      side.receive(spoilt(other.takeWritten(), side.takeWritten(), random));
      while (!side.works.isEmpty()) {
        side.work();
      }
      ends.add(kind(side) + " " + side.session.state().getClass().getSimpleName());
      assertThat(side.agreement).isNull();
      side.session.close();
      other.session.close();
      assertThat(secrets.unwiped()).as("input %d", i).isEmpty();
      assertThat(side.buffers.lentBytes()).as("input %d", i).isZero();
    }
    assertThat(ends)
        .contains("null Awaiting", "MALFORMED Failed", "VERSION_MISMATCH Failed", "SELF Failed");
  }

  private static byte[] spoilt(byte[] offer, byte[] own, SplittableRandom random) {
    byte[] bytes = random.nextInt(4) == 0 ? own : offer;
    byte[] source = random.nextBoolean() ? own : offer;
    for (int edits = random.nextInt(4); edits > 0; edits--) {
      int at =
          HEADER_BYTES + random.nextInt(random.nextBoolean() ? 12 : offer.length - HEADER_BYTES);
      int length = random.nextInt(1 + Math.min(40, bytes.length - at));
      if (random.nextBoolean()) {
        System.arraycopy(source, random.nextInt(source.length - length), bytes, at, length);
      } else {
        bytes[at] = (byte) random.nextInt();
      }
    }
    int length = random.nextInt(4) == 0 ? random.nextInt(1, bytes.length) : bytes.length;
    byte[] cut = Arrays.copyOf(bytes, Math.max(length, HEADER_BYTES + 1));
    ByteBuffer.wrap(cut).putInt(cut.length - HEADER_BYTES);
    return cut;
  }

  private void assertNothingIsLeft() {
    us.session.close();
    them.session.close();
    assertThat(ledger.unwiped()).isEmpty();
    assertThat(us.buffers.lentBytes() + them.buffers.lentBytes()).isZero();
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  private static HandshakeFailure.@Nullable Kind kind(SessionPeer side) {
    return side.failure instanceof SessionFailure.Handshake(HandshakeFailure cause)
        ? cause.kind()
        : null;
  }
}
