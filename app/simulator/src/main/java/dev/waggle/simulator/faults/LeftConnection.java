package dev.waggle.simulator.faults;

import dev.waggle.domain.session.SessionFailure;
import dev.waggle.ports.transport.CloseReason;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.WireMessage;
import dev.waggle.simulator.fidelity.Channel;
import dev.waggle.simulator.fidelity.ChannelOutput;
import dev.waggle.simulator.network.Wire;
import dev.waggle.simulator.network.WireListener;
import dev.waggle.simulator.node.SimulatedNode;
import dev.waggle.simulator.run.Simulation;
import org.jspecify.annotations.Nullable;

/** A connection that somebody opens only for the other side to have it. */
final class LeftConnection implements WireListener, ChannelOutput {
  /** How far it goes. */
  enum Extent {
    /** Nothing is ever said on it. */
    SILENT,
    /** The first message of a handshake is sent, and the answer is not heard. */
    HALF_A_HANDSHAKE,
    /** It is closed as soon as it stands. */
    HASTY
  }

  private final Simulation simulation;
  private final SimulatedNode owner;
  private final Extent extent;
  private @Nullable Wire wire;
  private @Nullable Channel channel;

  LeftConnection(Simulation simulation, SimulatedNode owner, Extent extent) {
    this.simulation = simulation;
    this.owner = owner;
    this.extent = extent;
  }

  @Override
  public void opened(Wire opened) {
    wire = opened;
    switch (extent) {
      case SILENT -> {}
      case HALF_A_HANDSHAKE -> {
        Channel begun =
            simulation
                .fidelity()
                .channel(owner.keys(), false, null, this, simulation.queue().nowNanos());
        channel = begun;
        begun.start();
      }
      case HASTY -> opened.close(CloseReason.local("left"));
    }
  }

  @Override
  public void closed(CloseReason why) {
    if (channel != null) {
      channel.close();
    }
  }

  @Override
  public void write(int bytes, Object content) {
    Wire current = wire;
    if (current != null) {
      current.write(bytes, content, simulation.queue().nowNanos());
    }
  }

  /** The channel's first step may be arithmetic: without it, it would say nothing. */
  @Override
  public void compute(int step, Runnable done) {
    simulation.queue().after(0, done);
  }

  // ---- what it does not listen to

  @Override
  public void heard() {}

  @Override
  public void received(Object content) {}

  @Override
  public void writable() {}

  @Override
  public boolean takesMore() {
    return true;
  }

  @Override
  public void reading(boolean wanted) {}

  @Override
  public void established(Agreement agreement) {}

  @Override
  public void deliver(WireMessage message, @Nullable MessageId id) {}

  @Override
  public void failed(SessionFailure failure) {}

  @Override
  public boolean takeMemory(long bytes) {
    return true;
  }

  @Override
  public void giveMemoryBack(long bytes) {}
}
