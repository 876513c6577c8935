package dev.waggle.domain.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.crypto.toy.SeededRandom;
import dev.waggle.crypto.toy.ToySuite;
import dev.waggle.domain.codec.BincodeCodec;
import dev.waggle.domain.frame.RecordBuffers;
import dev.waggle.domain.handshake.HandshakeSettings;
import dev.waggle.domain.handshake.HandshakeWork;
import dev.waggle.domain.handshake.NetworkId;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.PeerIdentity;
import dev.waggle.ports.crypto.CipherSuite;
import dev.waggle.ports.crypto.HashFunction;
import dev.waggle.ports.crypto.RandomSource;
import dev.waggle.ports.testkit.wire.WireSamples;
import dev.waggle.ports.wire.WireMessage;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A session, and a driver that remembers everything that it was told. */
final class SessionPeer implements SessionOutput {
  /** When every session here begins: so late that {@code nanoTime} wraps before its deadline. */
  static final long START_NANOS = Long.MAX_VALUE - 1_000_000_000L;

  final RecordBuffers buffers = new RecordBuffers();
  final Session session;
  final List<WireMessage> delivered = new ArrayList<>();
  final ArrayDeque<HandshakeWork> works = new ArrayDeque<>();
  final List<Boolean> readings = new ArrayList<>();
  @Nullable SessionAgreement agreement;
  @Nullable SessionFailure failure;
  long freeMemory = Long.MAX_VALUE;
  long takenMemory;
  private ByteArrayOutputStream written = new ByteArrayOutputStream();

  /** What the driver does when it hears of these. */
  Runnable onEstablished = () -> {};

  Runnable onDelivered = () -> {};

  private SessionPeer(Function<RecordBuffers, Session> connection) {
    session = connection.apply(buffers);
  }

  static SessionPeer initiator(SessionSettings settings) {
    return new SessionPeer(
        buffers -> Session.initiator(settings, keySuite(settings), null, buffers, START_NANOS));
  }

  static SessionPeer responder(SessionSettings settings) {
    return new SessionPeer(buffers -> Session.responder(settings, buffers, START_NANOS));
  }

  /** A side that has dialled {@code pinned}, which may have dialled it. */
  static SessionPeer crossing(SessionSettings settings, SessionSettings pinned) {
    PeerId peer = pinned.handshake().identity().peerId();
    return new SessionPeer(
        buffers -> Session.crossing(settings, keySuite(settings), peer, buffers, START_NANOS));
  }

  private static CipherSuite keySuite(SessionSettings settings) {
    return settings.handshake().suites().getFirst();
  }

  /** The settings of a node of its own, over the toy suite. */
  static SessionSettings settings(long seed) {
    return settings(seed, ToySuite.create());
  }

  static SessionSettings settings(long seed, CipherSuite suite) {
    SeededRandom random = new SeededRandom(seed);
    return settings(ToySuite.identity(random), suite, suite.hash(), random);
  }

  static SessionSettings settings(
      PeerIdentity identity, CipherSuite suite, HashFunction sha256, RandomSource random) {
    return new SessionSettings(
        new HandshakeSettings(
            identity,
            NetworkId.of("test", sha256),
            List.of(suite),
            List.of(BincodeCodec.NAME),
            WireSamples.FEATURES,
            sha256,
            random),
        List.of(new BincodeCodec()));
  }

  void start() {
    session.start(this);
  }

  void receive(byte[] bytes) {
    session.receive(ByteBuffer.wrap(bytes), this);
  }

  /** Does the work that the session waits for. */
  void work() {
    session.resume(works.remove().compute(), this);
  }

  void send(WireMessage message) {
    session.send(message, this);
  }

  void flush() {
    session.flush(this);
  }

  /** Sends one message in a record of its own, and takes that. */
  byte[] record(WireMessage message) {
    send(message);
    flush();
    return takeWritten();
  }

  /** What was written since the last call. */
  byte[] takeWritten() {
    byte[] bytes = written.toByteArray();
    written = new ByteArrayOutputStream();
    return bytes;
  }

  /** Brings both sides to where they can send, and takes what they have written for that. */
  static void establish(SessionPeer initiator, SessionPeer responder) {
    confirm(initiator, responder);
    responder.work();
    assertThat(initiator.agreement).isNotNull();
    assertThat(responder.agreement).isNotNull();
  }

  /** Brings the initiator to where it can send, and the responder to where it verifies that. */
  static void confirm(SessionPeer initiator, SessionPeer responder) {
    initiator.start();
    responder.start();
    initiator.work();
    responder.receive(initiator.takeWritten());
    responder.work();
    initiator.receive(responder.takeWritten());
    initiator.work();
    responder.receive(initiator.takeWritten());
  }

  @Override
  public void write(ByteBuffer borrowed) {
    byte[] copy = new byte[borrowed.remaining()];
    borrowed.get(copy);
    written.writeBytes(copy);
  }

  @Override
  public boolean takeMemory(long bytes) {
    if (bytes > freeMemory) {
      return false;
    }
    freeMemory -= bytes;
    takenMemory += bytes;
    return true;
  }

  @Override
  public void giveMemoryBack(long bytes) {
    freeMemory += bytes;
    takenMemory -= bytes;
  }

  @Override
  public void established(SessionAgreement established) {
    assertThat(agreement).as("established once").isNull();
    agreement = established;
    onEstablished.run();
  }

  @Override
  public void deliver(WireMessage message) {
    assertThat(failure).as("failed comes last").isNull();
    delivered.add(message);
    onDelivered.run();
  }

  @Override
  public void compute(HandshakeWork work) {
    works.add(work);
  }

  @Override
  public void reading(boolean wanted) {
    readings.add(wanted);
  }

  @Override
  public void failed(SessionFailure why) {
    assertThat(failure).as("failed once").isNull();
    failure = why;
  }
}
