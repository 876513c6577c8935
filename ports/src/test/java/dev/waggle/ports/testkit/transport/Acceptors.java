package dev.waggle.ports.testkit.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.ports.Endpoint;
import dev.waggle.ports.transport.Acceptor;
import dev.waggle.ports.transport.ConnectionListener;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Accepts whoever comes, each with a listener of his own. */
final class Acceptors implements Acceptor {
  private final Harness harness;
  private final BlockingQueue<RecordingListener> accepted = new LinkedBlockingQueue<>();

  Acceptors(Harness harness) {
    this.harness = harness;
  }

  @Override
  public ConnectionListener accept(Endpoint remote) {
    RecordingListener listener = harness.listener();
    accepted.add(listener);
    return listener;
  }

  /** Who serves the next that comes, as soon as he does. */
  RecordingListener next() throws InterruptedException {
    RecordingListener listener = accepted.poll(Harness.SAFETY.toSeconds(), TimeUnit.SECONDS);
    assertThat(listener).as("an accepted connection").isNotNull();
    return listener;
  }

  /** How many have come and nobody has asked for. */
  int left() {
    return accepted.size();
  }
}
