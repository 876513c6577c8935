package dev.waggle.chain;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.gossip.BlockFormat;
import dev.waggle.ports.gossip.BlockParts;
import dev.waggle.ports.gossip.Examination;
import dev.waggle.ports.gossip.Verdict;
import dev.waggle.ports.wire.MalformedMessage;
import dev.waggle.ports.wire.MessageId;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the blocks of this chain are made of (CHAIN §3), and the verdicts on headers (§5). */
final class ChainFormat implements BlockFormat {
  private final Examiner examiner;
  private final BlockValidator validator;
  private final Mempool mempool;
  private final InstantSource clock;
  private final StoreHealth health;

  ChainFormat(
      Examiner examiner,
      BlockValidator validator,
      Mempool mempool,
      InstantSource clock,
      StoreHealth health) {
    this.examiner = examiner;
    this.validator = validator;
    this.mempool = mempool;
    this.clock = clock;
    this.health = health;
  }

  @Override
  public @Nullable BlockParts split(Bytes payload) {
    try {
      return BlockLayout.takeApart(payload);
    } catch (MalformedMessage e) {
      return null;
    }
  }

  @Override
  public Bytes join(Bytes header, Bytes proof, List<Bytes> items) {
    return BlockLayout.join(header, proof, items);
  }

  @Override
  public Examination examineHeader(MessageId id, Bytes header, Bytes proof, int items) {
    return examiner.examineHeader(id, header, proof, items);
  }

  @Override
  public Verdict validateHeader(MessageId id, Examination examination) {
    try {
      return validator.judgeHeader(id, examination, ChainRules.latestMillis(clock));
    } catch (IOException e) {
      health.failed(e);
      return new Verdict.Ignore("the chain cannot be read");
    }
  }

  @Override
  public boolean commitsTo(Bytes header, List<MessageId> items) {
    try {
      BlockHeader decoded = BlockHeader.decode(header);
      return decoded.transactions() == items.size()
          && MerkleTree.root(items).equals(decoded.transactionsRoot());
    } catch (MalformedMessage e) {
      return false;
    }
  }

  @Override
  public List<MessageId> candidates() {
    return mempool.snapshot().stream().map(Transaction::id).toList();
  }

  @Override
  public @Nullable Bytes candidate(MessageId id) {
    Transaction transaction = mempool.find(id);
    return transaction == null ? null : transaction.payload();
  }
}
