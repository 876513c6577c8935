package dev.waggle.node.runtime;

import dev.waggle.crypto.toy.ToySuite;
import dev.waggle.domain.naming.MessageIds;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.crypto.HashFunction;
import dev.waggle.ports.gossip.BlockFormat;
import dev.waggle.ports.gossip.BlockParts;
import dev.waggle.ports.gossip.Examination;
import dev.waggle.ports.gossip.Verdict;
import dev.waggle.ports.wire.MessageId;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A format of blocks for tests: any bytes are an item, and the proof is a hash, which everybody can
 * make.
 *
 * <pre>
 *   header: nonce, 8 bytes | number of items, 4 | SHA-256 of the items' ids | of the proof
 *   proof: SHA-256 of the header as far as the proof is not in it
 *   block: header | proof | items, each behind its length, 4 bytes
 * </pre>
 *
 * The items that wait are the node thread's; the rest is safe for use by any thread.
 */
public class ItemBlocks implements BlockFormat {
  private static final int HASH_BYTES = 32;
  private static final int PROVEN_BYTES = Long.BYTES + Integer.BYTES + HASH_BYTES;
  private static final int HEADER_BYTES = PROVEN_BYTES + HASH_BYTES;

  private final HashFunction sha256 = ToySuite.create().hash();
  private final Map<MessageId, Bytes> waiting = new LinkedHashMap<>();

  /** Whether header and proof hold. */
  record Examined(boolean holds) implements Examination {
    @Override
    public long heldBytes() {
      return 0;
    }
  }

  /** A block of these items. */
  public Bytes block(long nonce, List<Bytes> items) {
    BlockParts parts = parts(nonce, items);
    return join(parts.header(), parts.proof(), items);
  }

  /** The same, in parts. */
  public BlockParts parts(long nonce, List<Bytes> items) {
    ByteBuffer proven = ByteBuffer.allocate(PROVEN_BYTES);
    List<BlockParts.Item> named = named(items);
    proven.putLong(nonce).putInt(items.size()).put(root(ids(named)));
    byte[] proof = sha256.hash(proven.array());
    ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
    header.put(proven.array()).put(sha256.hash(proof));
    return new BlockParts(Bytes.wrap(header.array()), Bytes.wrap(proof), named);
  }

  private byte[] root(List<MessageId> items) {
    ByteBuffer ids = ByteBuffer.allocate(items.size() * MessageId.LENGTH);
    items.forEach(id -> ids.put(id.toArray()));
    return sha256.hash(ids.array());
  }

  private static List<MessageId> ids(List<BlockParts.Item> items) {
    return items.stream().map(BlockParts.Item::id).toList();
  }

  private static byte[] behindLengths(List<Bytes> items) {
    int length = items.stream().mapToInt(item -> Integer.BYTES + item.length()).sum();
    ByteBuffer all = ByteBuffer.allocate(length);
    items.forEach(item -> all.putInt(item.length()).put(item.toArray()));
    return all.array();
  }

  private List<BlockParts.Item> named(List<Bytes> items) {
    MessageIds ids = new MessageIds(sha256);
    return items.stream().map(item -> new BlockParts.Item(ids.ofItem(item), item)).toList();
  }

  @Override
  public @Nullable BlockParts split(Bytes payload) {
    ByteBuffer in = ByteBuffer.wrap(payload.toArray());
    try {
      Bytes header = next(in, HEADER_BYTES);
      Bytes proof = next(in, HASH_BYTES);
      List<Bytes> items = new ArrayList<>();
      while (in.hasRemaining()) {
        items.add(next(in, in.getInt()));
      }
      List<BlockParts.Item> named = named(items);
      boolean commits =
          Bytes.wrap(sha256.hash(proof.toArray())).equals(hashAt(header, PROVEN_BYTES))
              && commitsTo(header, ids(named));
      return commits ? new BlockParts(header, proof, named) : null;
    } catch (BufferUnderflowException | NegativeArraySizeException e) {
      return null;
    }
  }

  private static Bytes next(ByteBuffer in, int length) {
    if (length > in.remaining()) {
      throw new BufferUnderflowException();
    }
    byte[] bytes = new byte[length];
    in.get(bytes);
    return Bytes.wrap(bytes);
  }

  private static Bytes hashAt(Bytes header, int offset) {
    return Bytes.copyOf(header.toArray(), offset, HASH_BYTES);
  }

  @Override
  public boolean commitsTo(Bytes header, List<MessageId> items) {
    return header.length() == HEADER_BYTES
        && ByteBuffer.wrap(header.toArray()).getInt(Long.BYTES) == items.size()
        && hashAt(header, Long.BYTES + Integer.BYTES).equals(Bytes.wrap(root(items)));
  }

  @Override
  public Bytes join(Bytes header, Bytes proof, List<Bytes> items) {
    byte[] behindLengths = behindLengths(items);
    ByteBuffer block =
        ByteBuffer.allocate(header.length() + proof.length() + behindLengths.length)
            .put(header.toArray())
            .put(proof.toArray())
            .put(behindLengths);
    return Bytes.wrap(block.array());
  }

  @Override
  public Examination examineHeader(MessageId id, Bytes header, Bytes proof, int items) {
    if (header.length() != HEADER_BYTES) {
      return new Examined(false);
    }
    byte[] proven = Bytes.copyOf(header.toArray(), 0, PROVEN_BYTES).toArray();
    boolean holds =
        ByteBuffer.wrap(proven).getInt(Long.BYTES) == items
            && proof.equals(Bytes.wrap(sha256.hash(proven)))
            && hashAt(header, PROVEN_BYTES).equals(Bytes.wrap(sha256.hash(proof.toArray())));
    return new Examined(holds);
  }

  @Override
  public Verdict validateHeader(MessageId id, Examination examination) {
    return examination instanceof Examined(boolean holds) && holds
        ? new Verdict.Accept()
        : new Verdict.Reject("header or proof does not hold");
  }

  /** Something waits for a block from now on. */
  public void waits(MessageId id, Bytes item) {
    waiting.put(id, item);
  }

  /** It stands in a block now. */
  public void waitsNoMore(MessageId id) {
    waiting.remove(id);
  }

  @Override
  public List<MessageId> candidates() {
    return List.copyOf(waiting.keySet());
  }

  @Override
  public @Nullable Bytes candidate(MessageId id) {
    return waiting.get(id);
  }
}
