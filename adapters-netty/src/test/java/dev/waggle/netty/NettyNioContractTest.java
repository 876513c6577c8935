package dev.waggle.netty;

class NettyNioContractTest extends NettyContract {
  NettyNioContractTest() {
    super(NettyIo.NIO);
  }
}
