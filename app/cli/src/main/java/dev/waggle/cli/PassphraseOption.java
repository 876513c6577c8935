package dev.waggle.cli;

import dev.waggle.crypto.PassphraseSource;
import java.io.Console;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the passphrase of an identity comes from: a file, or whoever sits at the terminal. */
final class PassphraseOption implements PassphraseSource {
  static final String FLAG = "--passphrase-file";

  @Option(
      names = FLAG,
      paramLabel = "FILE",
      description =
          "The first line of FILE encrypts a new identity and opens an encrypted one. Without it,"
              + " an encrypted identity's passphrase is asked for.")
  private @Nullable Path file;

  private final Terminal terminal;
  private boolean promptForNew;

  PassphraseOption() {
    this(PassphraseOption::ask);
  }

  PassphraseOption(Terminal terminal) {
    this.terminal = terminal;
  }

  /** Who sits at the terminal, if there is one. */
  @FunctionalInterface
  interface Terminal {
    /** What is typed, unseen, an array to be wiped; null if nobody can be asked. */
    char @Nullable [] ask(String question);
  }

  private static char @Nullable [] ask(String question) {
    return Optional.ofNullable(System.console())
        .filter(Console::isTerminal)
        .map(console -> console.readPassword("%s", question))
        .orElse(null);
  }

  /** Asks for the passphrase of a new identity too. */
  PassphraseOption promptForNew(boolean prompt) {
    promptForNew = prompt;
    return this;
  }

  @Override
  public char @Nullable [] passphrase(Path identity, Purpose purpose) throws IOException {
    if (file != null) {
      return new PassphraseFile(file).firstLine();
    }
    return switch (purpose) {
      case OPEN -> prompt("Passphrase of " + identity + ": ");
      case PROTECT -> promptForNew ? promptTwice(identity) : null;
    };
  }

  private char[] promptTwice(Path identity) throws IOException {
    char[] first = prompt("New passphrase for " + identity + ": ");
    char[] second = prompt("Once more: ");
    boolean same = Arrays.equals(first, second);
    Arrays.fill(second, '\0');
    if (!same) {
      Arrays.fill(first, '\0');
      throw new IOException("the two passphrases differ; try again");
    }
    return first;
  }

  private char[] prompt(String question) throws IOException {
    char[] typed = terminal.ask(question);
    if (typed == null) {
      throw new IOException("there is no terminal to ask for it; name its file by " + FLAG);
    }
    if (typed.length == 0) {
      throw new IOException("nothing was typed; try again");
    }
    return typed;
  }
}
