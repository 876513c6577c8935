package dev.waggle.simulator.shape;

import dev.waggle.ports.testkit.transport.TransportContract;
import dev.waggle.ports.transport.Transport;
import dev.waggle.simulator.network.HostSettings;
import dev.waggle.simulator.network.NetworkModel;
import dev.waggle.simulator.network.Tcp;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The contract of transports, when bytes take a millisecond and lines are fast. */
abstract class ShapedContract extends TransportContract {
  /** The contract's callbacks throw on purpose; their stack traces would drown what matters. */
  private static final Logger QUIET = Logger.getLogger("dev.waggle");

  static {
    QUIET.setLevel(Level.OFF);
  }

  private static final long LATENCY_NANOS = 1_000_000;

  /** 8 Gbit/s. */
  private static final long BYTES_PER_SECOND = 1_000_000_000;

  private final ShapedNetwork network =
      new ShapedNetwork(new NetworkModel((from, to) -> LATENCY_NANOS, 0.1, Tcp.LINUX, 0), 1);

  private final Supplier<Transport> inner;

  ShapedContract(Supplier<Transport> inner) {
    this.inner = inner;
  }

  @Override
  protected Transport fresh() {
    return network.shaped(
        inner.get(), new HostSettings(0, BYTES_PER_SECOND, BYTES_PER_SECOND, true));
  }
}
