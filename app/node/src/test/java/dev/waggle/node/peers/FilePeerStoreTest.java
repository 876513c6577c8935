package dev.waggle.node.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.waggle.ports.node.Ban;
import dev.waggle.ports.node.KnownAddress;
import dev.waggle.ports.node.PeerMemory;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilePeerStoreTest {
  private static final Instant NOW = Instant.parse("2026-11-28T05:45:00Z");

  @TempDir Path temporary;

  private Path directory;
  private Path file;
  private Path unfinished;
  private Instant now = NOW;

  @BeforeEach
  void nameFiles() {
    directory = temporary.resolve("not").resolve("yet");
    file = directory.resolve("peers.txt");
    unfinished = directory.resolve("peers.txt.new");
  }

  private FilePeerStore store() {
    return store(directory);
  }

  private FilePeerStore store(Path in) {
    return new FilePeerStore(in, () -> now);
  }

  @Test
  void whereNothingWasSaved_nothingIsKnown_andNothingIsMade() throws Exception {
    assertThat(store().load()).isEqualTo(PeerMemory.NOTHING);
    assertThat(directory).doesNotExist();
  }

  @Test
  void whatWasSaved_isThereAfterARestart_andAfterTheNextSaveTheNewerOnly() throws Exception {
    FilePeerStore store = store();
    store.save(Memories.SMALL);
    assertThat(store().load()).isEqualTo(Memories.SMALL);
    store.save(Memories.OTHER);
    assertThat(store().load()).isEqualTo(Memories.OTHER);
    assertThat(names()).containsExactly("peers.txt");
  }

  @Test
  void peeking_tellsWhatIsThere_asOldAsItIs() throws Exception {
    store().save(Memories.SMALL);
    now = NOW.plusSeconds(90);
    assertThat(store().peek()).isEqualTo(store().load());
    assertThat(store().file()).isEqualTo(file);
  }

  @Test
  void peeking_changesNothing_andTellsWhatIsWrong() throws Exception {
    assertThatExceptionOfType(PeerStoreException.class)
        .isThrownBy(() -> store().peek())
        .withMessage(file + " is not there");
    assertThat(directory).doesNotExist();

    Files.createDirectories(directory);
    Files.writeString(file, "waggle-peers 1\n");
    Files.writeString(unfinished, "half of one");
    assertThatExceptionOfType(PeerStoreException.class)
        .isThrownBy(() -> store().peek())
        .withMessageStartingWith(file + " ");
    assertThat(names()).containsExactlyInAnyOrder("peers.txt", "peers.txt.new");
    assertThat(file).hasContent("waggle-peers 1\n");
  }

  @Test
  void theFile_isForItsOwnerAlone() throws Exception {
    for (PeerMemory memory : List.of(Memories.SMALL, Memories.OTHER)) {
      store().save(memory);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "PT0S, 0",
    "PT90S, 90",
    "P30D, 2592000",
    "P30DT1S, 2592000",
    "P40000D, 2592000",
    "PT-1S, 0",
    "P-40000D, 0",
  })
  void ages_growByTheTimeThatHasPassed_asFarAsTheClockCanBeBelieved(Duration passed, long seconds)
      throws Exception {
    PeerMemory memory = Memories.random(new Random(3), 50, 1);
    store().save(memory);
    now = NOW.plus(passed);

    PeerMemory loaded = store().load();

    assertThat(loaded.key()).isEqualTo(memory.key());
    assertThat(loaded.anchors()).isEqualTo(memory.anchors());
    assertThat(loaded.guards()).isEqualTo(memory.guards());
    assertThat(loaded.bans())
        .isEqualTo(
            memory.bans().stream().map(ban -> ban.after(Duration.ofSeconds(seconds))).toList());
    assertThat(loaded.addresses())
        .isEqualTo(memory.addresses().stream().map(known -> older(known, seconds)).toList());
  }

  @Test
  void aClockBeforeItsEpoch_isNoneToBelieve() throws Exception {
    now = Instant.ofEpochSecond(-5);
    store().save(Memories.SMALL);
    assertThat(store().load()).isEqualTo(Memories.SMALL);
  }

  @Test
  void anAge_neverBecomesNegative() throws Exception {
    PeerMemory memory =
        new PeerMemory(Memories.SMALL.key(), List.of(Memories.longest()), List.of());
    store().save(memory);
    now = NOW.plus(Duration.ofDays(1));
    assertThat(store().load()).isEqualTo(memory);
  }

  /** Not the time of day when a ban ends is kept: it would lie far away for a clock set back. */
  @Test
  void aBan_outlivesAClockThatJumps_byNoMoreThanTheTimeThatTheNodeDidNotRun() throws Exception {
    Ban ban =
        new Ban(Ban.Subject.parse("203.0.113.7"), Ban.Kind.OPERATOR, 3600, "a ban of an hour");
    PeerMemory memory = PeerMemory.NOTHING;
    store().save(new PeerMemory(memory.key(), List.of(), List.of(), List.of(), List.of(ban)));

    now = Instant.EPOCH; // A machine without a battery.
    assertThat(store().load().bans()).containsExactly(ban);
    now = NOW.plusSeconds(600);
    assertThat(store().load().bans()).extracting(Ban::secondsLeft).containsExactly(3000L);
    now = NOW.plus(Duration.ofDays(40_000));
    assertThat(store().load().bans()).extracting(Ban::secondsLeft).containsExactly(0L);
  }

  private static KnownAddress older(KnownAddress known, long seconds) {
    return new KnownAddress(
        known.endpoint(),
        known.source(),
        known.services(),
        known.proven(),
        older(known.seenSecondsAgo(), seconds),
        older(known.triedSecondsAgo(), seconds),
        older(known.succeededSecondsAgo(), seconds),
        known.failures(),
        known.tried());
  }

  private static long older(long age, long seconds) {
    return age == KnownAddress.NEVER ? age : age + seconds;
  }

  /** The power fails before each step, in turn, and within the writing. */
  @Test
  void aCrashAtAnyMoment_leavesTheOldFileOrTheNewOne() throws Exception {
    store().save(Memories.SMALL);
    List<PeerMemory> found = new ArrayList<>();
    SteppedDisk disk = new SteppedDisk(step -> found.add(afterCrash(found.size())));

    new FilePeerStore(directory, () -> now, disk).save(Memories.OTHER);

    assertThat(disk.steps())
        .containsExactly(
            "create peers.txt.new", "sync", "replace peers.txt by peers.txt.new", "sync directory");
    assertThat(found)
        .containsExactly(Memories.SMALL, Memories.SMALL, Memories.SMALL, Memories.OTHER);
  }

  /** What a node finds that starts with the files as they are now. */
  private PeerMemory afterCrash(int number) throws IOException {
    Path copy = Files.createDirectory(temporary.resolve("crash-" + number));
    for (String name : names()) {
      Files.copy(directory.resolve(name), copy.resolve(name));
    }
    PeerMemory found = store(copy).load();
    assertThat(names(copy)).containsExactly("peers.txt");
    return found;
  }

  @Test
  void whatACrashLeftHalfWritten_isNeitherReadNorKept() throws Exception {
    store().save(Memories.OTHER);
    byte[] whole = Files.readAllBytes(file);
    store().save(Memories.SMALL);
    for (int length = 0; length <= whole.length; length++) {
      Files.write(unfinished, Arrays.copyOf(whole, length));
      assertThat(store().load()).isEqualTo(Memories.SMALL);
      assertThat(unfinished).doesNotExist();
    }
    Files.write(unfinished, whole);
    store().save(Memories.OTHER);
    assertThat(names()).containsExactly("peers.txt");
  }

  @ParameterizedTest
  @ValueSource(strings = {"create", "sync", "replace"})
  void aStepThatFails_leavesWhatWasThere_andSaysWhichFile(String failing) throws Exception {
    store().save(Memories.SMALL);
    SteppedDisk disk = failingAt(failing);

    assertThatExceptionOfType(PeerStoreException.class)
        .isThrownBy(() -> new FilePeerStore(directory, () -> now, disk).save(Memories.OTHER))
        .withMessage(file + " cannot be written: the disk is on fire");

    assertThat(names()).containsExactly("peers.txt");
    assertThat(store().load()).isEqualTo(Memories.SMALL);
    store().save(Memories.OTHER);
    assertThat(store().load()).isEqualTo(Memories.OTHER);
  }

  @Test
  void aDirectoryThatCannotBeSynced_isSaid() throws Exception {
    assertThatExceptionOfType(PeerStoreException.class)
        .isThrownBy(
            () ->
                new FilePeerStore(directory, () -> now, failingAt("sync directory"))
                    .save(Memories.OTHER))
        .withMessage(file + " cannot be written: the disk is on fire");
  }

  private static SteppedDisk failingAt(String failing) {
    return new SteppedDisk(
        step -> {
          if (step.equals(failing) || step.startsWith(failing + " peers")) {
            throw new IOException("the disk is on fire");
          }
        });
  }

  @Test
  void aDeviceWithoutRoom_leavesWhatWasThere() throws Exception {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.isWritable(full), "this machine has no /dev/full");
    store().save(Memories.SMALL);
    Disk disk =
        new ForwardingDisk() {
          @Override
          public FileOutputStream create(Path created) throws IOException {
            return new FileOutputStream(full.toFile());
          }
        };

    assertThatExceptionOfType(PeerStoreException.class)
        .isThrownBy(() -> new FilePeerStore(directory, () -> now, disk).save(Memories.OTHER))
        .withMessage(file + " cannot be written: No space left on device");
    assertThat(store().load()).isEqualTo(Memories.SMALL);
  }

  private static class ForwardingDisk implements Disk {
    @Override
    public FileOutputStream create(Path created) throws IOException {
      return SYSTEM.create(created);
    }

    @Override
    public void sync(FileOutputStream written) throws IOException {
      SYSTEM.sync(written);
    }

    @Override
    public void replace(Path target, Path source) throws IOException {
      SYSTEM.replace(target, source);
    }

    @Override
    public void syncDirectory(Path synced) throws IOException {
      SYSTEM.syncDirectory(synced);
    }
  }

  @Test
  void aSaveThatIsTheCallersMistake_leavesWhatWasThere() throws Exception {
    store().save(Memories.SMALL);
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> store().save(Memories.random(new Random(1), 1, 3)));
    assertThat(names()).containsExactly("peers.txt");
    assertThat(store().load()).isEqualTo(Memories.SMALL);
  }

  @Test
  void aDamagedFile_isSetAside_andTheNodeStarts() throws Exception {
    store().save(Memories.SMALL);
    byte[] damaged = Files.readAllBytes(file);
    damaged[damaged.length / 2] ^= 1;
    Files.write(file, damaged);
    Path aside = directory.resolve("peers.damaged-20261128T054500Z");

    try (RecordedWarnings log = new RecordedWarnings(FilePeerStore.class)) {
      assertThat(store().load()).isEqualTo(PeerMemory.NOTHING);
      assertThat(log.lines())
          .containsExactly(
              "WARN "
                  + file
                  + " is not as it was written: its checksum is wrong; it is now "
                  + aside
                  + ", and this node starts without what it knew of others");
      assertThat(store().load()).isEqualTo(PeerMemory.NOTHING);
      assertThat(log.lines()).hasSize(1);
    }

    assertThat(aside).hasBinaryContent(damaged);
    store().save(Memories.OTHER);
    assertThat(store().load()).isEqualTo(Memories.OTHER);
    assertThat(aside).hasBinaryContent(damaged);
  }

  @Test
  void damagedFilesOfOneSecond_doNotReplaceEachOther() throws Exception {
    try (RecordedWarnings _ = new RecordedWarnings(FilePeerStore.class)) {
      Files.createDirectories(directory);
      for (int i = 1; i <= 100; i++) {
        Files.writeString(file, "number " + i);
        assertThat(store().load()).isEqualTo(PeerMemory.NOTHING);
      }
      Files.writeString(file, "one too many");
      assertThatExceptionOfType(PeerStoreException.class)
          .isThrownBy(() -> store().load())
          .withMessageStartingWith(
              file + " does not begin as a file of peers, and all names like ");
      now = NOW.plusSeconds(1);
      assertThat(store().load()).isEqualTo(PeerMemory.NOTHING);
    }
    assertThat(names()).hasSize(101).allMatch(name -> name.startsWith("peers.damaged-20261128T"));
    assertThat(directory.resolve("peers.damaged-20261128T054500Z")).hasContent("number 1");
    assertThat(directory.resolve("peers.damaged-20261128T054500Z-100")).hasContent("number 100");
    assertThat(directory.resolve("peers.damaged-20261128T054501Z")).hasContent("one too many");
  }

  @Test
  void aFileThatIsTooLong_isSetAside() throws Exception {
    Files.createDirectories(directory);
    try (FileOutputStream sparse = new FileOutputStream(file.toFile())) {
      sparse.getChannel().position(PeersText.MAX_BYTES);
      sparse.write(1);
    }
    try (RecordedWarnings log = new RecordedWarnings(FilePeerStore.class)) {
      assertThat(store().load()).isEqualTo(PeerMemory.NOTHING);
      assertThat(log.lines())
          .singleElement()
          .asString()
          .startsWith("WARN " + file + " has more than 50331648 bytes; it is now ");
    }
  }

  @Test
  void aFolderInItsPlace_isNoDamage_butSaid() throws Exception {
    Files.createDirectories(file);
    assertThatExceptionOfType(PeerStoreException.class)
        .isThrownBy(() -> store().load())
        .withMessage(file + " cannot be read: it is no file");
    assertThatExceptionOfType(PeerStoreException.class)
        .isThrownBy(() -> store().save(Memories.SMALL))
        .withMessageStartingWith(file + " cannot be written: ");
    assertThat(names()).containsExactly("peers.txt");
  }

  @Test
  void aFileWhereTheDirectoryBelongs_holdsNothing_andIsSaidWhenSaving() throws Exception {
    Files.createDirectory(temporary.resolve("not"));
    Files.createFile(directory);
    assertThat(store().load()).isEqualTo(PeerMemory.NOTHING);
    assertThatExceptionOfType(PeerStoreException.class)
        .isThrownBy(() -> store().save(Memories.SMALL))
        .withMessage(file + " cannot be written: " + directory + " is in the way");
  }

  private List<String> names() throws IOException {
    return names(directory);
  }

  private static List<String> names(Path in) throws IOException {
    try (Stream<Path> files = Files.list(in)) {
      return files.map(each -> each.getFileName().toString()).sorted().toList();
    }
  }
}
