package dev.waggle.simulator.shape;

import dev.waggle.nio.NioTransport;

class ShapedNioContractTest extends ShapedContract {
  ShapedNioContractTest() {
    super(() -> new NioTransport(2));
  }
}
