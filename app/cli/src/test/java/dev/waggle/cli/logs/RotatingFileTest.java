package dev.waggle.cli.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RotatingFileTest {
  private static final Path FULL = Path.of("/dev/full");

  @TempDir Path dir;
  private final List<String> said = new ArrayList<>();
  private long nowNanos;

  private RotatingFile open(Path path, long maxBytes) throws IOException {
    return new RotatingFile(path, maxBytes, said::add, () -> nowNanos);
  }

  private static void line(RotatingFile file, String text) {
    byte[] bytes = (text + "\n").getBytes(StandardCharsets.UTF_8);
    file.write(bytes, 0, bytes.length);
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(dir)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void whatIsThere_isContinued() throws IOException {
    Path path = Files.writeString(dir.resolve("w.log"), "before\n");
    try (RotatingFile file = open(path, 100)) {
      line(file, "after");
    }
    assertThat(path).hasContent("before\nafter\n");
    assertThat(said).isEmpty();
  }

  @Test
  void fullFile_givesWayToANewOne_andLinesStayWhole() throws IOException {
    Path path = dir.resolve("w.log");
    try (RotatingFile file = open(path, 10)) {
      line(file, "1234");
      line(file, "5678");
      line(file, "9");
      line(file, "longer than a whole file");
      line(file, "0");
    }
    assertThat(path).hasContent("0\n");
    assertThat(dir.resolve("w.log.1")).hasContent("longer than a whole file\n");
    assertThat(dir.resolve("w.log.2")).hasContent("9\n");
    assertThat(dir.resolve("w.log.3")).hasContent("1234\n5678\n");
  }

  @Test
  void fileThatWasFullBefore_isNotContinued() throws IOException {
    Path path = Files.writeString(dir.resolve("w.log"), "1234567890");
    try (RotatingFile file = open(path, 10)) {
      line(file, "new");
    }
    assertThat(path).hasContent("new\n");
  }

  @Test
  void howEverMuchIsWritten_theFilesStayWithinTheirTotal() throws IOException {
    try (RotatingFile file = open(dir.resolve("w.log"), 20)) {
      for (int i = 0; i < 1000; i++) {
        line(file, "line " + i);
      }
    }
    assertThat(names()).hasSize(1 + RotatingFile.MAX_OLD);
    for (String name : names()) {
      assertThat(dir.resolve(name)).satisfies(each -> assertThat(Files.size(each) <= 20).isTrue());
    }
    assertThat(dir.resolve("w.log")).content().endsWith("line 999\n");
  }

  @Test
  void fileThatSomebodyTookAway_isNoHindrance() throws IOException {
    Path path = dir.resolve("w.log");
    try (RotatingFile file = open(path, 4)) {
      line(file, "abc");
      Files.delete(path);
      line(file, "def");
    }
    assertThat(path).hasContent("def\n");
    assertThat(said).isEmpty();
  }

  @Test
  void fullDisk_isToldOnce_andAskedAgainOnceASecond_untilThereIsRoom() throws IOException {
    assumeTrue(Files.isWritable(FULL), "this machine has no /dev/full");
    Path path = Files.createSymbolicLink(dir.resolve("w.log"), FULL);
    try (RotatingFile file = open(path, 100)) {
      line(file, "lost");
      line(file, "lost too");
      nowNanos += RotatingFile.RETRY_NANOS;
      line(file, "and this");
      assertThat(said)
          .containsExactly(
              "the log file %s cannot be written: No space left on device; going on without, until it"
                      .formatted(path)
                  + " can");

      Files.delete(path);
      line(file, "too early");
      assertThat(path).doesNotExist();
      nowNanos += RotatingFile.RETRY_NANOS;
      line(file, "kept");
      line(file, "kept too");
    }
    // What of a line the full disk has taken nobody knows, so the next one begins a new line.
    assertThat(path).content().isEqualToIgnoringNewLines("kept\nkept too\n").startsWith("\n");
    assertThat(said).hasSize(2).last().asString().endsWith("is written again; 4 lines are lost");
  }

  @Test
  void fileThatCannotBeRotated_takesNoMoreThanItsShare() throws IOException {
    Path path = dir.resolve("w.log");
    Files.createFile(dir.resolve("w.log.8"));
    Files.createFile(Files.createDirectory(dir.resolve("w.log.9")).resolve("in the way"));
    try (RotatingFile file = open(path, 4)) {
      line(file, "abc");
      for (int i = 0; i < 10; i++) {
        nowNanos += RotatingFile.RETRY_NANOS;
        line(file, "more");
      }
    }
    assertThat(path).hasContent("abc\n");
    assertThat(said).hasSize(1);
  }

  @Test
  void fileThatCannotBeOpened_isAProblemAtOnce() {
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> open(dir.resolve("no/such/folder/w.log"), 10).close());
  }
}
