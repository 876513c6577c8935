package dev.waggle.simulator.node;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.gossip.BlockParts;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.IndexedItem;
import dev.waggle.simulator.chain.BlockMaker;
import dev.waggle.simulator.costs.Cost;
import dev.waggle.simulator.costs.Costs;
import dev.waggle.simulator.costs.Work;
import java.util.List;

/** Charges by a table of measured costs. */
public final class TableCharges implements Charges {
  private final long[] initiator;
  private final long[] responder;
  private final Cost seal;
  private final Cost hash;
  private final Cost known;
  private final Cost fresh;
  private final Cost announcement;
  private final Cost examineBlock;
  private final Cost keepBlock;
  private final Cost examineTransaction;
  private final Cost keepTransaction;
  private final Cost examineHeaders;
  private final Cost findHeaders;

  /**
   * Charges of a suite.
   *
   * @param suite whose handshakes cost, one that the table has
   */
  public TableCharges(Costs costs, String suite) {
    this.initiator = steps(costs, suite, Work.OFFER, Work.CONFIRMATION);
    this.responder = steps(costs, suite, Work.ACCEPTANCE, Work.ADMISSION);
    this.seal = costs.of(Work.SEAL);
    this.hash = costs.of(Work.HASH);
    this.known = costs.of(Work.KNOWN_MESSAGE);
    this.fresh = costs.of(Work.NEW_MESSAGE);
    this.announcement = costs.of(Work.ANNOUNCEMENT);
    this.examineBlock = costs.of(Work.EXAMINE_BLOCK);
    this.keepBlock = costs.of(Work.KEEP_BLOCK);
    this.examineTransaction = costs.of(Work.EXAMINE_TRANSACTION);
    this.keepTransaction = costs.of(Work.KEEP_TRANSACTION);
    this.examineHeaders = costs.of(Work.EXAMINE_HEADERS);
    this.findHeaders = costs.of(Work.FIND_HEADERS);
  }

  private static long[] steps(Costs costs, String suite, Work first, Work second) {
    return new long[] {costs.of(first, suite).nanos(0, 0), costs.of(second, suite).nanos(0, 0)};
  }

  @Override
  public long handshake(boolean responds, int step) {
    long[] steps = responds ? responder : initiator;
    return step < steps.length ? steps[step] : 0;
  }

  /** No more than the step of a handshake in which one signature is checked and another is made. */
  @Override
  public long notarizing() {
    return initiator[1];
  }

  @Override
  public long record(int bytes) {
    return seal.nanos(bytes, 0);
  }

  @Override
  public long naming(int payloadBytes) {
    return hash.nanos(payloadBytes, 0) + known.nanos(payloadBytes, 0);
  }

  @Override
  public long examining(GossipMessage message, int newItems) {
    Bytes payload = message.payload();
    return switch (message) {
      case GossipMessage.Block _ ->
          examineBlock.nanos(payload.length(), BlockMaker.transactionsIn(payload))
              + (1L + newItems) * examineTransaction.nanos(0, 0); // the miner's, and the authors'
      case GossipMessage.Transaction _ -> examineTransaction.nanos(payload.length(), 0);
      case GossipMessage.Evidence _ -> 0;
    };
  }

  @Override
  public long namingItems(List<IndexedItem> items) {
    long nanos = 0;
    for (IndexedItem item : items) {
      nanos += hash.nanos(item.payload().length(), 0);
    }
    return nanos;
  }

  @Override
  public long examiningHeader(int bytes, boolean isNew, int items) {
    return hash.nanos(bytes, 0)
        + announcement.nanos(0, items)
        + (isNew ? examineTransaction.nanos(0, 0) : 0);
  }

  @Override
  public long examiningHeaders(List<Bytes> headers) {
    long naming = 0;
    for (Bytes header : headers) {
      naming += hash.nanos(header.length(), 0);
    }
    return naming + examineHeaders.nanos(0, headers.size());
  }

  @Override
  public long findingHeaders(int count) {
    return findHeaders.nanos(0, count);
  }

  @Override
  public long committing(int items) {
    return examineBlock.nanos(0, items);
  }

  @Override
  public long completing(BlockParts parts, int newItems) {
    long bytes = 0;
    for (BlockParts.Item item : parts.items()) {
      bytes += item.payload().length();
    }
    return seal.nanos(bytes, 0)
        + committing(parts.items().size())
        + examineBlock.nanos(bytes, parts.items().size())
        + newItems * examineTransaction.nanos(0, 0);
  }

  @Override
  public long judging(GossipMessage message, int peers) {
    Bytes payload = message.payload();
    long spreading = fresh.nanos(payload.length(), peers);
    return spreading
        + switch (message) {
          case GossipMessage.Block _ ->
              keepBlock.nanos(payload.length(), BlockMaker.transactionsIn(payload));
          case GossipMessage.Transaction _, GossipMessage.Evidence _ ->
              keepTransaction.nanos(payload.length(), 0);
        };
  }

  @Override
  public long handling(int ids) {
    return announcement.nanos(0, ids) + known.nanos(0, 0);
  }
}
