package dev.waggle.chain;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.MalformedMessage;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.WireSlice;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A note that somebody wants in the chain: some bytes, a random salt that tells two equal notes
 * apart, and who says so. Well formed from its construction on; whether its signature holds is not
 * known. Immutable. An {@link Author} makes it.
 *
 * <p>Encoded (CHAIN §2): {@code version u8 | salt u64 | memo length u32 | memo | author's public
 * key 1952 bytes | signature 3309 bytes}, integers little-endian. One transaction has one encoding.
 * Its id is that of the gossip message that carries it.
 */
public final class Transaction {
  /** Bytes of an encoded transaction at most, so that a block has room for several. */
  public static final int MAX_BYTES = 64 * 1024;

  /** Bytes of an encoded transaction without a memo. */
  public static final int OVERHEAD = 1 + Long.BYTES + Integer.BYTES + Attestation.BYTES;

  public static final int MAX_MEMO_BYTES = MAX_BYTES - OVERHEAD;

  private static final int VERSION = 1;

  private final MessageId id;
  private final Bytes payload;
  private final long salt;
  private final Bytes memo;
  private final Attestation author;

  private Transaction(MessageId id, Bytes payload, long salt, Bytes memo, Attestation author) {
    this.id = id;
    this.payload = payload;
    this.salt = salt;
    this.memo = memo;
    this.author = author;
  }

  /**
   * What an author signs, and the transaction begins with: everything before the signature.
   *
   * @throws IllegalArgumentException if the memo has more than {@link #MAX_MEMO_BYTES}
   */
  static Bytes unsigned(long salt, Bytes memo, Bytes publicKey) {
    if (memo.length() > MAX_MEMO_BYTES) {
      throw new IllegalArgumentException(
          "a memo has at most " + MAX_MEMO_BYTES + " bytes, not " + memo.length());
    }
    ByteBuffer out =
        ByteBuffer.allocate(OVERHEAD + memo.length() - Attestation.SIGNATURE_BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put((byte) VERSION)
            .putLong(salt)
            .putInt(memo.length());
    memo.lendTo(out::put);
    publicKey.lendTo(out::put);
    return Bytes.wrap(out.array());
  }

  /** The transaction that begins with what {@link #unsigned} returned, and ends with that. */
  static Transaction signed(Bytes unsigned, Bytes signature) {
    byte[] payload = new byte[unsigned.length() + signature.length()];
    unsigned.copyTo(payload, 0);
    signature.copyTo(payload, unsigned.length());
    try {
      return decode(Bytes.wrap(payload));
    } catch (MalformedMessage e) {
      throw new AssertionError("a transaction that was just written", e);
    }
  }

  /**
   * Reads a transaction, which must be the whole of {@code payload}. Its parts stay where they lie.
   *
   * @throws MalformedMessage if the bytes are no transaction
   */
  public static Transaction decode(Bytes payload) throws MalformedMessage {
    return decode(MessageIds.ofTransaction(payload), payload);
  }

  /** Reads a transaction whose id is known already. */
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
    Bytes memo = Slices.take(in, in.takeIntLittleEndian());
    Attestation author = Attestation.take(in);
    in.requireEnd();
    return new Transaction(id, payload, salt, memo, author);
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

  /** Who is said to have made it. */
  public Attestation author() {
    return author;
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
