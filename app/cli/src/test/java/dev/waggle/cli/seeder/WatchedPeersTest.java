package dev.waggle.cli.seeder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.waggle.node.peers.FilePeerStore;
import dev.waggle.node.peers.PeerStoreException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchedPeersTest {
  private static final ReachedNodes REACHED = new ReachedNodes(Duration.ofHours(1), false);

  @TempDir Path dir;

  private Instant now = Instant.parse("2026-11-28T06:00:00Z");
  private final List<String> trouble = new ArrayList<>();

  private FilePeerStore store() {
    return new FilePeerStore(dir, () -> now);
  }

  private WatchedPeers start() throws PeerStoreException {
    return WatchedPeers.start(store(), REACHED, () -> now, trouble::add);
  }

  /** The file's time is set, for two writes may come within one tick of the system's clock. */
  private void changedAt(int second) throws Exception {
    Files.setLastModifiedTime(
        dir.resolve("peers.txt"), FileTime.from(Instant.ofEpochSecond(second)));
  }

  @Test
  void fileThatIsNotThere_isNoneToWatch() {
    assertThatExceptionOfType(PeerStoreException.class)
        .isThrownBy(this::start)
        .withMessage(dir.resolve("peers.txt") + " is not there");
  }

  @Test
  void fileThatHasChanged_isReadAgain_andOneThatHasNotIsNot() throws Exception {
    store().save(Known.memory(Known.reached("9.0.0.1:9000", 1)));
    changedAt(1000);
    WatchedPeers peers = start();
    assertThat(peers.get()).hasSize(1);

    store().save(Known.memory(Known.reached("9.0.0.1:9000", 1), Known.reached("9.0.0.2:9000", 1)));
    changedAt(1000);
    peers.look();
    assertThat(peers.get()).hasSize(1);

    changedAt(1001);
    peers.look();
    assertThat(peers.get()).hasSize(2);
    assertThat(trouble).isEmpty();
  }

  @Test
  void fileThatIsDamagedOrGone_leavesTheNodes_isToldOnce_andIsNotTouched() throws Exception {
    Path file = dir.resolve("peers.txt");
    store().save(Known.memory(Known.reached("9.0.0.1:9000", 1)));
    changedAt(1000);
    WatchedPeers peers = start();

    Files.writeString(file, "waggle-peers 1\n");
    changedAt(1001);
    peers.look();
    peers.look();
    assertThat(peers.get()).hasSize(1);
    assertThat(trouble).singleElement().asString().startsWith(file + " ");
    try (Stream<Path> names = Files.list(dir)) {
      assertThat(names).containsExactly(file);
    }
    assertThat(file).hasContent("waggle-peers 1\n");

    Files.delete(file);
    peers.look();
    assertThat(peers.get()).hasSize(1);
    assertThat(trouble)
        .last()
        .isEqualTo(file + " is not there; the nodes that it named before stay");

    store().save(Known.memory());
    changedAt(1002);
    peers.look();
    assertThat(peers.get()).isEmpty();
    assertThat(trouble).hasSize(2);
  }

  @Test
  void nodesLeave_whenTheyWereNotReachedForTooLong_thoughTheFileStays() throws Exception {
    store()
        .save(Known.memory(Known.reached("9.0.0.1:9000", 0), Known.reached("9.0.0.2:9000", 1800)));
    WatchedPeers peers = start();
    assertThat(peers.get()).hasSize(2);

    now = now.plus(Duration.ofMinutes(31));
    peers.look();
    assertThat(peers.get()).hasSize(1);

    now = now.minus(Duration.ofDays(1));
    peers.look();
    assertThat(peers.get()).as("a clock that was set back").hasSize(2);
  }
}
