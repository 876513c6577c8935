package dev.waggle.simulator.fidelity;

import dev.waggle.domain.channel.SecureChannel;
import dev.waggle.domain.frame.FrameBounds;
import dev.waggle.domain.handshake.HandshakeFailure;
import dev.waggle.domain.handshake.VerifiedPeer;
import dev.waggle.domain.session.SessionFailure;
import dev.waggle.domain.session.SessionSettings;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.wire.WireMessage;
import dev.waggle.simulator.fidelity.HandshakeScript.Reaction;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Messages that are handed over as they are, in records of the very lengths that they would have.
 *
 * <p>The handshake follows a {@link HandshakeScript}. After it, records are cut by length; nobody
 * seals them and nobody reads them: with each go the messages that end in it. So a block of 1 MiB
 * costs no more than its records.
 */
public final class MessagesChannel implements Channel, RecordCutter.Output {
  /** A record in which no message ends. */
  private static final Object EMPTY = new Object();

  /** A message of the handshake: nobody reads it, but it says who has sent it, and what it has. */
  private record Flight(VerifiedPeer sender, List<Integer> features) {}

  /** A record of which nobody can say what it is: a copy of an earlier one, for example. */
  public static final Object FORGED = new Object();

  private enum State {
    AWAITING,
    COMPUTING,
    ESTABLISHED,
    OVER
  }

  private final MessagesProtocol protocol;
  private List<Reaction> reactions;
  private final VerifiedPeer self;
  private final List<Integer> features;
  private final @Nullable PeerId pinned;
  private final boolean responds;
  private final ChannelOutput out;
  private final RecordCutter cutter = new RecordCutter();
  private final long beganNanos;
  private long deadlineNanos;
  private State state = State.AWAITING;
  private int nextReaction;
  private int steps;
  private @Nullable VerifiedPeer peer;
  private List<Integer> inForce = List.of();
  private @Nullable ArrayDeque<Object> held;

  MessagesChannel(
      MessagesProtocol protocol,
      boolean responds,
      VerifiedPeer self,
      List<Integer> features,
      @Nullable PeerId pinned,
      ChannelOutput out,
      long nowNanos) {
    SessionSettings settings = protocol.settings();
    this.protocol = protocol;
    this.self = self;
    this.features = features;
    this.pinned = pinned;
    this.responds = responds;
    this.reactions = reactionsTo(features);
    this.out = out;
    this.beganNanos = nowNanos;
    this.deadlineNanos =
        nowNanos + (responds ? settings.offerTimeout() : settings.handshakeTimeout()).toNanos();
  }

  /** What this side does if the other one has these features: that changes what it answers. */
  private List<Reaction> reactionsTo(List<Integer> others) {
    return responds
        ? protocol.script(others, features).responder()
        : protocol.script(features, others).initiator();
  }

  @Override
  public void start() {
    react();
  }

  private void react() {
    Reaction reaction = reactions.get(nextReaction++);
    for (int bytes : reaction.writes()) {
      out.write(bytes, new Flight(self, features));
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
    state = State.ESTABLISHED;
    deadlineNanos = beganNanos + SecureChannel.MAX_KEY_AGE.toNanos();
    VerifiedPeer proven = peer;
    if (proven == null) {
      throw new IllegalStateException("established without a proof");
    }
    out.established(
        new ChannelOutput.Agreement(
            proven, protocol.suite().name(), protocol.codec().name(), inForce));
  }

  @Override
  public void received(Object content) {
    switch (state) {
      case AWAITING -> {
        if (content instanceof Flight(VerifiedPeer sender, List<Integer> others)) {
          peer = sender;
          inForce = features.stream().filter(others::contains).toList();
          reactions = reactionsTo(others);
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
    if (content instanceof Parcel parcel) {
      out.deliver(parcel.message(), parcel.id());
    } else if (content instanceof RecordCutter.Several several) {
      for (Object each : several.all()) {
        if (state == State.ESTABLISHED && each instanceof Parcel parcel) {
          out.deliver(parcel.message(), parcel.id());
        }
      }
    } else if (content != EMPTY) {
      fail(new SessionFailure.RecordForged(FrameBounds.HEADER_BYTES + FrameBounds.TAG_BYTES));
    }
  }

  @Override
  public boolean send(WireMessage message) {
    if (state != State.ESTABLISHED) {
      return true;
    }
    Parcel parcel = protocol.parcel(message);
    return parcel.items().isEmpty()
        ? cutter.append(parcel, parcel.headBytes(), parcel.payloadBytes(), this)
        : cutter.append(parcel, parcel.headBytes(), Parcel.ITEM_HEAD_BYTES, parcel.items(), this);
  }

  @Override
  public boolean sendRest() {
    return state != State.ESTABLISHED || cutter.appendRest(this);
  }

  @Override
  public void flush() {
    if (state == State.ESTABLISHED) {
      cutter.flush(this);
    }
  }

  @Override
  public void write(int bytes, @Nullable Object content) {
    out.write(bytes, content == null ? EMPTY : content);
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
        cutter.endKey(this);
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
    cutter.clear();
  }
}
