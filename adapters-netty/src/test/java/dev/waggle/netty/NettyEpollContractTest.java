package dev.waggle.netty;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.waggle.ports.transport.Transport;
import org.junit.jupiter.api.BeforeAll;

class NettyEpollContractTest extends NettyContract {
  @BeforeAll
  static void assumeThatThisMachineHasIt() {
    assumeTrue(IoFacility.SYSTEM.apply(NettyIo.EPOLL) == null, "this machine has no epoll");
  }

  @Override
  protected Transport fresh() {
    return new NettyTransport(NettyIo.EPOLL, 2);
  }
}
