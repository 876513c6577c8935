package dev.waggle.chain;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.wire.MalformedMessage;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.WireSlice;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.util.List;

/**
 * The first {@value #BYTES} bytes of a block, which commit to all of it. Whether it proves work,
 * and fits its proof and its parent, is not known. Immutable.
 *
 * <p>Encoded (CHAIN §3): {@code version u8 | height u64 | parent 32 bytes | time u64 | transactions
 * root 32 bytes | miner 32 bytes | transaction count u32 | proof hash 32 bytes | nonce u64},
 * integers little-endian.
 *
 * @param height blocks between this one and the genesis; not negative
 * @param timeMillis when it was made, in milliseconds since the epoch; not negative
 * @param transactions how many it has, at most {@link Block#MAX_TRANSACTIONS}
 * @param proofHash SHA-256 of the proof, 32 bytes
 */
record BlockHeader(
    long height,
    MessageId parent,
    long timeMillis,
    Bytes transactionsRoot,
    PeerId miner,
    int transactions,
    Bytes proofHash,
    long nonce) {
  static final int VERSION = 1;

  static final int PROOF_HASH_BYTES = 32;

  private static final int PARENT_AT = 1 + Long.BYTES;

  /** Stands for the hash of a proof that is not there (yet). */
  static final Bytes NO_PROOF = Bytes.wrap(new byte[PROOF_HASH_BYTES]);

  /** What the miner signs: everything before the proof's hash. */
  static final int SIGNED_BYTES =
      1
          + Long.BYTES
          + MessageId.LENGTH
          + Long.BYTES
          + MerkleTree.ROOT_LENGTH
          + PeerId.LENGTH
          + Integer.BYTES;

  /** What stays the same while a nonce is searched. */
  static final int BYTES_BEFORE_NONCE = SIGNED_BYTES + PROOF_HASH_BYTES;

  static final int BYTES = BYTES_BEFORE_NONCE + Block.NONCE_BYTES;

  /**
   * Reads a header, which must be the whole of {@code encoded}.
   *
   * @throws MalformedMessage if the bytes are no header
   */
  static BlockHeader decode(Bytes encoded) throws MalformedMessage {
    WireSlice in = WireSlice.of(encoded);
    int version = in.takeByte();
    if (version != VERSION) {
      throw new MalformedMessage("unknown version " + version + " of a block");
    }
    long height = in.takeLongLittleEndian();
    MessageId parent = in.takeMessageId();
    long timeMillis = in.takeLongLittleEndian();
    Bytes root = in.takeBytes(MerkleTree.ROOT_LENGTH);
    PeerId miner = new PeerId(in.takeBytes(PeerId.LENGTH));
    int transactions = in.takeIntLittleEndian();
    Bytes proofHash = in.takeBytes(PROOF_HASH_BYTES);
    long nonce = in.takeLongLittleEndian();
    in.requireEnd();
    if (height < 0 || timeMillis < 0) {
      throw new MalformedMessage("a block's height and time are not negative");
    }
    if (transactions < 0 || transactions > Block.MAX_TRANSACTIONS) {
      throw new MalformedMessage(
          "a block has at most "
              + Block.MAX_TRANSACTIONS
              + " transactions, not "
              + Integer.toUnsignedString(transactions));
    }
    return new BlockHeader(height, parent, timeMillis, root, miner, transactions, proofHash, nonce);
  }

  /**
   * Whether the first of these encoded headers names {@code before} as its parent, each of the
   * others the one before it, and the last of them has the id {@code last}.
   */
  static boolean areLinked(MessageId before, List<Bytes> headers, MessageId last) {
    MessageDigest digest = MessageIds.sha256();
    MessageId id = before;
    for (Bytes header : headers) {
      if (!id.equals(MessageId.read(header.borrowArray(), PARENT_AT))) {
        return false;
      }
      id = MessageIds.ofHeader(header, digest);
    }
    return id.equals(last);
  }

  byte[] encode() {
    ByteBuffer out =
        ByteBuffer.allocate(BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put((byte) VERSION)
            .putLong(height)
            .put(parent.toArray())
            .putLong(timeMillis);
    transactionsRoot.lendTo(out::put);
    miner.hash().lendTo(out::put);
    out.putInt(transactions);
    proofHash.lendTo(out::put);
    return out.putLong(nonce).array();
  }

  BlockHeader withProofHash(Bytes hash) {
    return new BlockHeader(
        height, parent, timeMillis, transactionsRoot, miner, transactions, hash, nonce);
  }

  BlockHeader withNonce(long other) {
    return new BlockHeader(
        height, parent, timeMillis, transactionsRoot, miner, transactions, proofHash, other);
  }
}
