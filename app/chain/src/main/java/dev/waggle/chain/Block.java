package dev.waggle.chain;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.MalformedMessage;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.WireSlice;
import java.util.ArrayList;
import java.util.List;

/**
 * A block of the chain, valid in itself from its construction on: within its bounds, no transaction
 * in it twice, and its transactions root is theirs. Whether it proves work and fits its parent is
 * the chain's question. Immutable.
 *
 * <p>Encoded (CHAIN §3): {@code version u8 | height u64 | parent 32 bytes | time u64 | transactions
 * root 32 bytes | miner 32 bytes | transaction count u32 | (length u32 | transaction)* | nonce
 * u64}, integers little-endian. One block has one encoding. Its hash is the id of the gossip
 * message that carries it.
 */
public final class Block {
  /**
   * Bytes of an encoded block at most: it reaches a peer in a fraction of a second over any link,
   * and is an eighth of what a gossip message may carry.
   */
  public static final int MAX_BYTES = 1024 * 1024;

  /** Transactions in a block at most: what one block can add to the index. */
  public static final int MAX_TRANSACTIONS = 4096;

  public static final int NONCE_BYTES = Long.BYTES;

  static final int VERSION = 1;

  /** Bytes of an encoded block without transactions. */
  static final int OVERHEAD =
      1
          + Long.BYTES
          + MessageId.LENGTH
          + Long.BYTES
          + MerkleTree.ROOT_LENGTH
          + PeerId.LENGTH
          + Integer.BYTES
          + NONCE_BYTES;

  private final MessageId id;
  private final Bytes payload;
  private final BlockTemplate template;
  private final long nonce;

  private Block(MessageId id, Bytes payload, BlockTemplate template, long nonce) {
    this.id = id;
    this.payload = payload;
    this.template = template;
    this.nonce = nonce;
  }

  public static Block of(BlockTemplate template, long nonce) {
    Bytes payload = Bytes.wrap(template.encode(nonce));
    return new Block(MessageIds.of(GossipMessage.Kind.BLOCK, payload), payload, template, nonce);
  }

  /**
   * Reads a block, which must be the whole of {@code payload}.
   *
   * @throws MalformedMessage if the bytes are no block; no more memory is taken than a small
   *     multiple of what was received
   */
  public static Block decode(Bytes payload) throws MalformedMessage {
    return decode(MessageIds.of(GossipMessage.Kind.BLOCK, payload), payload);
  }

  /** Reads a block whose id the router has computed already. */
  static Block decode(MessageId id, Bytes payload) throws MalformedMessage {
    if (payload.length() > MAX_BYTES) {
      throw new MalformedMessage("a block has at most " + MAX_BYTES + " bytes");
    }
    WireSlice in = WireSlice.of(payload);
    int version = in.takeByte();
    if (version != VERSION) {
      throw new MalformedMessage("unknown version " + version + " of a block");
    }
    long height = in.takeLongLittleEndian();
    MessageId parent = in.takeMessageId();
    long timeMillis = in.takeLongLittleEndian();
    Bytes root = in.takeBytes(MerkleTree.ROOT_LENGTH);
    PeerId miner = new PeerId(in.takeBytes(PeerId.LENGTH));
    List<Transaction> transactions = takeTransactions(in);
    long nonce = in.takeLongLittleEndian();
    in.requireEnd();

    String defect = BlockTemplate.defect(height, timeMillis, transactions);
    if (defect != null) {
      throw new MalformedMessage(defect);
    }
    BlockTemplate template = new BlockTemplate(height, parent, timeMillis, miner, transactions);
    if (!template.transactionsRoot().equals(root)) {
      throw new MalformedMessage("the transactions root is not that of the transactions");
    }
    return new Block(id, payload, template, nonce);
  }

  private static List<Transaction> takeTransactions(WireSlice in) throws MalformedMessage {
    int count = in.takeIntLittleEndian();
    if (count < 0 || count > MAX_TRANSACTIONS) {
      throw new MalformedMessage(
          "a block has at most "
              + MAX_TRANSACTIONS
              + " transactions, not "
              + Integer.toUnsignedString(count));
    }
    List<Transaction> transactions = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      transactions.add(Transaction.decode(in.takeBytes(in.takeIntLittleEndian())));
    }
    return transactions;
  }

  /** The block's hash. */
  public MessageId id() {
    return id;
  }

  /** The encoded block. */
  public Bytes payload() {
    return payload;
  }

  public long height() {
    return template.height();
  }

  public MessageId parent() {
    return template.parent();
  }

  public long timeMillis() {
    return template.timeMillis();
  }

  public PeerId miner() {
    return template.miner();
  }

  public List<Transaction> transactions() {
    return template.transactions();
  }

  public long nonce() {
    return nonce;
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
