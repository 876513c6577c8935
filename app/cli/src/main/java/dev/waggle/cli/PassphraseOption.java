package dev.waggle.cli;

import dev.waggle.crypto.PassphraseSource;
import java.io.Console;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where the passphrase of an identity comes from: a file, or whoever sits at the terminal. */
final class PassphraseOption implements PassphraseSource {
  /** More is no passphrase but another file. */
  private static final int MAX_BYTES = 4096;

  private final @Nullable Path file;

  private boolean promptForNew;

  /**
   * The passphrase in a file.
   *
   * @param file empty: whoever sits at the terminal is asked
   */
  PassphraseOption(Optional<Path> file) {
    this.file = file.orElse(null);
  }

  /** Asks for the passphrase of a new identity too. */
  PassphraseOption promptForNew(boolean prompt) {
    promptForNew = prompt;
    return this;
  }

  @Override
  public char @Nullable [] passphrase(Path identity, Purpose purpose) throws IOException {
    if (file != null) {
      return firstLine(file);
    }
    return switch (purpose) {
      case OPEN -> prompt("Passphrase of " + identity + ": ");
      case PROTECT -> promptForNew ? promptTwice(identity) : null;
    };
  }

  private static char[] firstLine(Path file) throws IOException {
    if (Files.size(file) > MAX_BYTES) {
      throw new IOException("passphrase file " + file + " has more than " + MAX_BYTES + " bytes");
    }
    byte[] bytes = Files.readAllBytes(file);
    CharBuffer text = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(bytes));
    Arrays.fill(bytes, (byte) 0);
    int end = 0;
    while (end < text.length() && text.get(end) != '\n' && text.get(end) != '\r') {
      end++;
    }
    char[] line = Arrays.copyOf(text.array(), end);
    Arrays.fill(text.array(), '\0');
    if (line.length == 0) {
      throw new IOException("the first line of passphrase file " + file + " is empty");
    }
    return line;
  }

  private static char @Nullable [] prompt(String question) {
    return Optional.ofNullable(System.console())
        .filter(Console::isTerminal)
        .map(console -> console.readPassword("%s", question))
        .orElse(null);
  }

  private static char[] promptTwice(Path identity) throws IOException {
    char[] first = prompt("New passphrase for " + identity + ": ");
    char[] second = prompt("Once more: ");
    if (first == null || second == null) {
      throw new IOException("there is no terminal to ask for a passphrase; use --passphrase-file");
    }
    try {
      if (first.length == 0 || !Arrays.equals(first, second)) {
        Arrays.fill(first, '\0');
        throw new IOException("the passphrases are empty or differ");
      }
      return first;
    } finally {
      Arrays.fill(second, '\0');
    }
  }
}
