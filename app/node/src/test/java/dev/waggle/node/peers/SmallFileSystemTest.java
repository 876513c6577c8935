package dev.waggle.node.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.waggle.ports.node.PeerMemory;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file system of a megabyte, which only root can make: full for a while, or read-only. */
class SmallFileSystemTest {
  private static final PeerMemory LARGE = Memories.random(new Random(5), 2_000, 2);

  @TempDir Path directory;
  private boolean mounted;
  private FilePeerStore store;

  @BeforeEach
  void mount() throws Exception {
    mounted = run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", directory.toString());
    assumeTrue(mounted, "this machine lacks the right to mount a file system");
    store = new FilePeerStore(directory, InstantSource.fixed(Instant.EPOCH));
  }

  @AfterEach
  void unmount() throws Exception {
    if (mounted) {
      assertThat(run("umount", directory.toString())).isTrue();
    }
  }

  @Test
  void aFullDisk_leavesWhatWasThere_untilThereIsRoom() throws Exception {
    store.save(Memories.SMALL);
    Path ballast = directory.resolve("ballast");
    fill(ballast);

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
    remountReadOnly();

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
    remountReadOnly();

    assertThatExceptionOfType(PeerStoreException.class)
        .isThrownBy(store::load)
        .withMessage(
            file
                + " does not begin as a file of peers, and cannot be set aside as "
                + directory.resolve("peers.damaged-19700101T000000Z")
                + ": Read-only file system");
  }

  private void remountReadOnly() throws Exception {
    assertThat(run("mount", "-o", "remount,ro", directory.toString())).isTrue();
  }

  private static void fill(Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      while (true) {
        out.write(new byte[4096]);
      }
    } catch (IOException e) {
      assertThat(Files.size(file)).isPositive();
    }
  }

  private static boolean run(String... command) throws Exception {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(1, TimeUnit.MINUTES) && process.exitValue() == 0;
    } catch (IOException e) {
      return false; // there is no such program
    }
  }
}
