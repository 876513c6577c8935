package dev.waggle.chain;

import dev.waggle.ports.gossip.Examination;

/** What a block or a transaction tells by itself. */
sealed interface Finding extends Examination {
  /** Object headers and references of a decoded transaction, or of a block without any. */
  long OVERHEAD_BYTES = 256;

  /** A block within its bounds, that proves work; whether it fits its parent is not known. */
  record SoundBlock(Block block) implements Finding {
    /** Its transactions hold copies of their bytes, and of their memos. */
    @Override
    public long heldBytes() {
      return OVERHEAD_BYTES * (1 + block.transactions().size()) + 2L * block.payload().length();
    }
  }

  /** A well-formed transaction. */
  record SoundTransaction(Transaction transaction) implements Finding {
    @Override
    public long heldBytes() {
      return OVERHEAD_BYTES + transaction.memo().length();
    }
  }

  /** Something that nobody should have sent. */
  record Flawed(String why) implements Finding {
    @Override
    public long heldBytes() {
      return OVERHEAD_BYTES;
    }
  }
}
