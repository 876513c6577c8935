package dev.waggle.chain;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.wire.MalformedMessage;
import dev.waggle.ports.wire.MessageId;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a chain holds, block by block, for whoever is not the node's thread: operators' tools. Safe
 * from any thread.
 *
 * <p>It reads where the node reads, and takes as long as the disk does. The node waits for it no
 * longer than for some records of the index, or 256 KiB of the blocks' file. Once the node is
 * closed, what is on disk cannot be read any more.
 */
public final class ChainArchive {
  private static final long NONE = -1;

  private final ChainIndex index;
  private final BlockStore store;
  private final Block genesis;
  private final Supplier<ChainView> view;

  ChainArchive(ChainIndex index, BlockStore store, Block genesis, Supplier<ChainView> view) {
    this.index = index;
    this.store = store;
    this.genesis = genesis;
    this.view = view;
  }

  /**
   * A block that is kept.
   *
   * @param inMainChain or else on a side branch
   */
  public record KeptBlock(Block block, boolean inMainChain) {}

  /**
   * A transaction, and where it is.
   *
   * @param block of the main chain, which has it; null if it waits for one
   */
  public record KeptTransaction(Transaction transaction, @Nullable Block block) {}

  /**
   * A block of any branch, the genesis too.
   *
   * @throws IOException if it cannot be read
   */
  public Optional<KeptBlock> block(MessageId id) throws IOException {
    IndexedBlock found = index.find(id);
    return found == null ? Optional.empty() : Optional.of(kept(found));
  }

  /**
   * The block of the main chain at a height.
   *
   * @throws IOException if it cannot be read
   */
  public Optional<KeptBlock> blockAt(long height) throws IOException {
    return height < 0 || height > view.get().height()
        ? Optional.empty()
        : Optional.of(kept(index.block(index.mainChainAt(height))));
  }

  /**
   * A transaction that waits for a block, or is in one of the main chain.
   *
   * @throws IOException if it cannot be read
   */
  public Optional<KeptTransaction> transaction(MessageId id) throws IOException {
    ChainView now = view.get();
    for (Transaction waiting : now.pending()) {
      if (waiting.id().equals(id)) {
        return Optional.of(new KeptTransaction(waiting, null));
      }
    }
    long[] including = {NONE};
    boolean isIncluded =
        index.anyInclusion(
            id,
            (number, height) -> {
              including[0] = number;
              return isMain(number, height, now.height());
            });
    return isIncluded
        ? Optional.of(included(id, read(index.block(including[0]))))
        : Optional.empty();
  }

  private static KeptTransaction included(MessageId id, Block block) {
    return block.transactions().stream()
        .filter(transaction -> transaction.id().equals(id))
        .findFirst()
        .map(transaction -> new KeptTransaction(transaction, block))
        .orElseThrow(() -> new IllegalStateException(id + " is not in " + block));
  }

  private KeptBlock kept(IndexedBlock found) throws IOException {
    boolean inMainChain = isMain(found.number(), found.height(), view.get().height());
    return new KeptBlock(read(found), inMainChain);
  }

  private boolean isMain(long number, long height, long tipHeight) throws IOException {
    return height <= tipHeight && index.mainChainAt(height) == number;
  }

  private Block read(IndexedBlock found) throws IOException {
    if (found.position() == IndexedBlock.NOT_STORED) {
      return genesis;
    }
    Bytes payload = store.read(found.position());
    try {
      return Block.decode(payload);
    } catch (MalformedMessage e) {
      throw new BlockStoreException("block " + found.id() + " is damaged: " + e.getMessage());
    }
  }
}
