package dev.waggle.simulator.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Writes a report. */
public final class ReportFile {
  /**
   * Makes sure that a file can be written, and leaves all as it was: for who has long to go until
   * then. Pipes and devices are not tried.
   *
   * @throws CannotWrite if it cannot be
   */
  public static void requireWritable(Path file) {
    try {
      if (Files.notExists(file)) {
        Files.newOutputStream(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE).close();
        Files.delete(file.toRealPath());
      } else if (Files.isRegularFile(file) || Files.isDirectory(file)) {
        Files.newOutputStream(file, StandardOpenOption.WRITE).close();
      }
    } catch (IOException e) {
      throw new CannotWrite(file, e);
    }
  }

  /**
   * Writes a text in the place of what is there.
   *
   * @throws CannotWrite if that cannot be
   */
  public static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new CannotWrite(file, e);
    }
  }

  private ReportFile() {}
}
