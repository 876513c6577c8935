package dev.waggle.simulator.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes a report. */
public final class ReportFile {
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
