package dev.waggle.chain;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.gossip.BlockParts;
import dev.waggle.ports.wire.MalformedMessage;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.WireSlice;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/**
 * How a block's parts lie in its payload (CHAIN §3): {@code header | proof | (length u32 |
 * transaction)*}. One block has one payload, and one payload is at most one block.
 */
final class BlockLayout {
  /**
   * Takes a block apart, whose header must commit to all else. What the transactions say, and
   * whether signatures hold, is not looked at. The parts are not copied.
   *
   * @throws MalformedMessage if it cannot be taken apart; no more memory is taken than a small part
   *     of what was received
   */
  static BlockParts takeApart(Bytes payload) throws MalformedMessage {
    if (payload.length() > Block.MAX_BYTES) {
      throw new MalformedMessage("a block has at most " + Block.MAX_BYTES + " bytes");
    }
    WireSlice in = WireSlice.of(payload);
    Bytes encodedHeader = Slices.take(in, BlockHeader.BYTES);
    BlockHeader header = BlockHeader.decode(encodedHeader);
    Bytes proof = Slices.take(in, Attestation.BYTES);
    if (!MessageIds.sha256(proof).equals(header.proofHash())) {
      throw new MalformedMessage("the proof hash is not that of the proof");
    }
    List<BlockParts.Item> items = named(takeItems(in, header.transactions()));
    List<MessageId> ids = items.stream().map(BlockParts.Item::id).toList();
    if (!MerkleTree.root(ids).equals(header.transactionsRoot())) {
      throw new MalformedMessage("the transactions root is not that of the transactions");
    }
    return new BlockParts(encodedHeader, proof, items);
  }

  private static List<Bytes> takeItems(WireSlice in, int count) throws MalformedMessage {
    List<Bytes> items = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      items.add(Slices.take(in, in.takeIntLittleEndian()));
    }
    in.requireEnd();
    return items;
  }

  private static List<BlockParts.Item> named(List<Bytes> items) {
    MessageDigest digest = MessageIds.sha256();
    List<BlockParts.Item> named = new ArrayList<>(items.size());
    for (Bytes item : items) {
      named.add(new BlockParts.Item(MessageIds.ofTransaction(item, digest), item));
    }
    return named;
  }

  /** Puts parts together, whatever they are. */
  static Bytes join(Bytes header, Bytes proof, List<Bytes> items) {
    ByteBuffer out =
        ByteBuffer.allocate(length(header.length() + proof.length(), items))
            .order(ByteOrder.LITTLE_ENDIAN);
    header.lendTo(out::put);
    proof.lendTo(out::put);
    for (Bytes item : items) {
      out.putInt(item.length());
      item.lendTo(out::put);
    }
    return Bytes.wrap(out.array());
  }

  private static int length(int first, List<Bytes> items) {
    int length = first;
    for (Bytes item : items) {
      length += Integer.BYTES + item.length();
    }
    return length;
  }

  private BlockLayout() {}
}
