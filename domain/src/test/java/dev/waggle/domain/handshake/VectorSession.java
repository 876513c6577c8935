package dev.waggle.domain.handshake;

import dev.waggle.domain.codec.BincodeCodec;
import dev.waggle.domain.frame.RecordBuffers;
import dev.waggle.domain.session.Session;
import dev.waggle.domain.session.SessionAgreement;
import dev.waggle.domain.session.SessionFailure;
import dev.waggle.domain.session.SessionOutput;
import dev.waggle.domain.session.SessionSettings;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.crypto.CipherSuite;
import dev.waggle.ports.wire.MalformedMessage;
import dev.waggle.ports.wire.WireBuffer;
import dev.waggle.ports.wire.WireCodec;
import dev.waggle.ports.wire.WireMessage;
import dev.waggle.ports.wire.WireSlice;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One side of the vector of suite 0x0001, as a session that has heard a part of the other. */
final class VectorSession implements SessionOutput {
  private final Session session;
  private final List<WireMessage> delivered = new ArrayList<>();
  private final ArrayDeque<HandshakeWork> works = new ArrayDeque<>();
  private ByteArrayOutputStream written = new ByteArrayOutputStream();
  private @Nullable SessionFailure failure;

  private VectorSession(String role) {
    boolean initiator = !role.equals("responder");
    HandshakeSettings handshake =
        initiator ? HandshakeVectors.initiator() : HandshakeVectors.responder();
    List<WireCodec> codecs = handshake.codecs().stream().<WireCodec>map(NamedBincode::new).toList();
    SessionSettings settings =
        new SessionSettings(
            handshake, codecs, SessionSettings.OFFER_TIMEOUT, SessionSettings.HANDSHAKE_TIMEOUT);
    CipherSuite suite = handshake.suites().getFirst();
    RecordBuffers buffers = new RecordBuffers();
    session =
        switch (role) {
          case "initiator" -> Session.initiator(settings, suite, null, buffers, 0);
          case "crossing" -> Session.crossing(settings, suite, responderId(), buffers, 0);
          case "responder" -> Session.responder(settings, buffers, 0);
          default -> throw new IllegalArgumentException(role);
        };
  }

  private static PeerId responderId() {
    return HandshakeVectors.responder().identity().peerId();
  }

  /** A session that has received what {@link Verdict#after} says, and whose answers are taken. */
  static VectorSession of(String role, String after) throws Exception {
    HandshakeVector vector = HandshakeVectors.read(1);
    VectorSession session = new VectorSession(role);
    session.session.start(session);
    session.work();
    switch (after) {
      case "nothing" -> {}
      case "offer" -> session.receive(frame(vector.offer()));
      case "handshake" -> {
        if (role.equals("initiator")) {
          session.receive(frame(vector.acceptance()));
        } else {
          session.receive(frame(vector.offer()));
          session.receive(frame(vector.confirmation()));
        }
      }
      default -> throw new IllegalArgumentException(after);
    }
    if (session.failure != null) {
      throw new AssertionError(session.failure);
    }
    Bytes _ = session.takeWritten();
    return session;
  }

  static Bytes frame(String body) {
    return Bytes.ofHex("%08x".formatted(body.length() / 2) + body);
  }

  void receive(Bytes bytes) {
    session.receive(ByteBuffer.wrap(bytes.toArray()), this);
    work();
  }

  private void work() {
    while (!works.isEmpty()) {
      session.resume(works.remove().compute(), this);
    }
  }

  Bytes takeWritten() {
    Bytes taken = Bytes.wrap(written.toByteArray());
    written = new ByteArrayOutputStream();
    return taken;
  }

  List<WireMessage> delivered() {
    return delivered;
  }

  @Nullable SessionFailure failure() {
    return failure;
  }

  HandshakeFailure.@Nullable Kind failureKind() {
    return failure instanceof SessionFailure.Handshake(HandshakeFailure cause)
        ? cause.kind()
        : null;
  }

  @Override
  public void write(ByteBuffer borrowed) {
    byte[] copy = new byte[borrowed.remaining()];
    borrowed.get(copy);
    written.writeBytes(copy);
  }

  @Override
  public boolean takeMemory(long bytes) {
    return true;
  }

  @Override
  public void giveMemoryBack(long bytes) {}

  @Override
  public void established(SessionAgreement agreement) {}

  @Override
  public void deliver(WireMessage message) {
    delivered.add(message);
  }

  @Override
  public void compute(HandshakeWork work) {
    works.add(work);
  }

  @Override
  public void reading(boolean wanted) {}

  @Override
  public void failed(SessionFailure why) {
    failure = why;
  }

  /** Bincode, by any name: the two sides of the vector agree on the real one. */
  private record NamedBincode(String name, WireCodec inner) implements WireCodec {
    NamedBincode(String name) {
      this(name, new BincodeCodec());
    }

    @Override
    public int encodedLength(WireMessage message) {
      return inner.encodedLength(message);
    }

    @Override
    public void encode(WireMessage message, WireBuffer out) {
      inner.encode(message, out);
    }

    @Override
    public WireMessage decode(WireSlice in) throws MalformedMessage {
      return inner.decode(in);
    }
  }
}
