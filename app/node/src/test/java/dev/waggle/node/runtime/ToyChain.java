package dev.waggle.node.runtime;

import dev.waggle.crypto.toy.ToySuite;
import dev.waggle.domain.naming.MessageIds;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.gossip.BlockFormat;
import dev.waggle.ports.gossip.BlockParts;
import dev.waggle.ports.gossip.Delivery;
import dev.waggle.ports.gossip.Examination;
import dev.waggle.ports.gossip.GossipApplication;
import dev.waggle.ports.gossip.HeaderChain;
import dev.waggle.ports.gossip.Verdict;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.MessageId;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * An application for tests whose blocks follow each other, in one chain without branches. Safe for
 * use by any thread.
 *
 * <pre>
 *   header: id of the block before, 32 bytes | 1 if it was worth making, else 0 | id of the item, 32
 *   block: header | the item, which is any bytes; there is no proof
 * </pre>
 */
public class ToyChain implements GossipApplication, BlockFormat, HeaderChain {
  /** What the first block follows. */
  public static final MessageId BEGINNING = new MessageId(0, 0, 0, 0);

  public static final int HEADER_BYTES = 2 * MessageId.LENGTH + 1;

  private final List<Block> blocks = new ArrayList<>();

  /** How many blocks the chain has up to each of them. */
  private final Map<MessageId, Integer> heights = new HashMap<>();

  private IntPredicate found = _ -> true;
  private boolean tellsOfItself = true;

  /** A chain of nothing. */
  public ToyChain() {
    heights.put(BEGINNING, 0);
  }

  private record Block(MessageId id, Bytes header, Bytes payload) {}

  /** Of headers: the last of them if each follows the one before, and was worth making. */
  private record Examined(int count, boolean holds) implements Examination {
    @Override
    public long heldBytes() {
      return 100L * count;
    }
  }

  /**
   * Makes the next blocks, each with an item of so many bytes, 4 at least. Chains that have grown
   * alike are alike.
   */
  public synchronized void grow(int count, int itemBytes) {
    for (int i = 0; i < count; i++) {
      add(next(itemBytes));
    }
  }

  /** The block that {@link #grow} would add, for somebody to publish. */
  public synchronized GossipMessage nextBlock(int itemBytes) {
    return new GossipMessage.Block(next(itemBytes).payload);
  }

  private Block next(int itemBytes) {
    Bytes item = Bytes.wrap(ByteBuffer.allocate(itemBytes).putInt(blocks.size()).array());
    Bytes header = header(tip(), true, item);
    return new Block(ids().ofHeader(header), header, join(header, Bytes.EMPTY, List.of(item)));
  }

  /** A header, of a block that nobody may have. */
  public Bytes header(MessageId before, boolean worth, Bytes item) {
    byte[] header =
        ByteBuffer.allocate(HEADER_BYTES)
            .put(before.toArray())
            .put((byte) (worth ? 1 : 0))
            .put(ids().ofItem(item).toArray())
            .array();
    return Bytes.wrap(header);
  }

  /** One for each use: none is made for two threads. */
  private static MessageIds ids() {
    return new MessageIds(ToySuite.create().hash());
  }

  private void add(Block block) {
    blocks.add(block);
    heights.put(block.id, blocks.size());
    notifyAll();
  }

  public synchronized MessageId tip() {
    return blocks.isEmpty() ? BEGINNING : blocks.getLast().id;
  }

  public synchronized int height() {
    return blocks.size();
  }

  public synchronized void awaitHeight(int height) throws InterruptedException {
    while (blocks.size() < height) {
      wait();
    }
  }

  /** The ids of some of its blocks; the first one has the height 1. */
  public synchronized List<MessageId> ids(int fromHeight, int toHeight) {
    return blocks.subList(fromHeight - 1, toHeight).stream().map(Block::id).toList();
  }

  /**
   * Finds only some blocks for others from now on, by their heights, although it has told of all.
   */
  public synchronized void findOnly(IntPredicate heightsToFind) {
    found = heightsToFind;
  }

  /** Whether those who link to its node hear of its tip. */
  public synchronized void tellOfItself(boolean tells) {
    tellsOfItself = tells;
  }

  // ---- the application

  @Override
  public synchronized Verdict validate(Delivery candidate) {
    BlockParts parts = candidate.parts();
    if (parts == null) {
      return new Verdict.Reject("no block");
    }
    MessageId before = before(parts.header());
    if (heights.containsKey(candidate.id())) {
      return new Verdict.Ignore("known");
    }
    if (!heights.containsKey(before)) {
      return new Verdict.Await(before);
    }
    return before.equals(tip()) ? new Verdict.Accept() : new Verdict.Ignore("a branch");
  }

