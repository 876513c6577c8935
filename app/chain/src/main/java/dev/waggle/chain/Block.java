package dev.waggle.chain;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.gossip.BlockParts;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.MalformedMessage;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.WireSlice;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A block of the chain, well formed in itself from its construction on: within its bounds, no
 * transaction in it twice, and its header commits to all of it. Whether it proves work, its
 * signatures hold, and it fits its parent is the chain's question. Immutable.
 *
 * <p>Encoded (CHAIN §3): {@code header 157 bytes | proof 5261 bytes | (length u32 | transaction)*};
 * see {@link BlockHeader}, {@link Attestation}. One block has one encoding. Its hash is that of its
 * header, and the id of the gossip message that carries it.
 */
public final class Block {
  /** Bytes of an encoded block at most: what one gossip message may carry. */
  public static final int MAX_BYTES = GossipMessage.MAX_PAYLOAD_BYTES;

  /**
   * Transactions that a header may speak of at most; so many do not even fit in, each having its
   * author's key and signature.
   */
  public static final int MAX_TRANSACTIONS = 4096;

  public static final int NONCE_BYTES = Long.BYTES;

  /** Bytes of an encoded block without transactions. */
  public static final int OVERHEAD = BlockHeader.BYTES + Attestation.BYTES;

  private final MessageId id;
  private final Bytes payload;
  private final Bytes encodedHeader;
  private final BlockHeader header;
  private final @Nullable Attestation proof;
  private final List<Transaction> transactions;

  private Block(
      MessageId id,
      Bytes payload,
      Bytes encodedHeader,
      BlockHeader header,
      @Nullable Attestation proof,
      List<Transaction> transactions) {
    this.id = id;
    this.payload = payload;
    this.encodedHeader = encodedHeader;
    this.header = header;
    this.proof = proof;
    this.transactions = transactions;
  }

  /** A network's first block, of which there is only a header. */
  static Block genesis(BlockHeader header) {
    Bytes encoded = Bytes.wrap(header.encode());
    return new Block(MessageIds.ofHeader(encoded), encoded, encoded, header, null, List.of());
  }

  /** The block that this header, which must commit to all of it, stands for. */
  static Block of(BlockHeader header, Attestation proof, List<Transaction> transactions) {
    Bytes encoded = Bytes.wrap(header.encode());
    List<Bytes> items = transactions.stream().map(Transaction::payload).toList();
    Bytes payload = BlockLayout.join(encoded, proof.encode(), items);
    return new Block(MessageIds.ofHeader(encoded), payload, encoded, header, proof, transactions);
  }

  /**
   * Reads a block, which must be the whole of {@code payload}. Its parts stay where they lie.
   *
   * @throws MalformedMessage if the bytes are no block; no more memory is taken than a small part
   *     of what was received
   */
  public static Block decode(Bytes payload) throws MalformedMessage {
    BlockParts parts = BlockLayout.takeApart(payload);
    List<Transaction> transactions = new ArrayList<>(parts.items().size());
    for (BlockParts.Item item : parts.items()) {
      transactions.add(Transaction.decode(item.id(), item.payload()));
    }
    BlockHeader header = BlockHeader.decode(parts.header());
    String defect = BlockTemplate.defect(header.height(), header.timeMillis(), transactions);
    if (defect != null) {
      throw new MalformedMessage(defect);
    }
    return new Block(
        MessageIds.ofHeader(parts.header()),
        payload,
        parts.header(),
        header,
        Attestation.take(WireSlice.of(parts.proof())),
        List.copyOf(transactions));
  }

  /** The block's hash. */
  public MessageId id() {
    return id;
  }

  /** The encoded block. */
  public Bytes payload() {
    return payload;
  }

  BlockHeader header() {
    return header;
  }

  Bytes encodedHeader() {
    return encodedHeader;
  }

  /** What shows who has made it; null of the genesis, which nobody has. */
  public @Nullable Attestation proof() {
    return proof;
  }

  public long height() {
    return header.height();
  }

  public MessageId parent() {
    return header.parent();
  }

  public long timeMillis() {
    return header.timeMillis();
  }

  /** Who is said to have made it. */
  public PeerId miner() {
    return header.miner();
  }

  /** Unmodifiable. */
  public List<Transaction> transactions() {
    return transactions;
  }

  public long nonce() {
    return header.nonce();
  }

  public GossipMessage toMessage() {
    return new GossipMessage.Block(payload);
  }

  /** Equal ids: the id is a hash of everything else. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Block block && id.equals(block.id);
  }

  @Override
  public int hashCode() {
    return id.hashCode();
  }

  @Override
  public String toString() {
    return "Block(" + height() + ", " + id + ", " + payload.length() + " bytes)";
  }
}
