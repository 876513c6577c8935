package dev.waggle.crypto;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where the passphrase of an identity file comes from: a file, a prompt, or nowhere. */
@FunctionalInterface
public interface PassphraseSource {
  /** No passphrase: new files are not encrypted, and encrypted ones do not open. */
  PassphraseSource NONE = (file, purpose) -> null;

  /** What the passphrase is for, so that a prompt can ask twice for a new one. */
  enum Purpose {
    OPEN,
    PROTECT
  }

  /**
   * The passphrase, or null where there is none. Asked for {@link Purpose#OPEN} only if the file is
   * encrypted, and for {@link Purpose#PROTECT} whenever one is written.
   *
   * @param file the identity file
   * @return an array that the caller wipes
   * @throws IOException if it cannot be had; the message tells the operator why, and what to do
   */
  char @Nullable [] passphrase(Path file, Purpose purpose) throws IOException;
}
