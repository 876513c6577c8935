package dev.waggle.crypto;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Why a file could not be used, as an operator understands it: without names of Java's classes. */
final class InWords {
  private InWords() {}

  static String of(IOException e) {
    String message = e.getMessage();
    return switch (e) {
      case AccessDeniedException _ -> "permission denied";
      case NoSuchFileException _ -> "there is no such file";
      case FileAlreadyExistsException taken -> taken.getFile() + " is in the way";
      case FileSystemException refused when refused.getReason() != null -> refused.getReason();
      default -> message == null ? e.toString() : message;
    };
  }
}
