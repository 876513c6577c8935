package dev.waggle.simulator.fidelity;

import dev.waggle.domain.channel.SecureChannel;
import dev.waggle.domain.frame.FrameBounds;
import dev.waggle.domain.handshake.HandshakeFailure;
import dev.waggle.domain.handshake.VerifiedPeer;
import dev.waggle.domain.session.SessionFailure;
import dev.waggle.domain.session.SessionSettings;
import dev.waggle.domain.stream.MessageWriter;
import dev.waggle.domain.stream.RecordOutput;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.wire.WireMessage;
import dev.waggle.simulator.fidelity.HandshakeScript.Reaction;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Messages that are handed over as they are, in records of the very lengths that they would have.
 *
 * <p>The handshake follows a {@link HandshakeScript}. After it, the real {@link MessageWriter} cuts
 * messages into records, which nobody seals and nobody reads: with each record goes a list of the
 * messages that end in it. So a block of 1 MiB costs no more than its records.
 */
public final class MessagesChannel implements Channel, RecordOutput {
  private static final int OVERHEAD_BYTES = FrameBounds.HEADER_BYTES + FrameBounds.TAG_BYTES;

  /** A message of the handshake: nobody reads it, but it says who has sent it. */
  private record Flight(VerifiedPeer sender) {}

  /** A record of which nobody can say what it is: a copy of an earlier one, for example. */
  public static final Object FORGED = new Object();

  private enum State {
    AWAITING,
    COMPUTING,
    ESTABLISHED,
    OVER
  }

  private final MessagesProtocol protocol;
  private final List<Reaction> reactions;
  private final VerifiedPeer self;
  private final @Nullable PeerId pinned;
  private final boolean responds;
  private final ChannelOutput out;
  private final long beganNanos;
  private long deadlineNanos;
  private State state = State.AWAITING;
  private int nextReaction;
  private int steps;
  private @Nullable VerifiedPeer peer;
  private @Nullable ArrayDeque<Object> held;
  private @Nullable MessageWriter writer;

  // Messages that were appended, and where in the stream each ends; and how much of it was sealed.
  private final ArrayDeque<WireMessage> appended = new ArrayDeque<>(4);
  private final ArrayDeque<Long> appendedEnds = new ArrayDeque<>(4);
  private long appendedBytes;
  private long sealedBytes;

  MessagesChannel(
      MessagesProtocol protocol,
      boolean responds,
      VerifiedPeer self,
      @Nullable PeerId pinned,
      ChannelOutput out,
      long nowNanos) {
    SessionSettings settings = protocol.settings();
    this.protocol = protocol;
    this.reactions = responds ? protocol.script().responder() : protocol.script().initiator();
    this.self = self;
    this.pinned = pinned;
    this.responds = responds;
    this.out = out;
    this.beganNanos = nowNanos;
    this.deadlineNanos =
        nowNanos + (responds ? settings.offerTimeout() : settings.handshakeTimeout()).toNanos();
  }

  @Override
  public void start() {
    react();
  }

  private void react() {
    Reaction reaction = reactions.get(nextReaction++);
    for (int bytes : reaction.writes()) {
      out.write(bytes, new Flight(self));
    }
    if (reaction.establishes()) {
      establish();
    } else if (reaction.computes()) {
      deadlineNanos = beganNanos + protocol.settings().handshakeTimeout().toNanos();
      state = State.COMPUTING;
      out.compute(steps++, this::computed);
    } else {
      state = State.AWAITING;
    }
  }

  private void computed() {
    if (state != State.COMPUTING) {
      return;
    }
    HandshakeFailure wrong = wrongPeer();
    if (wrong != null) {
      fail(new SessionFailure.Handshake(wrong));
      return;
    }
    react();
    ArrayDeque<Object> waiting = held;
    held = null;
    if (waiting != null) {
      waiting.forEach(this::received);
      if (held == null) {
        out.reading(true);
      }
    }
  }

  /** The side that dialled looks whom it has reached before it names itself (PROTOCOL §4.1). */
  private @Nullable HandshakeFailure wrongPeer() {
    VerifiedPeer reached = peer;
    if (responds || reached == null) {
      return null;
    }
    if (reached.id().equals(self.id())) {
      return new HandshakeFailure(HandshakeFailure.Kind.SELF, "this node reached itself");
    }
    return pinned == null || pinned.equals(reached.id())
        ? null
        : new HandshakeFailure(
            HandshakeFailure.Kind.WRONG_PEER,
            "expected %s, reached %s".formatted(pinned, reached.id()));
  }

