package dev.waggle.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.waggle.crypto.toy.SeededRandom;
import dev.waggle.ports.crypto.SignatureScheme;
import dev.waggle.ports.testkit.SmallFileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What becomes of a new identity on a disk that takes nothing. */
final class IdentityFileDiskTest {
  private static final List<SignatureScheme> SCHEMES = Suites.of(CryptoChoice.AUTO).signatures();

  @RegisterExtension final SmallFileSystem disk = SmallFileSystem.ofMegabytes(1);

  @Test
  void fullDisk_isNamed_andNoPartOfAFileStays() throws Exception {
    Path ballast = disk.root().resolve("ballast");
    disk.fill(ballast);

    assertNotWritten("identity.pem", "No space left on device; mend that, or name another file");
    try (Stream<Path> files = Files.list(disk.root())) {
      assertThat(files).containsExactly(ballast);
    }
  }

  @Test
  void readOnlyDisk_isNamed() throws Exception {
    disk.remountReadOnly();

    assertNotWritten("identity.pem", "Read-only file system; mend that, or name another file");
    assertNotWritten("node/identity.pem", "Read-only file system; mend that, or name another file");
  }

  private void assertNotWritten(String name, String why) {
    Path path = disk.root().resolve(name);
    assertThatExceptionOfType(IdentityProblem.class)
        .isThrownBy(
            () ->
                new IdentityFile(path, SCHEMES)
                    .create(SCHEMES.getFirst(), new SeededRandom(1), PassphraseSource.NONE))
        .withMessageStartingWith("identity file " + path + " cannot be written: ")
        .withMessageEndingWith(why);
  }
}
