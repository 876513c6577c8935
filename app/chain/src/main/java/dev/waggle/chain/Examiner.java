package dev.waggle.chain;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.gossip.Delivery;
import dev.waggle.ports.gossip.Examination;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.MalformedMessage;
import dev.waggle.ports.wire.MessageId;

/**
 * Finds out what messages tell without the chain: decodes them, and checks the work that a block
 * proves before it is parsed. Safe from any thread.
 */
final class Examiner {
  /** A longer block takes long: some 20 transactions, 50 microseconds. */
  private static final int MAX_SHORT_BYTES = 4096;

  private final ChainRules rules;

  Examiner(ChainRules rules) {
    this.rules = rules;
  }

  static boolean takesLong(GossipMessage message) {
    return message instanceof GossipMessage.Block(Bytes payload)
        && payload.length() > MAX_SHORT_BYTES;
  }

  Examination examine(MessageId id, GossipMessage message) {
    return switch (message) {
      case GossipMessage.Block(Bytes payload) -> examineBlock(id, payload);
      case GossipMessage.Transaction(Bytes payload) -> examineTransaction(id, payload);
      case GossipMessage.Evidence _ -> Examination.NONE;
    };
  }

  /** What was found out about a block or a transaction, now if it was not before. */
  Finding finding(Delivery delivery) {
    if (delivery.examination() instanceof Finding finding) {
      return finding;
    }
    return examine(delivery.id(), delivery.message()) instanceof Finding finding
        ? finding
        : new Finding.Flawed("neither a block nor a transaction");
  }

  Finding examineBlock(MessageId id, Bytes payload) {
    if (!rules.isProvenBy(id)) {
      return new Finding.Flawed(
          "its hash does not start with " + rules.difficultyBits() + " zero bits");
    }
    try {
      Block block = Block.decode(id, payload);
      return block.height() == 0
          ? new Finding.Flawed("it is another network's genesis")
          : new Finding.SoundBlock(block);
    } catch (MalformedMessage e) {
      return new Finding.Flawed("malformed block: " + e.getMessage());
    }
  }

  private static Finding examineTransaction(MessageId id, Bytes payload) {
    try {
      return new Finding.SoundTransaction(Transaction.decode(id, payload));
    } catch (MalformedMessage e) {
      return new Finding.Flawed("malformed transaction: " + e.getMessage());
    }
  }
}
