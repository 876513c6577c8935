package dev.waggle.nio;

/** Connections are handed from the loop that accepts to another. */
class NioTwoLoopsContractTest extends NioContract {
  NioTwoLoopsContractTest() {
    super(2);
  }
}
