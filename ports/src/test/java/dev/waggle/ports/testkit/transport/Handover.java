package dev.waggle.ports.testkit.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.ports.transport.Connection;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Something that another thread will do, and that a test waits for. */
final class Handover {
  private final CountDownLatch done = new CountDownLatch(1);

  /** Done when the connection's thread has run all that was handed to it before. */
  static Handover of(Connection connection) {
    Handover handover = new Handover();
    connection.execute(handover::done);
    return handover;
  }

  void done() {
    done.countDown();
  }

  void await() throws InterruptedException {
    assertThat(done.await(Harness.SAFETY.toSeconds(), TimeUnit.SECONDS)).as("done").isTrue();
  }

  boolean isDone() {
    return done.getCount() == 0;
  }
}
