package dev.waggle.chain;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.wire.MessageId;
import java.security.MessageDigest;
import java.util.List;

/**
 * The Merkle tree over a block's transactions: the hash of RFC 9162 §2.1.1 over their ids (CHAIN
 * §3.1).
 *
 * <p>Leaves and inner nodes are hashed with different first bytes, so that neither passes for the
 * other; and a level of odd length is not filled up with a copy of its last node, so that no two
 * lists of transactions have one root.
 */
final class MerkleTree {
  static final int ROOT_LENGTH = 32;

  private static final byte LEAF = 0;
  private static final byte NODE = 1;

  static Bytes root(List<MessageId> ids) {
    MessageDigest digest = MessageIds.sha256();
    return Bytes.wrap(ids.isEmpty() ? digest.digest() : hash(ids, digest));
  }

  /** Recurses to a depth of log2 of the number of transactions, which a block bounds. */
  private static byte[] hash(List<MessageId> ids, MessageDigest digest) {
    int size = ids.size();
    if (size == 1) {
      digest.update(LEAF);
      return digest.digest(ids.getFirst().toArray());
    }
    int split = Integer.highestOneBit(size - 1);
    byte[] left = hash(ids.subList(0, split), digest);
    byte[] right = hash(ids.subList(split, size), digest);
    digest.update(NODE);
    digest.update(left);
    return digest.digest(right);
  }

  private MerkleTree() {}
}
