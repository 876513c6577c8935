package dev.waggle.chain;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.PeerIdentity;
import dev.waggle.ports.crypto.RandomSource;
import dev.waggle.ports.crypto.SigningKeyPair;
import java.nio.ByteBuffer;

/**
 * Whoever makes transactions and blocks of a network, with a key of its own. Safe from any thread
 * if its randomness is.
 */
public final class Author {
  private final ChainSignatures signatures;
  private final SigningKeyPair keys;
  private final RandomSource random;
  private final PeerId id;

  /**
   * An author.
   *
   * @param keys made by the rules' signature scheme
   * @param random salts transactions, and hedges signatures
   */
  public Author(ChainRules rules, SigningKeyPair keys, RandomSource random) {
    this.signatures = new ChainSignatures(rules);
    this.keys = keys;
    this.random = random;
    this.id = Attestation.peerId(keys.publicKey());
  }

  /** An author whose key is drawn now, and kept nowhere. */
  public static Author drawn(ChainRules rules, RandomSource random) {
    return new Author(rules, rules.scheme().generate(random), random);
  }

  /** The identity of a node that has the same key. */
  public PeerIdentity identity() {
    return new PeerIdentity(signatures.algorithm(), id, keys);
  }

  /** SHA-256 of the public key: the PeerId of a node whose key this is. */
  public PeerId id() {
    return id;
  }

  /**
   * A transaction that nobody has made before.
   *
   * @throws IllegalArgumentException if the memo has more than {@link Transaction#MAX_MEMO_BYTES}
   */
  public Transaction write(Bytes memo) {
    return write(ByteBuffer.wrap(random.bytes(Long.BYTES)).getLong(), memo);
  }

  /** The same with a salt that is given. */
  public Transaction write(long salt, Bytes memo) {
    Bytes unsigned = Transaction.unsigned(salt, memo, keys.publicKey());
    Bytes signature = signatures.signTransaction(unsigned, keys, random);
    return Transaction.signed(unsigned, signature);
  }

  /** What a nonce can be searched for, and nobody but this author could have made. */
  public SignedTemplate sign(BlockTemplate template) {
    BlockHeader unsigned =
        new BlockHeader(
            template.height(),
            template.parent(),
            template.timeMillis(),
            template.transactionsRoot(),
            id,
            template.transactions().size(),
            BlockHeader.NO_PROOF,
            0);
    Bytes signature = signatures.signBlock(Bytes.wrap(unsigned.encode()), keys, random);
    Attestation proof = new Attestation(keys.publicKey(), signature);
    Bytes proofHash = MessageIds.sha256(proof.encode());
    return new SignedTemplate(unsigned.withProofHash(proofHash), proof, template.transactions());
  }
}
