package dev.waggle.netty;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.BeforeAll;

class NettyEpollContractTest extends NettyContract {
  NettyEpollContractTest() {
    super(NettyIo.EPOLL);
  }

  @BeforeAll
  static void assumeThatThisMachineHasIt() {
    assumeTrue(IoFacility.SYSTEM.apply(NettyIo.EPOLL) == null, "this machine has no epoll");
  }
}
