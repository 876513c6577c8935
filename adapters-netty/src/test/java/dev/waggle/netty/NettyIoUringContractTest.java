package dev.waggle.netty;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.BeforeAll;

class NettyIoUringContractTest extends NettyContract {
  NettyIoUringContractTest() {
    super(NettyIo.IO_URING);
  }

  @BeforeAll
  static void assumeThatThisMachineHasIt() {
    assumeTrue(IoFacility.SYSTEM.apply(NettyIo.IO_URING) == null, "this machine has no io_uring");
  }
}
