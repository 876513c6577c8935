package dev.waggle.bench.report;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** What was asked for cannot be done, for a reason that one line tells. Exit code 1. */
final class BenchFailed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BenchFailed(String message) {
    super(message, null, false, false);
  }

  static BenchFailed reading(Path file, IOException e) {
    return new BenchFailed(
        file
            + ": "
            + switch (e) {
              case NoSuchFileException _ -> "no such file";
              case CharacterCodingException _ -> "not a text file";
              default -> "cannot be read: " + e.getMessage();
            });
  }

  static BenchFailed writing(Path file, IOException e) {
    return new BenchFailed(file + ": cannot be written: " + e);
  }
}
