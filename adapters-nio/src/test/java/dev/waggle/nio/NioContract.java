package dev.waggle.nio;

import dev.waggle.ports.testkit.transport.SharedPortContract;
import dev.waggle.ports.testkit.transport.TransportContract;
import dev.waggle.ports.transport.SourceAddresses;
import dev.waggle.ports.transport.Transport;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The contract, over a number of event loops. */
abstract class NioContract extends TransportContract implements SharedPortContract {
  /** The contract's callbacks throw on purpose; their stack traces would drown what matters. */
  private static final Logger QUIET = Logger.getLogger("dev.waggle.nio");

  static {
    QUIET.setLevel(Level.OFF);
  }

  private final int threads;

  NioContract(int threads) {
    this.threads = threads;
  }

  @Override
  protected Transport fresh() {
    return new NioTransport(threads);
  }

  @Override
  public Transport freshFrom(SourceAddresses source) {
    return new NioTransport(threads, source);
  }
}
