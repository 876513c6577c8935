package dev.waggle.chain;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files in a data directory that are a chain, for whoever watches a disk. */
public final class ChainFiles {
  /**
   * How long they are together, blocks and index; 0 where there is no chain yet. Safe from any
   * thread, while the node runs too.
   *
   * @throws IOException if the directory cannot be read
   */
  public static long bytes(Path dataDir) throws IOException {
    long bytes = bytesOf(dataDir.resolve(FileBlockStore.FILE_NAME));
    Path index = dataDir.resolve(ChainIndex.DIRECTORY);
    if (!Files.isDirectory(index)) {
      return bytes;
    }
    try (Stream<Path> files = Files.list(index)) {
      List<Path> all = files.toList();
      for (Path file : all) {
        bytes += bytesOf(file);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return bytes;
  }

  private static long bytesOf(Path file) throws IOException {
    return Files.isRegularFile(file) ? Files.size(file) : 0;
  }

  private ChainFiles() {}
}
