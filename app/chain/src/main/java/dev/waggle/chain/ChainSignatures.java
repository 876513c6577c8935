package dev.waggle.chain;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.crypto.RandomSource;
import dev.waggle.ports.crypto.SignatureScheme;
import dev.waggle.ports.crypto.SigningKeyPair;
import dev.waggle.ports.wire.MessageId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Over what the transactions and blocks of one network are signed: a label, so that no signature
 * passes for one of another kind; the genesis, so that none passes in another network; and the
 * thing itself (CHAIN §2, §3). Safe from any thread.
 */
final class ChainSignatures {
  private static final byte[] TRANSACTION = ascii("waggle/1 transaction");
  private static final byte[] BLOCK = ascii("waggle/1 block");

  private final SignatureScheme scheme;
  private final MessageId genesis;

  ChainSignatures(ChainRules rules) {
    this.scheme = rules.scheme();
    this.genesis = rules.genesis().id();
  }

  String algorithm() {
    return scheme.algorithm();
  }

  /** Whether it was signed by the author that it names. */
  boolean hold(Transaction transaction) {
    Attestation author = transaction.author();
    byte[] message =
        message(
            TRANSACTION,
            transaction.payload(),
            transaction.payload().length() - Attestation.SIGNATURE_BYTES);
    return scheme.verify(author.publicKey(), message, author.signature());
  }

  /** Whether a block with this header was signed with the key of the proof. */
  boolean hold(Bytes encodedHeader, Attestation proof) {
    byte[] message = message(BLOCK, encodedHeader, BlockHeader.SIGNED_BYTES);
    return scheme.verify(proof.publicKey(), message, proof.signature());
  }

  /**
   * The signature of a transaction.
   *
   * @param unsigned everything before it
   */
  Bytes signTransaction(Bytes unsigned, SigningKeyPair keys, RandomSource random) {
    return scheme.sign(keys, message(TRANSACTION, unsigned, unsigned.length()), random);
  }

  /**
   * The signature of a block's proof.
   *
   * @param header whose proof hash and nonce mean nothing yet
   */
  Bytes signBlock(Bytes header, SigningKeyPair keys, RandomSource random) {
    return scheme.sign(keys, message(BLOCK, header, BlockHeader.SIGNED_BYTES), random);
  }

  private byte[] message(byte[] label, Bytes content, int length) {
    ByteBuffer out = ByteBuffer.allocate(label.length + MessageId.LENGTH + length);
    out.put(label).put(genesis.toArray());
    content.lendTo((array, offset, _) -> out.put(array, offset, length));
    return out.array();
  }

  private static byte[] ascii(String label) {
    return label.getBytes(StandardCharsets.US_ASCII);
  }
}
