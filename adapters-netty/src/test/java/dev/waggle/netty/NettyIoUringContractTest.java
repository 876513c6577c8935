package dev.waggle.netty;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.waggle.ports.transport.Transport;
import org.junit.jupiter.api.BeforeAll;

class NettyIoUringContractTest extends NettyContract {
  @BeforeAll
  static void assumeThatThisMachineHasIt() {
    assumeTrue(IoFacility.SYSTEM.apply(NettyIo.IO_URING) == null, "this machine has no io_uring");
  }

  @Override
  protected Transport fresh() {
    return new NettyTransport(NettyIo.IO_URING, 2);
  }
}
