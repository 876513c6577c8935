package dev.waggle.nio;

import java.util.ArrayList;
import java.util.List;

/** A handler that remembers what it is told, and does as a test wants. */
class FakeHandler extends Handler implements EventLoop.Member {
  final List<String> heard = new ArrayList<>();
  Runnable whenReady = () -> {};
  Runnable whenShutDown = () -> {};

  @Override
  void ready(int operations) {
    heard.add("ready");
    whenReady.run();
  }

  @Override
  void turnEnds() {
    heard.add("turnEnds");
  }

  @Override
  void failed(Throwable cause) {
    heard.add("failed: " + cause.getMessage());
  }

  @Override
  public void shutDown() {
    heard.add("shutDown");
    whenShutDown.run();
  }
}
