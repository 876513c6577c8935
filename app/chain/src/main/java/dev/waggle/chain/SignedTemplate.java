package dev.waggle.chain;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.wire.MessageId;
import java.util.Arrays;
import java.util.List;

/**
 * A block but for its nonce, signed by its miner: what a nonce is searched for. Immutable.
 *
 * <p>The nonce is the last {@link Block#NONCE_BYTES} bytes of the header, so what stands before it
 * is hashed only once; and it is not signed, so that one signature is enough for all tries.
 */
public final class SignedTemplate {
  private final BlockHeader header;
  private final Attestation proof;
  private final List<Transaction> transactions;

  SignedTemplate(BlockHeader header, Attestation proof, List<Transaction> transactions) {
    this.header = header;
    this.proof = proof;
    this.transactions = transactions;
  }

  public long height() {
    return header.height();
  }

  /** The header up to its nonce. */
  public byte[] headerBeforeNonce() {
    return Arrays.copyOf(header.encode(), BlockHeader.BYTES_BEFORE_NONCE);
  }

  /** The id of the block that has this nonce. */
  public MessageId idWith(long nonce) {
    return MessageIds.ofHeader(Bytes.wrap(header.withNonce(nonce).encode()));
  }

  public Block with(long nonce) {
    return Block.of(header.withNonce(nonce), proof, transactions);
  }
}
