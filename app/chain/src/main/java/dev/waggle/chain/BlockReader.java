package dev.waggle.chain;

import dev.waggle.ports.Bytes;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads blocks back. One that cannot be read holds nobody up but who asked for it, and somebody
 * else may have it; the log has one word of it until one can be read again.
 */
final class BlockReader {
  private static final Logger log = LoggerFactory.getLogger(BlockReader.class);

  private final BlockStore store;
  private boolean failing;

  BlockReader(BlockStore store) {
    this.store = store;
  }

  /** The payload of a block that is stored, or null if it cannot be read. */
  @Nullable Bytes read(IndexedBlock block) {
    try {
      Bytes payload = store.read(block.position());
      failing = false;
      return payload;
    } catch (IOException e) {
      if (!failing) {
        failing = true;
        log.error("block {} cannot be read: {}", block.id(), e.getMessage());
      }
      return null;
    }
  }
}
