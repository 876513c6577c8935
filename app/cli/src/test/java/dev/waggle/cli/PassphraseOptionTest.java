package dev.waggle.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.waggle.crypto.PassphraseSource.Purpose;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PassphraseOptionTest {
  private static final Path IDENTITY = Path.of("identity.pem");

  @TempDir Path dir;

  @Test
  void newPassphrase_isTypedTwice() throws IOException {
    assertThat(typing("secret", "secret").promptForNew(true).passphrase(IDENTITY, Purpose.PROTECT))
        .containsExactly("secret".toCharArray());
  }

  @Test
  void mistypedPassphrase_isRefused_andWiped() {
    char[] first = "secret".toCharArray();
    char[] second = "secreT".toCharArray();
    Queue<char[]> typed = new ArrayDeque<>(List.of(first, second));
    PassphraseOption option = new PassphraseOption(question -> typed.remove()).promptForNew(true);

    assertThatIOException()
        .isThrownBy(() -> option.passphrase(IDENTITY, Purpose.PROTECT))
        .withMessage("the two passphrases differ; try again");
    assertThat(first).containsOnly('\0');
    assertThat(second).containsOnly('\0');
  }

  @Test
  void emptyPassphrase_isRefused() {
    assertThatIOException()
        .isThrownBy(() -> typing("").promptForNew(true).passphrase(IDENTITY, Purpose.PROTECT))
        .withMessage("nothing was typed; try again");
    assertThatIOException()
        .isThrownBy(() -> typing("").passphrase(IDENTITY, Purpose.OPEN))
        .withMessage("nothing was typed; try again");
  }

  @Test
  void newIdentity_isNotEncrypted_unlessThatIsAskedFor() throws IOException {
    assertThat(typing().passphrase(IDENTITY, Purpose.PROTECT)).isNull();
  }

  private static PassphraseOption typing(String... lines) {
    Queue<String> typed = new ArrayDeque<>(List.of(lines));
    return new PassphraseOption(question -> typed.remove().toCharArray());
  }

  /** A byte order mark is no part of a passphrase: nobody could type it. */
  @ParameterizedTest
  @ValueSource(strings = {"pässwörd", "pässwörd\n", "pässwörd\r\nmore", "\uFEFFpässwörd\n"})
  void file_givesItsFirstLine(String content) throws IOException {
    Path file = Files.writeString(dir.resolve("file"), content);
    assertThat(new PassphraseFile(file).firstLine()).containsExactly("pässwörd".toCharArray());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "\r\nx", "\uFEFF\n"})
  void fileWithoutAFirstLine_isRefused(String content) throws IOException {
    Files.writeString(dir.resolve("file"), content);
    assertUnusable("file", "has an empty first line; write the passphrase into it");
  }

  /** It would be another passphrase than was meant, in silence. */
  @Test
  void fileThatIsNotUtf8_isRefused() throws IOException {
    Files.write(dir.resolve("file"), "pässwörd\n".getBytes(StandardCharsets.ISO_8859_1));
    assertUnusable("file", "is no text in UTF-8; write it in that encoding");
  }

  @Test
  void fileThatIsNone_isRefused() throws IOException {
    Files.createDirectory(dir.resolve("folder"));
    Files.writeString(dir.resolve("large"), "x".repeat(PassphraseFile.MAX_BYTES + 1));
    assertUnusable("folder", "is a folder; name a file by --passphrase-file");
    assertUnusable("large", "has more than 4096 bytes, which no passphrase has; name another");
    assertUnusable(
        "missing", "cannot be read: there is no such file; name another by --passphrase-file");
  }

  private void assertUnusable(String name, String why) {
    Path file = dir.resolve(name);
    assertThatIOException()
        .isThrownBy(() -> new PassphraseFile(file).firstLine())
        .withMessage("passphrase file " + file + " " + why);
  }
}
