package dev.waggle.chain;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.wire.MalformedMessage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A block store that ends with its process: for devnets and tests. */
public final class MemoryBlockStore implements BlockStore {
  /** Bytes of blocks at most: a devnet of some nodes stays within a default heap. */
  static final long MAX_TOTAL_BYTES = 128L * 1024 * 1024;

  private final List<Bytes> blocks = new ArrayList<>();
  private long totalBytes;

  @Override
  public void replay(long after, Visitor visitor) throws IOException {
    for (int position = (int) after + 1; position < blocks.size(); position++) {
      try {
        visitor.visit(position, blocks.get(position));
      } catch (MalformedMessage e) {
        throw new BlockStoreException("block " + position + " in memory: " + e.getMessage());
      }
    }
  }

  @Override
  public synchronized long append(Bytes block) throws IOException {
    if (totalBytes + block.length() > MAX_TOTAL_BYTES) {
      throw new BlockStoreException(
          "blocks in memory take at most " + MAX_TOTAL_BYTES + " bytes: use a data directory");
    }
    totalBytes += block.length();
    blocks.add(block);
    return blocks.size() - 1L;
  }

  @Override
  public synchronized Bytes read(long position) throws IOException {
    if (position < 0 || position >= blocks.size()) {
      throw new BlockStoreException("there is no block " + position + " in memory");
    }
    return blocks.get((int) position);
  }

  @Override
  public void close() {}
}
