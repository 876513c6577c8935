package dev.waggle.domain.gossip;

import dev.waggle.crypto.toy.ToySuite;
import dev.waggle.domain.naming.MessageIds;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.crypto.HashFunction;
import dev.waggle.ports.gossip.BlockFormat;
import dev.waggle.ports.gossip.BlockParts;
import dev.waggle.ports.gossip.Examination;
import dev.waggle.ports.gossip.Verdict;
import dev.waggle.ports.wire.MalformedMessage;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.WireSlice;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Blocks for tests: a header of a number and a hash over the ids of the items, a proof of four
 * bytes, and the items, each behind its length.
 */
final class ToyBlocks implements BlockFormat {
  static final Bytes PROOF = Bytes.ofHex("01020304");

  private static final int HEADER_BYTES = 40;

  private static final HashFunction HASH = ToySuite.create().hash();

  /** What waits for a block, by id. */
  final Map<MessageId, Bytes> waiting = new LinkedHashMap<>();

  /** The verdict on every header that is in order. */
  Verdict verdict = new Verdict.Accept();

  private record Finding(boolean isSound) implements Examination {
    @Override
    public long heldBytes() {
      return 0;
    }
  }

  static MessageIds ids() {
    return new MessageIds(HASH, new ToyBlocks());
  }

  static Bytes item(int number, int bytes) {
    byte[] payload = new byte[bytes];
    ByteBuffer.wrap(payload).putInt(number);
    return Bytes.wrap(payload);
  }

  static Bytes header(long number, List<MessageId> items) {
    ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES).putLong(number);
    return Bytes.wrap(header.put(root(items)).array());
  }

  private static byte[] root(List<MessageId> items) {
    ByteBuffer all = ByteBuffer.allocate(items.size() * MessageId.LENGTH);
    items.forEach(item -> all.put(item.toArray()));
    return HASH.hash(all.array());
  }

  /** A block of these items. */
  static Bytes block(long number, List<Bytes> items) {
    MessageIds ids = ids();
    List<MessageId> names = items.stream().map(ids::ofItem).toList();
    return new ToyBlocks().join(header(number, names), PROOF, items);
  }

  /** Lets an item wait for a block. */
  void add(Bytes item) {
    waiting.put(ids().ofItem(item), item);
  }

  @Override
  public @Nullable BlockParts split(Bytes payload) {
    try {
      WireSlice in = WireSlice.of(payload);
      Bytes header = in.takeBytes(HEADER_BYTES);
      Bytes proof = in.takeBytes(PROOF.length());
      MessageIds ids = new MessageIds(HASH);
      List<BlockParts.Item> items = new ArrayList<>();
      while (in.remaining() > 0) {
        Bytes item = in.takeBytes(in.takeIntLittleEndian());
        items.add(new BlockParts.Item(ids.ofItem(item), item));
      }
      List<MessageId> names = items.stream().map(BlockParts.Item::id).toList();
      boolean whole = proof.equals(PROOF) && commitsTo(header, names);
      return whole ? new BlockParts(header, proof, items) : null;
    } catch (MalformedMessage e) {
      return null;
    }
  }

  @Override
  public Bytes join(Bytes header, Bytes proof, List<Bytes> items) {
    int length = header.length() + proof.length();
    for (Bytes item : items) {
      length += Integer.BYTES + item.length();
    }
    ByteBuffer out = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    out.put(header.borrowArray()).put(proof.borrowArray());
    items.forEach(item -> out.putInt(item.length()).put(item.borrowArray()));
    return Bytes.wrap(out.array());
  }

  @Override
  public Examination examineHeader(MessageId id, Bytes header, Bytes proof, int items) {
    return new Finding(header.length() == HEADER_BYTES && proof.equals(PROOF));
  }

  @Override
  public Verdict validateHeader(MessageId id, Examination examination) {
    boolean sound = examination instanceof Finding(boolean isSound) && isSound;
    return sound ? verdict : new Verdict.Reject("no header");
  }

  @Override
  public boolean commitsTo(Bytes header, List<MessageId> items) {
    long number = ByteBuffer.wrap(header.borrowArray()).getLong();
    return header.equals(header(number, items));
  }

  @Override
  public List<MessageId> candidates() {
    return new ArrayList<>(waiting.keySet());
  }

  @Override
  public @Nullable Bytes candidate(MessageId id) {
    return waiting.get(id);
  }
}
