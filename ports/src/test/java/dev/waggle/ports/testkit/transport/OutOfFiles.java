package dev.waggle.ports.testkit.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.ports.Endpoint;
import dev.waggle.ports.transport.CloseReason.Cause;
import java.lang.reflect.Constructor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What {@link OutOfFilesContract} runs: it uses all file descriptors up, dials and is dialled, and
 * gives them back. The in-memory transport needs none, and passes all the same.
 */
final class OutOfFiles {
  /** The last line, if all was well. */
  static final String DONE = "recovered";

  private static final int DIALS = 20;

  private final Harness harness;
  private final FileHog hog = new FileHog();

  private OutOfFiles(TransportContract contract) {
    harness = new Harness(contract);
  }

  /** The name of the adapter's contract test comes as the argument. */
  public static void main(String[] args) throws Exception {
    FileHog.loadAllClasses();
    Constructor<?> contract = Class.forName(args[0]).getDeclaredConstructor();
    contract.setAccessible(true);
    new OutOfFiles((TransportContract) contract.newInstance()).run();
    System.out.println(DONE);
  }

  private void run() throws Exception {
    harness.connect();
    RecordingListener refused = harness.listener();
    harness.dial(harness.raw().refusing(), refused);
    refused.closed();
    RecordingListener waiting = harness.listener();
    Endpoint bound = harness.listen(waiting);
    Endpoint dialled = harness.listening().listen(Harness.LOOPBACK, remote -> harness.listener());

    hog.takeAll();
    assertDialsEnd(dialled);
    hog.giveOneBack();
    try (RawPeers.RawPeer peer = harness.raw().connect(bound)) {
      peer.send(new byte[] {1});
      assertDialsEnd(dialled);
      hog.giveAllBack();

      RecordingListener dialler = harness.listener();
      harness.dial(dialled, dialler);
      assertThat(dialler.connection().remote()).isEqualTo(dialled);
      assertThat(waiting.received(1)).containsExactly(1);
    }

    List<Thread> threads = harness.transportThreads();
    harness.close();
    for (Thread thread : threads) {
      assertThat(thread.join(Duration.ofSeconds(5))).as("%s has ended", thread).isTrue();
    }
  }

  private void assertDialsEnd(Endpoint remote) {
    List<RecordingListener> diallers = new ArrayList<>();
    for (int i = 0; i < DIALS; i++) {
      RecordingListener dialler = harness.listener();
      diallers.add(dialler);
      harness.dial(remote, dialler);
    }
    for (RecordingListener dialler : diallers) {
      dialler.awaitOutcome();
      if (!dialler.wasOpened()) {
        assertThat(dialler.closed().cause()).isEqualTo(Cause.FAILED);
        assertThat(dialler.closed().detail()).contains("too many open files");
      }
    }
  }
}
