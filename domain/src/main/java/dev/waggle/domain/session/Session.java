package dev.waggle.domain.session;

import static dev.waggle.domain.frame.FrameBounds.HEADER_BYTES;
import static dev.waggle.domain.frame.FrameBounds.TAG_BYTES;

import dev.waggle.domain.channel.RecordOpener;
import dev.waggle.domain.channel.SecureChannel;
import dev.waggle.domain.frame.FrameBounds;
import dev.waggle.domain.frame.FrameReader;
import dev.waggle.domain.frame.HeapBuffer;
import dev.waggle.domain.frame.RecordBuffers;
import dev.waggle.domain.handshake.Handshake;
import dev.waggle.domain.handshake.HandshakeFailure;
import dev.waggle.domain.handshake.HandshakeResult;
import dev.waggle.domain.handshake.HandshakeStep;
import dev.waggle.domain.handshake.HandshakeWork;
import dev.waggle.domain.session.SessionState.Awaiting;
import dev.waggle.domain.session.SessionState.Closed;
import dev.waggle.domain.session.SessionState.Computing;
import dev.waggle.domain.session.SessionState.Established;
import dev.waggle.domain.session.SessionState.Failed;
import dev.waggle.domain.session.SessionState.Idle;
import dev.waggle.domain.stream.MessageReader;
import dev.waggle.domain.stream.MessageWriter;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.crypto.CipherSuite;
import dev.waggle.ports.wire.MalformedMessage;
import dev.waggle.ports.wire.WireCodec;
import dev.waggle.ports.wire.WireMessage;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One side of one connection: bytes go in, and out come bytes to write, messages, an established
 * peer, work to be done, or a failure (PROTOCOL §4 to §7).
 *
 * <p>It does no I/O and reads no clock. Whatever the peer sends ends in calls of the {@link
 * SessionOutput}, of which {@code failed} is the last one; only mistakes of the driver throw. After
 * a failure, and after {@link #close}, everything is ignored.
 *
 * <p>Owned by one thread, and so are the buffers that it shares with the other sessions of that
 * thread; an idle session holds none. How callbacks may call back, see {@link SessionOutput}.
 */
public final class Session implements AutoCloseable {
  private final SessionSettings settings;
  private final Handshake handshake;
  private final RecordBuffers buffers;
  private final FrameReader frames;
  private final long beganNanos;
  private long deadlineNanos;
  private SessionState state = new Idle();
  private boolean readingPaused;

  private Session(
      SessionSettings settings,
      Handshake handshake,
      Duration firstTimeout,
      RecordBuffers buffers,
      long nowNanos) {
    this.settings = settings;
    this.handshake = handshake;
    this.buffers = buffers;
    this.frames = new FrameReader(buffers);
    this.beganNanos = nowNanos;
    this.deadlineNanos = nowNanos + firstTimeout.toNanos();
  }

  /**
   * The side that dialled.
   *
   * @param keySuite the suite to make the ephemeral key for: the first of the settings', unless the
   *     responder has refused that
   * @param pinned who must answer, or null if anyone may
   * @param nowNanos the time, from which the deadline of the handshake counts
   * @throws IllegalArgumentException if the settings do not list {@code keySuite}
   */
  public static Session initiator(
      SessionSettings settings,
      CipherSuite keySuite,
      @Nullable PeerId pinned,
      RecordBuffers buffers,
      long nowNanos) {
    Handshake handshake = Handshake.initiator(settings.handshake(), keySuite, pinned);
    return new Session(settings, handshake, settings.handshakeTimeout(), buffers, nowNanos);
  }

  /**
   * A side that has dialled somebody who may have dialled it at the same moment (PROTOCOL §4.8);
   * {@link SessionAgreement#role} says what it has become.
   *
   * @param pinned who must be there; the other parameters, and what is thrown, as for {@link
   *     #initiator}
   */
  public static Session crossing(
      SessionSettings settings,
      CipherSuite keySuite,
      PeerId pinned,
      RecordBuffers buffers,
      long nowNanos) {
    Handshake handshake = Handshake.crossing(settings.handshake(), keySuite, pinned);
    return new Session(settings, handshake, settings.handshakeTimeout(), buffers, nowNanos);
  }

  /** The side that was dialled; parameters as for {@link #initiator}. */
  public static Session responder(SessionSettings settings, RecordBuffers buffers, long nowNanos) {
    Handshake handshake = Handshake.responder(settings.handshake());
    return new Session(settings, handshake, settings.offerTimeout(), buffers, nowNanos);
  }

  /** Begins, once the connection stands. */
  public void start(SessionOutput out) {
    switch (state) {
      case Idle _ -> follow(handshake.start(), out);
      case Failed _, Closed _ -> {}
      case Awaiting _, Computing _, Established _ -> throw mistake("start");
    }
  }

  /**
   * Takes bytes that have arrived.
   *
   * @param bytes borrowed; all of them are consumed
   */
  public void receive(ByteBuffer bytes, SessionOutput out) {
    while (bytes.hasRemaining()) {
      switch (state) {
        case Awaiting _ -> receiveHandshake(bytes, out);
        case Computing(HeldBytes held) -> hold(bytes, held, out);
        case Established established -> receiveRecord(bytes, established, out);
        case Failed _, Closed _ -> bytes.position(bytes.limit());
        case Idle _ -> throw mistake("receive");
      }
    }
  }

  /** Takes the outcome of the work that {@link SessionOutput#compute} asked for. */
  public void resume(HandshakeWork.Outcome outcome, SessionOutput out) {
    switch (state) {
      case Computing(HeldBytes held) -> {
        follow(handshake.resume(outcome), out);
        receive(held.bytes(), out);
        held.release();
        resumeReading(out);
      }
      case Failed _, Closed _ -> {
        var _ = handshake.resume(outcome); // which wipes the secrets in it
      }
      case Idle _, Awaiting _, Established _ -> throw mistake("resume");
    }
  }

  /**
   * Looks whether the handshake, or its Offer, has missed its deadline; in an established session,
   * whether the key has been sealing for long enough.
   */
  public void timePassed(long nowNanos, SessionOutput out) {
    switch (state) {
      case Idle _, Awaiting _, Computing _ -> {
        if (nowNanos - deadlineNanos >= 0) {
          HandshakeFailure late =
              new HandshakeFailure(HandshakeFailure.Kind.TIMED_OUT, "took too long");
          fail(new SessionFailure.Handshake(late), out);
        }
      }
      case Established established -> {
        if (nowNanos - deadlineNanos >= 0) {
          deadlineNanos = nowNanos + SecureChannel.MAX_KEY_AGE.toNanos();
          established.writer().endKey(out);
        }
      }
      case Failed _, Closed _ -> {}
    }
  }

  /**
   * When the handshake must be done, its Offer be there, or another key come: call {@link
   * #timePassed} then. Changes in that call, with the Offer, and when the session is established;
   * without meaning once it is over.
   */
  public long deadlineNanos() {
    return deadlineNanos;
  }

  /**
   * Appends {@code message} to what will be sent. Records that are full go out at once; the rest
   * waits for more messages, so that they share a record, or for {@link #flush}. A long message
   * waits, unsealed, where the output takes no more of it, for {@link #sendRest}.
   *
   * @return whether no message waits for {@link #sendRest}
   * @throws IllegalArgumentException if its encoding exceeds 8 MiB (PROTOCOL §7.1)
   */
  public boolean send(WireMessage message, SessionOutput out) {
    return switch (state) {
      case Established established -> established.writer().append(message, out);
      case Failed _, Closed _ -> true;
      case Idle _, Awaiting _, Computing _ -> throw mistake("send");
    };
  }

  /**
   * Goes on with a long message, as far as the output takes it. Whoever sends the next message
   * before does not wait for that.
   *
   * @return whether no message waits for this any more
   */
  public boolean sendRest(SessionOutput out) {
    return switch (state) {
      case Established established -> established.writer().appendRest(out);
      case Failed _, Closed _ -> true;
      case Idle _, Awaiting _, Computing _ -> throw mistake("sendRest");
    };
  }

  /** Seals and writes what {@link #send} left waiting for more messages. */
  public void flush(SessionOutput out) {
    switch (state) {
      case Established established -> established.writer().flush(out);
      case Failed _, Closed _ -> {}
      case Idle _, Awaiting _, Computing _ -> throw mistake("flush");
    }
  }

  /** Bytes of the message that was delivered last, as it is encoded; 0 before the first. */
  public int lastDeliveredBytes() {
    return state instanceof Established established ? established.reader().lastBytes() : 0;
  }

  /** Bytes of the message that was sent last, as it is encoded; 0 before the first. */
  public int lastSentBytes() {
    return state instanceof Established established ? established.writer().lastBytes() : 0;
  }

  /** How many keys have sealed what was sent (PROTOCOL §6.3); 0 unless it is established. */
  public long sealingKeys() {
    return state instanceof Established established ? established.channel().sealer().keys() : 0;
  }

  /** How many keys have sealed what was received; 0 unless it is established. */
  public long openingKeys() {
    return state instanceof Established established ? established.channel().opener().keys() : 0;
  }

  /** Wipes the secrets and gives all buffers back: the connection is gone. Idempotent. */
  @Override
  public void close() {
    abandon();
    state = new Closed();
  }

  /** For the test of the table of transitions. */
  SessionState state() {
    return state;
  }

  private void follow(HandshakeStep step, SessionOutput out) {
    switch (step) {
      case HandshakeStep.Await _ -> state = new Awaiting();
      case HandshakeStep.Send(Bytes message) -> {
        state = new Awaiting();
        writeFrame(message, out);
      }
      case HandshakeStep.Compute(HandshakeWork work) -> {
        // A responder has the peer's Offer now.
        deadlineNanos = beganNanos + settings.handshakeTimeout().toNanos();
        state = new Computing(new HeldBytes(buffers, out));
        out.compute(work);
      }
      case HandshakeStep.Done(Bytes lastMessage, HandshakeResult result) -> {
        writeFrame(lastMessage, out);
        establish(result, out);
      }
      case HandshakeStep.Failed(HandshakeFailure failure, Bytes refusal) -> {
        writeFrame(refusal, out);
        fail(new SessionFailure.Handshake(failure), out);
      }
    }
  }

  private static void writeFrame(@Nullable Bytes message, SessionOutput out) {
    if (message != null) {
      ByteBuffer frame = ByteBuffer.allocate(HEADER_BYTES + message.length());
      out.write(frame.putInt(message.length()).put(message.borrowArray()).flip());
    }
  }

  private void establish(HandshakeResult result, SessionOutput out) {
    WireCodec codec = settings.codec(result.codec());
    SecureChannel channel =
        new SecureChannel(result.suite(), result.sendSecret(), result.receiveSecret());
    deadlineNanos = beganNanos + SecureChannel.MAX_KEY_AGE.toNanos();
    frames.expect(FrameBounds.RECORD);
    state =
        new Established(
            channel,
            new MessageWriter(codec, channel.sealer(), buffers),
            new MessageReader(codec, result.features(), buffers, out));
    out.established(
        new SessionAgreement(
            result.role(), result.peer(), result.suite(), result.codec(), result.features()));
  }

  private void receiveHandshake(ByteBuffer bytes, SessionOutput out) {
    if (frameIsWhole(bytes, out)) {
      Bytes message = Bytes.copyOf(frames.frame(), HEADER_BYTES, frames.length());
      frames.release();
      follow(handshake.receive(message), out);
    }
  }

  private void receiveRecord(ByteBuffer bytes, Established established, SessionOutput out) {
    if (!frameIsWhole(bytes, out)) {
      return;
    }
    MessageReader reader = established.reader();
    int length = frames.length() - TAG_BYTES;
    if (reader.expects(length)) {
      if (opens(established, reader.assembly(), reader.arrived(), out)) {
        reader.put(length);
        deliverMessages(reader, out);
      }
    } else if (reader.expectsOneMessage(length)) {
      byte[] plaintext = new byte[length];
      if (opens(established, plaintext, 0, out)) {
        reader.give(plaintext);
        deliverMessages(reader, out);
      }
    } else {
      HeapBuffer plaintext = buffers.take(frames.length());
      try {
        if (opens(established, plaintext.array(), 0, out)) {
          reader.feed(plaintext.array(), 0, length);
          deliverMessages(reader, out);
        }
      } finally {
        buffers.giveBack(plaintext);
      }
    }
  }

  /** Opens the record that has arrived, and gives its buffer back; if it does not open, we fail. */
  private boolean opens(Established established, byte[] plaintext, int offset, SessionOutput out) {
    int length =
        established.channel().opener().open(frames.frame(), frames.length(), plaintext, offset);
    if (length == RecordOpener.FORGED) {
      fail(new SessionFailure.RecordForged(frames.length()), out);
      return false;
    }
    if (length == RecordOpener.UNTIMELY) {
      fail(new SessionFailure.UntimelyKeyChange(), out);
      return false;
    }
    frames.release();
    return true;
  }

  private void deliverMessages(MessageReader reader, SessionOutput out) {
    try {
      WireMessage message = reader.next();
      while (message != null) {
        out.deliver(message);
        // Who delivers may close.
        message = state instanceof Established ? reader.next() : null;
      }
      if (reader.refusedBytes() > 0) {
        fail(new SessionFailure.NoRoom(reader.refusedBytes()), out);
      }
    } catch (MalformedMessage e) {
      fail(new SessionFailure.MalformedStream(String.valueOf(e.getMessage())), out);
    }
  }

  private boolean frameIsWhole(ByteBuffer bytes, SessionOutput out) {
    return switch (frames.read(bytes)) {
      case COMPLETE -> true;
      case INCOMPLETE -> false;
      case OUT_OF_BOUNDS -> {
        fail(new SessionFailure.FrameOutOfBounds(frames.announcedLength()), out);
        yield false;
      }
    };
  }

  private void hold(ByteBuffer bytes, HeldBytes held, SessionOutput out) {
    long sum = (long) held.count() + bytes.remaining();
    if (!held.hasRoomFor(bytes)) {
      fail(new SessionFailure.TooMuchHeld(sum), out);
      return;
    }
    if (!held.add(bytes)) {
      fail(new SessionFailure.NoRoom(sum), out);
      return;
    }
    if (!readingPaused) {
      readingPaused = true;
      out.reading(false);
    }
  }

  private void resumeReading(SessionOutput out) {
    boolean holding = state instanceof Computing(HeldBytes held) && !held.isEmpty();
    if (readingPaused && !holding) {
      readingPaused = false;
      out.reading(true);
    }
  }

  private void fail(SessionFailure failure, SessionOutput out) {
    abandon();
    state = new Failed(failure);
    out.failed(failure);
  }

  /** Wipes every secret and gives every buffer back; the state must change right after. */
  private void abandon() {
    handshake.close();
    frames.release();
    switch (state) {
      case Computing(HeldBytes held) -> held.release();
      case Established(SecureChannel channel, MessageWriter writer, MessageReader reader) -> {
        channel.close();
        writer.release();
        reader.release();
      }
      case Idle _, Awaiting _, Failed _, Closed _ -> {}
    }
  }

  private IllegalStateException mistake(String event) {
    return new IllegalStateException(
        "%s of a session that is %s".formatted(event, state.getClass().getSimpleName()));
  }
}
