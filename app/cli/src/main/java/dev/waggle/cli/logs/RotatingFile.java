package dev.waggle.cli.logs;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A log in files of limited size: {@code waggle.log}, before it {@code waggle.log.1}, and so on;
 * the oldest goes when a new one begins. Each write is one line, and stays in one file.
 *
 * <p>A write never fails, for a node goes on without its log: when the disk is full, or the file
 * cannot be opened again, lines are lost until that ends. The operator hears of it once when it
 * begins, and once when it ends. Owned by the thread that writes the log.
 */
final class RotatingFile extends OutputStream {
  static final long MAX_BYTES = 10L * 1024 * 1024;

  /** Together with the newest file, 100 MiB. */
  static final int MAX_OLD = 9;

  /** A failing disk is not asked again for each line. */
  static final long RETRY_NANOS = 1_000_000_000L;

  private final Path path;
  private final long maxBytes;
  private final Consumer<String> say;
  private final LongSupplier nanoTime;
  private @Nullable OutputStream out;
  private long size;

  /** Whether what is in the file ends within a line, as a disk that was full leaves it. */
  private boolean isTorn;

  private boolean isFailing;
  private long failedNanos;
  private long lost;

  /**
   * Opens a file, to be continued if it exists.
   *
   * @param say takes a line for the operator, who cannot see it in this log
   * @throws IOException if that cannot be
   */
  RotatingFile(Path path, long maxBytes, Consumer<String> say, LongSupplier nanoTime)
      throws IOException {
    this.path = path;
    this.maxBytes = maxBytes;
    this.say = say;
    this.nanoTime = nanoTime;
    this.out = open();
  }

  private OutputStream open() throws IOException {
    OutputStream opened = new FileOutputStream(path.toFile(), true);
    size = Files.size(path);
    return opened;
  }

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    if (isFailing && nanoTime.getAsLong() - failedNanos < RETRY_NANOS) {
      lost++;
      return;
    }
    try {
      writeLine(bytes, offset, length);
      recovered();
    } catch (IOException e) {
      failed(e);
    }
  }

  private void writeLine(byte[] bytes, int offset, int length) throws IOException {
    OutputStream to = out == null ? open() : out;
    out = to;
    if (size > 0 && size + length > maxBytes) {
      to.close();
      out = null;
      rotate();
      to = open();
      out = to;
      isTorn = false;
    }
    if (isTorn) {
      to.write('\n');
      size++;
      isTorn = false;
    }
    isTorn = true; // Until it is whole:
    to.write(bytes, offset, length);
    isTorn = false;
    size += length;
  }

  /** From the oldest on, so that each has its place free. */
  private void rotate() throws IOException {
    for (int i = MAX_OLD - 1; i >= 1; i--) {
      move(old(i), old(i + 1));
    }
    move(path, old(1));
  }

  private Path old(int number) {
    return path.resolveSibling(path.getFileName() + "." + number);
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    } catch (NoSuchFileException _) {
      // There are not so many yet, or somebody took it away.
    }
  }

  private void failed(IOException why) {
    lost++;
    failedNanos = nanoTime.getAsLong();
    closeQuietly();
    if (!isFailing) {
      isFailing = true;
      say.accept(
          "the log file %s cannot be written: %s; going on without, until it can"
              .formatted(path, why.getMessage()));
    }
  }

  private void recovered() {
    if (isFailing) {
      isFailing = false;
      say.accept("the log file %s is written again; %d lines are lost".formatted(path, lost));
      lost = 0;
    }
  }

  private void closeQuietly() {
    try {
      close();
    } catch (IOException _) {
      // What could not be written is lost already.
    }
    out = null;
  }

  @Override
  public void close() throws IOException {
    if (out != null) {
      out.close();
    }
  }
}
