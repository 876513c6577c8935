package dev.waggle.node.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.waggle.ports.node.PeerMemory;
import dev.waggle.ports.testkit.SmallFileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a {@link FilePeerStore} does on a disk that is full for a while, or read-only. */
class FilePeerStoreDiskTest {
  private static final PeerMemory LARGE = Memories.random(new Random(5), 2_000, 2);

  @RegisterExtension final SmallFileSystem disk = SmallFileSystem.ofMegabytes(1);

  private Path directory;
  private FilePeerStore store;

  @BeforeEach
  void open() {
    directory = disk.root();
    store = new FilePeerStore(directory, InstantSource.fixed(Instant.EPOCH));
  }

  @Test
  void aFullDisk_leavesWhatWasThere_untilThereIsRoom() throws Exception {
    store.save(Memories.SMALL);
    Path ballast = directory.resolve("ballast");
    disk.fill(ballast);

    assertThatExceptionOfType(PeerStoreException.class)
        .isThrownBy(() -> store.save(LARGE))
        .withMessage(
            directory.resolve("peers.txt") + " cannot be written: No space left on device");
    assertThat(directory.resolve("peers.txt.new")).doesNotExist();
    assertThat(store.load()).isEqualTo(Memories.SMALL);

    Files.delete(ballast);
    store.save(LARGE);
    assertThat(store.load()).isEqualTo(LARGE);
  }

  @Test
  void aReadOnlyDisk_canBeStartedFrom() throws Exception {
    store.save(Memories.SMALL);
    Files.createFile(directory.resolve("peers.txt.new"));
    disk.remountReadOnly();

    assertThat(store.load()).isEqualTo(Memories.SMALL);
    assertThatExceptionOfType(PeerStoreException.class)
        .isThrownBy(() -> store.save(LARGE))
        .withMessage(directory.resolve("peers.txt") + " cannot be written: Read-only file system");
    assertThat(store.load()).isEqualTo(Memories.SMALL);
  }

  /** Where a damaged file cannot be set aside, the next save would replace it. */
  @Test
  void aDamagedFileThatMustStay_keepsTheNodeFromStarting() throws Exception {
    Path file = Files.writeString(directory.resolve("peers.txt"), "damaged");
    disk.remountReadOnly();

    assertThatExceptionOfType(PeerStoreException.class)
        .isThrownBy(store::load)
        .withMessage(
            file
                + " does not begin as a file of peers, and cannot be set aside as "
                + directory.resolve("peers.damaged-19700101T000000Z")
                + ": Read-only file system");
  }
}
