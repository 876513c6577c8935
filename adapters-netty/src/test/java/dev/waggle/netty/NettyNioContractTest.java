package dev.waggle.netty;

import dev.waggle.ports.transport.Transport;

class NettyNioContractTest extends NettyContract {
  @Override
  protected Transport fresh() {
    return new NettyTransport(NettyIo.NIO, 2);
  }
}
