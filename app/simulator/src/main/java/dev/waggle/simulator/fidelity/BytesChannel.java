package dev.waggle.simulator.fidelity;

import dev.waggle.domain.handshake.HandshakeWork;
import dev.waggle.domain.session.Session;
import dev.waggle.domain.session.SessionAgreement;
import dev.waggle.domain.session.SessionFailure;
import dev.waggle.domain.session.SessionOutput;
import dev.waggle.ports.wire.WireMessage;
import java.nio.ByteBuffer;

/** A real {@link Session}: every byte is made, sealed, opened and read. */
public final class BytesChannel implements Channel, SessionOutput {
  private final Session session;
  private final ChannelOutput out;
  private int steps;

  public BytesChannel(Session session, ChannelOutput out) {
    this.session = session;
    this.out = out;
  }

  @Override
  public void start() {
    session.start(this);
  }

  @Override
  public void received(Object content) {
    session.receive(ByteBuffer.wrap((byte[]) content), this);
  }

  @Override
  public boolean send(WireMessage message) {
    return session.send(message, this);
  }

  @Override
  public boolean sendRest() {
    return session.sendRest(this);
  }

  @Override
  public void flush() {
    session.flush(this);
  }

  @Override
  public void timePassed(long nowNanos) {
    session.timePassed(nowNanos, this);
  }

  @Override
  public long deadlineNanos() {
    return session.deadlineNanos();
  }

  @Override
  public void close() {
    session.close();
  }

  // ---- what the session wants

  @Override
  public void write(ByteBuffer borrowed) {
    byte[] bytes = new byte[borrowed.remaining()];
    borrowed.get(bytes);
    out.write(bytes.length, bytes);
  }

  @Override
  public boolean takesMore() {
    return out.takesMore();
  }

  @Override
  public void established(SessionAgreement agreement) {
    out.established(
        new ChannelOutput.Agreement(
            agreement.peer(), agreement.suite().name(), agreement.codec(), agreement.features()));
  }

  @Override
  public void deliver(WireMessage message) {
    out.deliver(message, null);
  }

  @Override
  public void compute(HandshakeWork work) {
    out.compute(steps++, () -> session.resume(work.compute(), this));
  }

  @Override
  public void reading(boolean wanted) {
    out.reading(wanted);
  }

  @Override
  public void failed(SessionFailure failure) {
    out.failed(failure);
  }

  @Override
  public boolean takeMemory(long bytes) {
    return out.takeMemory(bytes);
  }

  @Override
  public void giveMemoryBack(long bytes) {
    out.giveMemoryBack(bytes);
  }
}