  @Override
  public synchronized void deliver(Delivery accepted) {
    Bytes payload = accepted.message().payload();
    add(new Block(accepted.id(), Bytes.copyOf(payload.toArray(), 0, HEADER_BYTES), payload));
  }

  @Override
  public synchronized boolean isKnown(MessageId id) {
    return heights.containsKey(id);
  }

  @Override
  public synchronized List<MessageId> inventory() {
    return blocks.isEmpty() || !tellsOfItself ? List.of() : List.of(tip());
  }

  @Override
  public synchronized @Nullable GossipMessage find(MessageId id) {
    int height = heights.getOrDefault(id, 0);
    return height == 0 || !found.test(height)
        ? null
        : new GossipMessage.Block(blocks.get(height - 1).payload);
  }

  @Override
  public BlockFormat blockFormat() {
    return this;
  }

  @Override
  public @Nullable HeaderChain headerChain() {
    return this;
  }

  // ---- what blocks are made of

  private static MessageId before(Bytes header) {
    return MessageId.read(header.toArray(), 0);
  }

  @Override
  public @Nullable BlockParts split(Bytes payload) {
    if (payload.length() < HEADER_BYTES) {
      return null;
    }
    byte[] all = payload.toArray();
    Bytes header = Bytes.copyOf(all, 0, HEADER_BYTES);
    Bytes item = Bytes.copyOf(all, HEADER_BYTES, all.length - HEADER_BYTES);
    MessageId id = ids().ofItem(item);
    return commitsTo(header, List.of(id))
        ? new BlockParts(header, Bytes.EMPTY, List.of(new BlockParts.Item(id, item)))
        : null;
  }

  @Override
  public Bytes join(Bytes header, Bytes proof, List<Bytes> items) {
    Bytes item = items.getFirst();
    ByteBuffer block = ByteBuffer.allocate(header.length() + item.length());
    return Bytes.wrap(block.put(header.toArray()).put(item.toArray()).array());
  }

  @Override
  public Examination examineHeader(MessageId id, Bytes header, Bytes proof, int items) {
    return Examination.NONE;
  }

  @Override
  public Verdict validateHeader(MessageId id, Examination examination) {
    return new Verdict.Ignore("its blocks are told of whole");
  }

  @Override
  public boolean commitsTo(Bytes header, List<MessageId> items) {
    int idAt = HEADER_BYTES - MessageId.LENGTH;
    return items.equals(List.of(MessageId.read(header.toArray(), idAt)));
  }

  @Override
  public List<MessageId> candidates() {
    return List.of();
  }

  @Override
  public @Nullable Bytes candidate(MessageId id) {
    return null;
  }

  // ---- how they follow each other

  @Override
  public synchronized List<MessageId> locator() {
    List<MessageId> locator = new ArrayList<>();
    for (int height = blocks.size(), step = 1; height > 0; height -= step, step *= 2) {
      locator.add(blocks.get(height - 1).id);
    }
    locator.add(BEGINNING);
    return locator;
  }

  @Override
  public synchronized boolean isOnChain(MessageId id) {
    return heights.containsKey(id);
  }

  @Override
  public synchronized @Nullable Stretch after(MessageId block, int max) {
    Integer height = heights.get(block);
    if (height == null) {
      return null;
    }
    int end = Math.min(blocks.size(), height + max);
    return new Stretch(
        blocks.subList(height, end).stream().map(Block::header).toList(),
        end == 0 ? BEGINNING : blocks.get(end - 1).id,
        blocks.size() - end);
  }

  @Override
  public Examination examineHeaders(MessageId after, List<MessageId> names, List<Bytes> headers) {
    MessageId before = after;
    boolean holds = true;
    for (int i = 0; i < headers.size(); i++) {
      Bytes header = headers.get(i);
      holds &=
          header.length() == HEADER_BYTES
              && before(header).equals(before)
              && header.toArray()[MessageId.LENGTH] == 1;
      before = names.get(i);
    }
    return new Examined(headers.size(), holds);
  }

  @Override
  public Verdict validateHeaders(
      MessageId after, @Nullable Examination before, Examination headers) {
    return headers instanceof Examined(int _, boolean holds) && holds
        ? new Verdict.Accept()
        : new Verdict.Reject("headers that do not hold");
  }
}
