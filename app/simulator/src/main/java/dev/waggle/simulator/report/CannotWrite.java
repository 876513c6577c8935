package dev.waggle.simulator.report;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;

/** A file cannot be written, for a reason that one line tells. It ends a run: its user can help. */
public final class CannotWrite extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CannotWrite(Path file, IOException cause) {
    super("cannot write " + file + ": " + reason(cause), cause);
  }

  /** Some exceptions of files say only which file it is. */
  private static String reason(IOException cause) {
    return switch (cause) {
      case NoSuchFileException _ -> "there is no such folder";
      case AccessDeniedException _ -> "that is not allowed";
      case FileSystemException one when one.getReason() != null -> one.getReason();
      default -> Objects.requireNonNullElse(cause.getMessage(), cause.toString());
    };
  }
}