  private void establish() {
    SecureChannel channel = Weightless.channel(protocol.suite());
    writer = new MessageWriter(protocol.codec(), channel.sealer(), protocol.buffers());
    state = State.ESTABLISHED;
    deadlineNanos = beganNanos + SecureChannel.MAX_KEY_AGE.toNanos();
    VerifiedPeer proven = peer;
    if (proven == null) {
      throw new IllegalStateException("established without a proof");
    }
    out.established(
        new ChannelOutput.Agreement(proven, protocol.suite().name(), protocol.codec().name()));
  }

  @Override
  public void received(Object content) {
    switch (state) {
      case AWAITING -> {
        if (content instanceof Flight(VerifiedPeer sender)) {
          peer = sender;
          react();
        } else {
          fail(
              new SessionFailure.Handshake(
                  new HandshakeFailure(HandshakeFailure.Kind.MALFORMED, "no handshake message")));
        }
      }
      case COMPUTING -> hold(content);
      case ESTABLISHED -> open(content);
      case OVER -> {}
    }
  }

  private void hold(Object content) {
    ArrayDeque<Object> waiting = held;
    if (waiting == null) {
      waiting = new ArrayDeque<>(4);
      held = waiting;
      out.reading(false);
    }
    waiting.add(content);
  }

  private void open(Object content) {
    if (content instanceof Records(List<WireMessage> messages)) {
      for (WireMessage message : messages) {
        if (state == State.ESTABLISHED) {
          out.deliver(message);
        }
      }
    } else {
      fail(new SessionFailure.RecordForged(OVERHEAD_BYTES));
    }
  }

  /** The messages that end in a record. */
  private record Records(List<WireMessage> messages) {
    static final Records NONE = new Records(List.of());
  }

  @Override
  public boolean send(WireMessage message) {
    MessageWriter target = writer;
    if (state != State.ESTABLISHED || target == null) {
      return true;
    }
    int length = protocol.codec().encodedLength(message);
    appendedBytes += length + bytesOfLength(length);
    appended.add(message);
    appendedEnds.add(appendedBytes);
    return target.append(message, this);
  }

  /** How many bytes of LEB128 announce a message (PROTOCOL §7.1). */
  private static int bytesOfLength(int length) {
    int bits = Integer.SIZE - Integer.numberOfLeadingZeros(length);
    return Math.ceilDiv(bits, 7);
  }

  @Override
  public boolean sendRest() {
    MessageWriter target = writer;
    return state != State.ESTABLISHED || target == null || target.appendRest(this);
  }

  @Override
  public void flush() {
    MessageWriter target = writer;
    if (state == State.ESTABLISHED && target != null) {
      target.flush(this);
    }
  }

  @Override
  public void write(ByteBuffer borrowed) {
    int bytes = borrowed.remaining();
    sealedBytes += bytes - OVERHEAD_BYTES;
    out.write(bytes, takeSealed());
  }

  private Records takeSealed() {
    if (appendedEnds.isEmpty() || appendedEnds.getFirst() > sealedBytes) {
      return Records.NONE;
    }
    WireMessage only = appended.removeFirst();
    appendedEnds.removeFirst();
    if (appendedEnds.isEmpty() || appendedEnds.getFirst() > sealedBytes) {
      return new Records(List.of(only));
    }
    List<WireMessage> sealed = new ArrayList<>();
    sealed.add(only);
    while (!appendedEnds.isEmpty() && appendedEnds.getFirst() <= sealedBytes) {
      sealed.add(appended.removeFirst());
      appendedEnds.removeFirst();
    }
    return new Records(sealed);
  }

  @Override
  public boolean takesMore() {
    return out.takesMore();
  }

  @Override
  public void timePassed(long nowNanos) {
    if (nowNanos - deadlineNanos < 0) {
      return;
    }
    switch (state) {
      case AWAITING, COMPUTING ->
          fail(
              new SessionFailure.Handshake(
                  new HandshakeFailure(HandshakeFailure.Kind.TIMED_OUT, "took too long")));
      case ESTABLISHED -> {
        deadlineNanos = nowNanos + SecureChannel.MAX_KEY_AGE.toNanos();
        MessageWriter target = writer;
        if (target != null) {
          target.endKey(this);
        }
      }
      case OVER -> {}
    }
  }

  @Override
  public long deadlineNanos() {
    return deadlineNanos;
  }

  private void fail(SessionFailure failure) {
    close();
    out.failed(failure);
  }

  @Override
  public void close() {
    state = State.OVER;
    held = null;
    MessageWriter target = writer;
    if (target != null) {
      target.release();
    }
    appended.clear();
    appendedEnds.clear();
  }
}
