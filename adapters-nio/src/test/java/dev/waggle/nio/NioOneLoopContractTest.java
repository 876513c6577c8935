package dev.waggle.nio;

/** Listening sockets, dials and connections share one thread. */
class NioOneLoopContractTest extends NioContract {
  NioOneLoopContractTest() {
    super(1);
  }
}
