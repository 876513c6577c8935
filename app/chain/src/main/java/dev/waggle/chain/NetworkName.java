package dev.waggle.chain;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file {@value #FILE_NAME} of a data directory: the name of the network whose blocks it keeps,
 * for they themselves know it by its hash only. It is there to be told to whoever starts a node of
 * another network on them, and for nothing else: so it may be missing, and is believed only where
 * the hash is right.
 */
final class NetworkName {
  static final String FILE_NAME = "network.txt";

  /** More is no name. */
  private static final int MAX_BYTES = 1024;

  private static final Logger log = LoggerFactory.getLogger(NetworkName.class);

  private NetworkName() {}

  /** Writes it down beside the blocks, if that has not been done. */
  static void keep(Path blocks, String network) {
    if (network.equals(read(blocks))) {
      return;
    }
    Path file = blocks.resolveSibling(FILE_NAME);
    try {
      Files.writeString(file, network + "\n");
    } catch (IOException e) {
      log.debug("{} is not written: {}", file, e.toString());
    }
  }

  /** What is written beside the blocks, or null. */
  static @Nullable String read(Path blocks) {
    try (InputStream in = Files.newInputStream(blocks.resolveSibling(FILE_NAME))) {
      String text = new String(in.readNBytes(MAX_BYTES), StandardCharsets.UTF_8);
      return text.strip();
    } catch (IOException e) {
      return null;
    }
  }
}
