package dev.waggle.netty;

import dev.waggle.ports.testkit.transport.SharedPortContract;
import dev.waggle.ports.testkit.transport.TransportContract;
import dev.waggle.ports.transport.SourceAddresses;
import dev.waggle.ports.transport.Transport;
import io.netty.util.LeakPresenceDetector;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The contract, and that no buffer of Netty's is lost on the way. */
abstract class NettyContract extends TransportContract implements SharedPortContract {
  /** The contract's callbacks throw on purpose; their stack traces would drown what matters. */
  private static final Logger QUIET = Logger.getLogger("dev.waggle.netty");

  static {
    QUIET.setLevel(Level.OFF);
  }

  private final NettyIo io;

  NettyContract(NettyIo io) {
    this.io = io;
  }

  @Override
  protected Transport fresh() {
    return new NettyTransport(io, 2);
  }

  @Override
  public Transport freshFrom(SourceAddresses source) {
    return new NettyTransport(io, 2, source);
  }

  /** Surefire installs the detector, which counts the buffers that are not released. */
  @Override
  protected void checkAfterwards() {
    LeakPresenceDetector.check();
  }
}
