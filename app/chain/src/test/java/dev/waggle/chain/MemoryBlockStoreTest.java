package dev.waggle.chain;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.ports.Bytes;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class MemoryBlockStoreTest extends BlockStoreContract {
  private final MemoryBlockStore store = new MemoryBlockStore();

  @Override
  BlockStore open() {
    return store;
  }

  @Test
  void bytes_areBounded() throws IOException {
    Bytes block = block(1, 1024 * 1024);
    for (long left = MemoryBlockStore.MAX_TOTAL_BYTES; left > 0; left -= block.length()) {
      store.append(block);
    }
    assertThatThrownBy(() -> store.append(block(2, 1)))
        .isInstanceOf(BlockStoreException.class)
        .hasMessageContaining("at most");
  }
}
