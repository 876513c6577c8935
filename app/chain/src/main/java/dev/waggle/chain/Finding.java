package dev.waggle.chain;

import dev.waggle.ports.gossip.Examination;

/** What a block or a transaction tells by itself. */
sealed interface Finding extends Examination {
  /** Objects and ids of a decoded transaction, or of a block without any: bytes stay in place. */
  long OVERHEAD_BYTES = 256;

  /** A block that proves work and is signed throughout; whether it fits its parent is not known. */
  record SoundBlock(Block block) implements Finding {
    @Override
    public long heldBytes() {
      return OVERHEAD_BYTES * (1 + block.transactions().size());
    }
  }

  /** A well-formed transaction that its author has signed. */
  record SoundTransaction(Transaction transaction) implements Finding {
    @Override
    public long heldBytes() {
      return OVERHEAD_BYTES;
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
