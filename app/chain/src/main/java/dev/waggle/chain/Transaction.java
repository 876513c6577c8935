package dev.waggle.chain;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.MalformedMessage;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.WireSlice;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A note that somebody wants in the chain: some bytes, and a random salt that tells two equal notes
 * apart. Well formed from its construction on; immutable.
 *
 * <p>Encoded (CHAIN §2): {@code version u8 | salt u64 | memo length u32 | memo}, integers
 * little-endian. One transaction has one encoding. Its id is that of the gossip message that
 * carries it.
 */
public final class Transaction {
  /** Bytes of an encoded transaction at most, so that a block has room for several. */
  public static final int MAX_BYTES = 64 * 1024;

  private static final int VERSION = 1;
  private static final int OVERHEAD = 1 + Long.BYTES + Integer.BYTES;

  public static final int MAX_MEMO_BYTES = MAX_BYTES - OVERHEAD;

  private final MessageId id;
  private final Bytes payload;
  private final long salt;
  private final Bytes memo;

  private Transaction(MessageId id, Bytes payload, long salt, Bytes memo) {
    this.id = id;
    this.payload = payload;
    this.salt = salt;
    this.memo = memo;
  }

  /**
   * A new transaction.
   *
   * @throws IllegalArgumentException if the memo has more than {@link #MAX_MEMO_BYTES}
   */
  public static Transaction of(long salt, Bytes memo) {
    if (memo.length() > MAX_MEMO_BYTES) {
      throw new IllegalArgumentException(
          "a memo has at most " + MAX_MEMO_BYTES + " bytes, not " + memo.length());
    }
    ByteBuffer out =
        ByteBuffer.allocate(OVERHEAD + memo.length())
            .order(ByteOrder.LITTLE_ENDIAN)
            .put((byte) VERSION)
            .putLong(salt)
            .putInt(memo.length())
            .put(memo.borrowArray());
    Bytes payload = Bytes.wrap(out.array());
    MessageId id = MessageIds.of(GossipMessage.Kind.TRANSACTION, payload);
    return new Transaction(id, payload, salt, memo);
  }

  /**
   * Reads a transaction, which must be the whole of {@code payload}.
   *
   * @throws MalformedMessage if the bytes are no transaction
   */
  public static Transaction decode(Bytes payload) throws MalformedMessage {
    return decode(MessageIds.of(GossipMessage.Kind.TRANSACTION, payload), payload);
  }

  /** Reads a transaction whose id the router has computed already. */
  static Transaction decode(MessageId id, Bytes payload) throws MalformedMessage {
    if (payload.length() > MAX_BYTES) {
      throw new MalformedMessage("a transaction has at most " + MAX_BYTES + " bytes");
    }
    WireSlice in = WireSlice.of(payload);
    int version = in.takeByte();
    if (version != VERSION) {
      throw new MalformedMessage("unknown version " + version + " of a transaction");
    }
    long salt = in.takeLongLittleEndian();
    Bytes memo = in.takeBytes(in.takeIntLittleEndian());
    in.requireEnd();
    return new Transaction(id, payload, salt, memo);
  }

  public MessageId id() {
    return id;
  }

  /** The encoded transaction. */
  public Bytes payload() {
    return payload;
  }

  public long salt() {
    return salt;
  }

  public Bytes memo() {
    return memo;
  }

  public GossipMessage toMessage() {
    return new GossipMessage.Transaction(payload);
  }

  /** Equal ids: the id is a hash of everything else. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Transaction transaction && id.equals(transaction.id);
  }

  @Override
  public int hashCode() {
    return id.hashCode();
  }

  @Override
  public String toString() {
    return "Transaction(" + id + ", " + payload.length() + " bytes)";
  }
}
