package dev.waggle.chain;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.gossip.Delivery;
import dev.waggle.ports.gossip.Examination;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.MalformedMessage;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.WireSlice;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what messages tell without the chain: decodes them, and checks their signatures, each
 * once; and before a block is parsed, the work that it proves. Safe from any thread.
 */
final class Examiner {
  private final ChainRules rules;
  private final ChainSignatures signatures;
  private final VerifiedSignatures verified;

  Examiner(ChainRules rules, VerifiedSignatures verified) {
    this.rules = rules;
    this.signatures = new ChainSignatures(rules);
    this.verified = verified;
  }

  /** A signature takes three times as long as may be taken. */
  static boolean takesLong(GossipMessage message) {
    return switch (message) {
      case GossipMessage.Block _, GossipMessage.Transaction _ -> true;
      case GossipMessage.Evidence _ -> false;
    };
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
    Finding stored = examineStoredBlock(id, payload);
    if (!(stored instanceof Finding.SoundBlock(Block block))) {
      return stored;
    }
    String flaw = flawInSignatures(block);
    return flaw == null ? stored : new Finding.Flawed(flaw);
  }

  /** The same of a block that was accepted before, whose signatures need not be checked again. */
  Finding examineStoredBlock(MessageId id, Bytes payload) {
    String noWork = lackOfWork(id);
    if (noWork != null) {
      return new Finding.Flawed(noWork);
    }
    try {
      Block block = Block.decode(payload);
      String flaw = flawIn(id, block.encodedHeader(), block.header());
      return flaw == null ? new Finding.SoundBlock(block) : new Finding.Flawed(flaw);
    } catch (MalformedMessage e) {
      return new Finding.Flawed("malformed block: " + e.getMessage());
    }
  }

  private @Nullable String lackOfWork(MessageId id) {
    return rules.isProvenBy(id)
        ? null
        : "its hash does not start with " + rules.difficultyBits() + " zero bits";
  }

  private static @Nullable String flawIn(MessageId id, Bytes encodedHeader, BlockHeader header) {
    return MessageIds.ofHeader(encodedHeader).equals(id)
        ? flawInHeight(header)
        : "it has another id";
  }

  private static @Nullable String flawInHeight(BlockHeader header) {
    return header.height() == 0 ? "no block but the genesis has height 0" : null;
  }

  /** The miner's comes first: whoever has not mined the block has not paid for the others. */
  private @Nullable String flawInSignatures(Block block) {
    Attestation proof = block.proof();
    if (proof == null) {
      return "it has no proof";
    }
    String flaw = flawInProof(block.id(), block.header(), block.encodedHeader(), proof);
    if (flaw != null) {
      return flaw;
    }
    for (Transaction transaction : block.transactions()) {
      if (!isSigned(transaction)) {
        return "the signature of transaction " + transaction.id() + " does not hold";
      }
    }
    return null;
  }

  private @Nullable String flawInProof(
      MessageId id, BlockHeader header, Bytes encodedHeader, Attestation proof) {
    if (verified.contains(id)) {
      return null;
    }
    if (!proof.peerId().equals(header.miner())) {
      return "its miner is not the one whose key signed it";
    }
    if (!signatures.hold(encodedHeader, proof)) {
      return "its miner's signature does not hold";
    }
    verified.add(id);
    return null;
  }

  private boolean isSigned(Transaction transaction) {
    if (verified.contains(transaction.id())) {
      return true;
    }
    boolean holds = signatures.hold(transaction);
    if (holds) {
      verified.add(transaction.id());
    }
    return holds;
  }

  private Finding examineTransaction(MessageId id, Bytes payload) {
    try {
      Transaction transaction = Transaction.decode(id, payload);
      return isSigned(transaction)
          ? new Finding.SoundTransaction(transaction)
          : new Finding.Flawed("its author's signature does not hold");
    } catch (MalformedMessage e) {
      return new Finding.Flawed("malformed transaction: " + e.getMessage());
    }
  }

  /** What a header and a proof tell by themselves; see {@link ChainFormat#examineHeader}. */
  Examination examineHeader(MessageId id, Bytes encodedHeader, Bytes encodedProof, int items) {
    String noWork = lackOfWork(id);
    if (noWork != null) {
      return new Finding.Flawed(noWork);
    }
    try {
      BlockHeader header = BlockHeader.decode(encodedHeader);
      WireSlice in = WireSlice.of(encodedProof);
      Attestation proof = Attestation.take(in);
      in.requireEnd();
      String flaw = flawIn(id, encodedHeader, header);
      if (flaw == null && header.transactions() != items) {
        flaw = "it has " + header.transactions() + " transactions, not " + items;
      }
      if (flaw == null && !MessageIds.sha256(encodedProof).equals(header.proofHash())) {
        flaw = "the proof hash is not that of the proof";
      }
      if (flaw == null) {
        flaw = flawInProof(id, header, encodedHeader, proof);
      }
      return flaw == null ? new SoundHeader(header) : new Finding.Flawed(flaw);
    } catch (MalformedMessage e) {
      return new Finding.Flawed("malformed header: " + e.getMessage());
    }
  }

  /** What headers in a row tell by themselves; see {@link ChainHeaders#examineHeaders}. */
  Examination examineHeaders(MessageId after, List<MessageId> ids, List<Bytes> headers) {
    if (ids.size() != headers.size()) {
      throw new IllegalArgumentException(ids.size() + " ids of " + headers.size() + " headers");
    }
    try {
      MessageId parent = after;
      Place first = null;
      Place last = null;
      for (int i = 0; i < ids.size(); i++) {
        MessageId id = ids.get(i);
        String noWork = lackOfWork(id);
        if (noWork != null) {
          return new Finding.Flawed(noWork);
        }
        BlockHeader header = BlockHeader.decode(headers.get(i));
        String flaw = flawInStretch(header, parent, last);
        if (flaw != null) {
          return new Finding.Flawed(flaw);
        }
        parent = id;
        last = Place.of(header);
        first = first == null ? last : first;
      }
      return first == null || last == null
          ? Examination.NONE
          : new HeaderStretch(after, first, parent, last);
    } catch (MalformedMessage e) {
      return new Finding.Flawed("malformed header: " + e.getMessage());
    }
  }

  /**
   * Why a header does not follow the one before it.
   *
   * @param before where that stands; null if there is none in the stretch
   */
  private static @Nullable String flawInStretch(
      BlockHeader header, MessageId parent, @Nullable Place before) {
    String flaw = flawInHeight(header);
    if (flaw != null) {
      return flaw;
    }
    if (!header.parent().equals(parent)) {
      return "it does not name the one before it";
    }
    return before == null ? null : Place.of(header).misfitTo(before);
  }

  /** A header that proves work and is signed; whether it fits its parent is not known. */
  record SoundHeader(BlockHeader header) implements Examination {
    @Override
    public long heldBytes() {
      return Finding.OVERHEAD_BYTES;
    }
  }
}
