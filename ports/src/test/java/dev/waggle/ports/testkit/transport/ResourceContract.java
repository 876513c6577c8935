package dev.waggle.ports.testkit.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.ports.Endpoint;
import dev.waggle.ports.transport.CloseReason;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What connections take is given back. */
interface ResourceContract extends TransportFixture {
  int CONNECTIONS = 1_000;

  int BATCH = 100;

  @Test
  default void thousandConnections_leaveNoFilesAndNoThreads() throws Exception {
    List<RecordingListener> accepted = new ArrayList<>();
    Endpoint bound =
        harness()
            .listening()
            .listen(
                Harness.LOOPBACK,
                remote -> {
                  RecordingListener acceptor = harness().listener();
                  synchronized (accepted) {
                    accepted.add(acceptor);
                  }
                  return acceptor;
                });
    openAndClose(bound);
    int filesBefore = OpenFiles.count();
    int threadsBefore = harness().transportThreads().size();

    for (int i = BATCH; i < CONNECTIONS; i += BATCH) {
      openAndClose(bound);
    }

    synchronized (accepted) {
      assertThat(accepted).hasSize(CONNECTIONS);
      accepted.forEach(RecordingListener::closed);
    }
    OpenFiles.awaitAtMost(filesBefore);
    assertThat(harness().transportThreads()).hasSizeLessThanOrEqualTo(threadsBefore);
  }

  private void openAndClose(Endpoint bound) {
    List<RecordingListener> diallers = new ArrayList<>();
    for (int i = 0; i < BATCH; i++) {
      RecordingListener dialler = harness().listener();
      diallers.add(dialler);
      harness().dial(bound, dialler);
    }
    for (RecordingListener dialler : diallers) {
      dialler.connection().write(ByteBuffer.allocate(100));
      dialler.connection().close(CloseReason.local("enough"));
    }
    diallers.forEach(RecordingListener::closed);
  }

  @Test
  default void closedTransports_leaveNoThreads() throws Exception {
    harness().connect();
    List<Thread> threads = harness().transportThreads();
    assertThat(threads).isNotEmpty();

    harness().closeTransports();

    for (Thread thread : threads) {
      assertThat(thread.join(Duration.ofSeconds(5))).as("%s has ended", thread).isTrue();
    }
  }
}
