package dev.waggle.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.ports.Bytes;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileBlockStoreTest extends BlockStoreContract {
  private static final Block GENESIS = TestBlocks.GENESIS;
  private static final ChainRules OTHER =
      new ChainRules("other", TestBlocks.RULES.difficultyBits(), TestBlocks.SCHEME);
  private static final Bytes FIRST = block(1, 40);
  private static final Bytes SECOND = block(2, 50);
  private static final Bytes THIRD = block(3, 60);

  @TempDir Path temporary;
  private Path dataDir;
  private Path file;

  @BeforeEach
  void placeDataDir() {
    dataDir = temporary.resolve("not").resolve("yet");
    file = dataDir.resolve("blocks.dat");
  }

  @Override
  BlockStore open() throws IOException {
    return FileBlockStore.open(dataDir, TestBlocks.RULES);
  }

  @Test
  void appendBeforeReplay_isTheCallersMistake() throws IOException {
    try (BlockStore store = open()) {
      assertThatThrownBy(() -> store.append(FIRST)).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void lastRecordCutShort_isCutOffAtEveryLength() throws IOException {
    byte[] whole = threeBlocks();
    int third = offsetOfThird();
    for (int length = third; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThirdIsGone();
      assertThat(Files.size(file)).isEqualTo(third);
    }
  }

  /** What a loss of power leaves: the file has its length, and the last data never came. */
  @Test
  void lastRecordZeroFromAnyByteOn_isCutOff() throws IOException {
    byte[] whole = threeBlocks();
    int third = offsetOfThird();
    for (int cut = third; cut < whole.length; cut++) {
      for (int more : new int[] {0, 1, 12, 13, 100_001}) {
        Files.write(file, Arrays.copyOf(Arrays.copyOf(whole, cut), whole.length + more));
        assertThirdIsGone();
        assertThat(Files.size(file)).isEqualTo(third);
      }
    }
  }

  @Test
  void zerosBehindTheLastRecord_areCutOff() throws IOException {
    byte[] whole = threeBlocks();
    for (int size : List.of(1, 12, 13, 100_000, 200_001)) {
      Files.write(file, Arrays.copyOf(whole, whole.length + size));
      try (BlockStore store = open()) {
        assertThat(replay(store).values()).containsExactly(FIRST, SECOND, THIRD);
      }
      assertThat(file).hasBinaryContent(whole);
    }
  }

  @Test
  void zerosInTheMiddle_areRefused() throws IOException {
    byte[] whole = threeBlocks();
    int second = FileBlockStore.FILE_HEADER_BYTES + recordBytes(FIRST);
    for (int cut = second; cut < offsetOfThird() - 4; cut++) {
      byte[] damaged = whole.clone();
      Arrays.fill(damaged, cut, offsetOfThird(), (byte) 0);
      Files.write(file, damaged);
      try (BlockStore store = open()) {
        assertThatThrownBy(() -> replay(store))
            .isInstanceOf(BlockStoreException.class)
            .hasMessageContaining(file + ", offset " + second)
            .hasMessageContaining("move it away");
      }
      assertThat(file).hasBinaryContent(damaged);
    }
  }

  @Test
  void lastBlockWithOtherContent_isCutOff() throws IOException {
    byte[] whole = threeBlocks();
    whole[whole.length - 5] ^= 1;
    Files.write(file, whole);

    assertThirdIsGone();
  }

  @Test
  void afterATornTail_appendingGoesOn() throws IOException {
    byte[] whole = threeBlocks();
    Files.write(file, Arrays.copyOf(whole, whole.length - 1));

    try (BlockStore store = opened()) {
      store.append(block(4, 7));
    }
    try (BlockStore store = open()) {
      assertThat(replay(store).values()).containsExactly(FIRST, SECOND, block(4, 7));
    }
  }

  /** In the length too, where a damaged record could pass for one that was cut short. */
  @Test
  void anyByteOfAMiddleRecordChanged_isRefusedByNameAndOffset() throws IOException {
    byte[] whole = threeBlocks();
    int second = FileBlockStore.FILE_HEADER_BYTES + recordBytes(FIRST);
    for (int offset = second; offset < offsetOfThird(); offset++) {
      for (int change : new int[] {0x01, 0x80, 0xFF}) {
        byte[] damaged = whole.clone();
        damaged[offset] ^= (byte) change;
        Files.write(file, damaged);

        try (BlockStore store = open()) {
          assertThatThrownBy(() -> replay(store))
              .isInstanceOf(BlockStoreException.class)
              .hasMessageContaining(file.toString())
              .hasMessageContaining("offset " + second)
              .hasMessageContaining("damaged");
        }
        assertThat(file).hasBinaryContent(damaged);
      }
    }
  }

  @Test
  void damageWhileOpen_isFoundByReading() throws IOException {
    try (BlockStore store = opened()) {
      long position = store.append(FIRST);
      byte[] damaged = Files.readAllBytes(file);
      damaged[damaged.length - 1] ^= 1;
      Files.write(file, damaged);

      assertThatThrownBy(() -> store.read(position))
          .isInstanceOf(BlockStoreException.class)
          .hasMessageContaining("offset " + position);
    }
  }

  @Test
  void fileHeaderCutShort_isWrittenAnew() throws IOException {
    opened().close();
    byte[] header = Files.readAllBytes(file);
    assertThat(header).hasSize(FileBlockStore.FILE_HEADER_BYTES);
    for (int length = 0; length < header.length; length++) {
      Files.write(file, Arrays.copyOf(header, length));
      opened().close();
      assertThat(file).hasBinaryContent(header);
    }
  }

  @Test
  void otherFile_isLeftAlone() throws IOException {
    Files.createDirectories(dataDir);
    for (String content :
        List.of("x", "somebody's holiday photographs", "waggle blocks 1\n" + "y".repeat(100))) {
      Files.writeString(file, content);

      assertThatThrownBy(this::open)
          .isInstanceOf(BlockStoreException.class)
          .hasMessageContaining(file.toString())
          .hasMessageContaining("not a file of blocks of this version; move it away");
      assertThat(file).hasContent(content);
    }
  }

  @Test
  void otherNetworksFile_isRefused_byBothNames() throws IOException {
    threeBlocks();
    byte[] before = Files.readAllBytes(file);

    assertThatThrownBy(() -> FileBlockStore.open(dataDir, OTHER))
        .isInstanceOfSatisfying(
            OtherNetworkException.class, other -> assertThat(other.kept()).hasValue("waggle-test"))
        .hasMessage(file + " holds blocks of the network waggle-test, and not of other");
    assertThat(file).hasBinaryContent(before);
    assertThat(dataDir.resolve("network.txt")).hasContent("waggle-test");
  }

  /** As it is in a directory of an earlier version, or where somebody has edited the name. */
  @Test
  void otherNetworksFile_whoseNameIsUnknown_isRefusedByBothFirstBlocks() throws IOException {
    threeBlocks();
    Path name = dataDir.resolve("network.txt");
    for (String content : List.of("", "waggle-toast\n", "x".repeat(5000))) {
      Files.writeString(name, content);
      assertRefusedByIds();
    }
    Files.delete(name);
    assertRefusedByIds();

    opened().close(); // by the right node, which writes the name down
    assertThat(name).hasContent("waggle-test");
  }

  private void assertRefusedByIds() {
    assertThatThrownBy(() -> FileBlockStore.open(dataDir, OTHER))
        .isInstanceOfSatisfying(
            OtherNetworkException.class, other -> assertThat(other.kept()).isEmpty())
        .hasMessage(
            "%s holds blocks of the network whose first block is %s, and not of other, whose first"
                + " block is %s",
            file, GENESIS.id(), OTHER.genesis().id());
  }

  @Test
  void openStore_isNotOpenedTwice() throws IOException {
    BlockStore store = opened();
    assertThatThrownBy(this::open)
        .isInstanceOf(BlockStoreException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("in use by another node");

    store.close();
    opened().close();
  }

  @Test
  void killedProcess_leavesItsBlocksAndNoLock() throws Exception {
    Process owner =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Owner.class.getName(),
                dataDir.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader output = owner.inputReader()) {
      assertThat(output.lines().anyMatch("appended"::equals)).isTrue();
      assertThatThrownBy(this::open)
          .isInstanceOf(BlockStoreException.class)
          .hasMessageContaining("in use by another node");
    } finally {
      owner.destroyForcibly();
      assertThat(owner.waitFor(1, TimeUnit.MINUTES)).isTrue();
    }
    try (BlockStore store = open()) {
      assertThat(replay(store).values()).containsExactly(FIRST, SECOND);
    }
  }

  /** The process that is killed: appends two blocks, says so, and waits to be killed. */
  static final class Owner {
    public static void main(String[] args) throws IOException {
      BlockStore store = FileBlockStore.open(Path.of(args[0]), TestBlocks.RULES);
      replay(store);
      append(store, List.of(FIRST, SECOND));
      System.out.println("appended");
      int _ = System.in.read();
      store.close();
    }
  }

  private byte[] threeBlocks() throws IOException {
    try (BlockStore store = opened()) {
      append(store, List.of(FIRST, SECOND, THIRD));
    }
    return Files.readAllBytes(file);
  }

  private void assertThirdIsGone() throws IOException {
    try (BlockStore store = open()) {
      assertThat(replay(store).values()).containsExactly(FIRST, SECOND);
    }
  }

  private static int offsetOfThird() {
    return FileBlockStore.FILE_HEADER_BYTES + recordBytes(FIRST) + recordBytes(SECOND);
  }

  private static int recordBytes(Bytes block) {
    return FileBlockStore.RECORD_HEADER_BYTES + block.length();
  }
}
