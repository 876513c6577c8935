package dev.waggle.simulator.chain;

import dev.waggle.chain.Block;
import dev.waggle.chain.ChainRules;
import dev.waggle.chain.ChainView;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.wire.MessageId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A chain that nodes have without having been sent it. Its blocks are there once, whoever has them.
 *
 * @param blocks encoded, from the one after the genesis on; unmodifiable
 * @param tip the last one's id
 */
public record PreparedChain(List<Bytes> blocks, MessageId tip) {
  private static final long MILLIS_BETWEEN = 1000;

  /** One without blocks. */
  public static PreparedChain none(ChainRules rules) {
    return new PreparedChain(List.of(), rules.genesis().id());
  }

  /**
   * Makes one, of as few transactions as such blocks can have.
   *
   * @param bytes of each block
   * @param endMillis the time that its last block bears
   */
  public static PreparedChain make(
      ChainRules rules, BlockMaker maker, int count, int bytes, long endMillis) {
    List<Bytes> blocks = new ArrayList<>(count);
    MessageId tip = rules.genesis().id();
    for (int height = 1; height <= count; height++) {
      long millis = endMillis - (count - height) * MILLIS_BETWEEN;
      ChainView below = new ChainView(tip, height - 1L, millis, 0, List.of());
      Block block = maker.on(below, millis, bytes, 1);
      blocks.add(block.payload());
      tip = block.id();
    }
    return new PreparedChain(Collections.unmodifiableList(blocks), tip);
  }
}
