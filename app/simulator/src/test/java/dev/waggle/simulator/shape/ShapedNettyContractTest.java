package dev.waggle.simulator.shape;

import dev.waggle.netty.NettyIo;
import dev.waggle.netty.NettyTransport;

class ShapedNettyContractTest extends ShapedContract {
  ShapedNettyContractTest() {
    super(() -> new NettyTransport(NettyIo.NIO, 2));
  }
}
