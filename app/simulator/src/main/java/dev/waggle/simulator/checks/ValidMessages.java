package dev.waggle.simulator.checks;

import dev.waggle.chain.Attestation;
import dev.waggle.chain.Block;
import dev.waggle.chain.ChainRules;
import dev.waggle.chain.Transaction;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.crypto.SignatureScheme;
import dev.waggle.ports.gossip.Delivery;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.MalformedMessage;
import dev.waggle.ports.wire.MessageId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All messages that any node of a run has accepted, and the rules of CHAIN §5 once more, so simple
 * that they can be seen to be right. A message is looked at when it is accepted first.
 */
final class ValidMessages {
  /** At the end of a transaction. */
  private static final int SIGNATURE_BYTES = 3309;

  /** Of a header, before the proof's hash. */
  private static final int SIGNED_HEADER_BYTES = 117;

  /**
   * A block on its way to the genesis.
   *
   * @param parent null only of the genesis
   */
  private record Link(
      @Nullable Link parent, MessageId id, long height, long millis, Set<MessageId> transactions) {}

  private final Map<MessageId, Link> blocks = new HashMap<>();
  private final Set<MessageId> others = new HashSet<>();

  private final SignatureScheme scheme;
  private final byte[] genesisId;

  ValidMessages(ChainRules rules) {
    scheme = rules.scheme();
    MessageId genesis = rules.genesis().id();
    genesisId = genesis.toArray();
    blocks.put(genesis, new Link(null, genesis, 0, 0, Set.of()));
  }

  /**
   * Why a message must not be accepted, or null.
   *
   * @param nowMillis the time of day at the node
   */
  @Nullable String defect(Delivery accepted, long nowMillis) {
    MessageId id = accepted.id();
    try {
      return switch (accepted.message()) {
        case GossipMessage.Block(var payload) -> {
          Link known = blocks.get(id);
          yield known == null
              ? newDefect(Block.decode(payload), nowMillis)
              : timeDefect(known.millis(), nowMillis);
        }
        case GossipMessage.Transaction(var payload) ->
            others.add(id) ? signatureDefect(Transaction.decode(payload)) : null;
        case GossipMessage.Evidence _ -> "no evidence is valid";
      };
    } catch (MalformedMessage e) {
      return e.getMessage();
    }
  }

  private static @Nullable String timeDefect(long millis, long nowMillis) {
    return millis > nowMillis + ChainRules.MAX_AHEAD.toMillis()
        ? "its time is too far ahead"
        : null;
  }

  private @Nullable String signatureDefect(Transaction transaction) {
    return isSigned("transaction", transaction.payload(), -SIGNATURE_BYTES, transaction.author())
        ? null
        : "transaction " + transaction.id() + " is not signed";
  }

  /**
   * Whether the beginning of something is signed.
   *
   * @param end of that beginning; below 0 it counts from the end of the whole
   */
  private boolean isSigned(String what, Bytes whole, int end, @Nullable Attestation by) {
    int length = end < 0 ? whole.length() + end : end;
    byte[] label = ("waggle/1 " + what).getBytes(StandardCharsets.US_ASCII);
    ByteBuffer message = ByteBuffer.allocate(label.length + genesisId.length + length);
    message.put(label).put(genesisId).put(whole.toArray(), 0, length);
    return by != null && scheme.verify(by.publicKey(), message.array(), by.signature());
  }

  private @Nullable String newDefect(Block block, long nowMillis) {
    if (!isSigned("block", block.payload(), SIGNED_HEADER_BYTES, block.proof())) {
      return "its miner has not signed it";
    }
    Link parent = blocks.get(block.parent());
    if (parent == null) {
      return "nobody has its parent";
    }
    if (block.height() != parent.height() + 1) {
      return "height " + block.height() + " on " + parent.height();
    }
    if (block.timeMillis() < parent.millis()) {
      return "its time lies before its parent's";
    }
    Set<MessageId> transactions = new HashSet<>();
    for (Transaction transaction : block.transactions()) {
      String defect = signatureDefect(transaction);
      if (defect != null) {
        return defect;
      }
      if (!transactions.add(transaction.id()) || includes(parent, transaction.id())) {
        return "transaction " + transaction.id() + " is there twice";
      }
    }
    blocks.put(
        block.id(), new Link(parent, block.id(), block.height(), block.timeMillis(), transactions));
    return timeDefect(block.timeMillis(), nowMillis);
  }

  private static boolean includes(Link last, MessageId transaction) {
    for (Link at = last; at != null; at = at.parent()) {
      if (at.transactions().contains(transaction)) {
        return true;
      }
    }
    return false;
  }

  /** Whether anybody has accepted it. */
  boolean knows(MessageId id) {
    return blocks.containsKey(id) || others.contains(id);
  }

  /** How many of the blocks below this one, if it is one, are not among {@code judged}. */
  int missingBelow(MessageId id, Life life, long nanos) {
    int missing = 0;
    Link block = blocks.get(id);
    Link at = block == null ? null : block.parent();
    while (at != null && at.height() > 0 && !life.hadJudged(at.id(), nanos)) {
      missing++;
      at = at.parent();
    }
    return missing;
  }

  /** The time that a block bears, or -1 if it is no accepted block. */
  long millis(MessageId id) {
    Link block = blocks.get(id);
    return block == null ? -1 : block.millis();
  }
}
