package dev.waggle.chain;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.crypto.SignatureScheme;
import dev.waggle.ports.wire.MessageId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/**
 * What all nodes of a network must agree on about its chain.
 *
 * @param network the network's name
 * @param difficultyBits zero bits that every block's hash starts with, 0 to {@value
 *     #MAX_DIFFICULTY_BITS}; constant, so a branch's work is its length times that of one block
 * @param scheme checks and makes the signatures: ML-DSA-65, or, in an experiment whose nodes have
 *     all been told, another with keys and signatures of the same lengths
 */
public record ChainRules(String network, int difficultyBits, SignatureScheme scheme) {
  /** About 2^16 hashes a block, some tens of milliseconds of one core. */
  public static final int DEFAULT_DIFFICULTY_BITS = 16;

  /** Keeps the work of a whole chain within 64 bits. */
  public static final int MAX_DIFFICULTY_BITS = 32;

  /** How far a block's time may be ahead of our clock: more than clocks of honest nodes differ. */
  public static final Duration MAX_AHEAD = Duration.ofMinutes(2);

  /** By which transactions and blocks are signed, by its FIPS 204 name. */
  public static final String SIGNATURE_ALGORITHM = "ML-DSA-65";

  private static final MessageId NO_PARENT = new MessageId(0, 0, 0, 0);

  public ChainRules {
    if (difficultyBits < 0 || difficultyBits > MAX_DIFFICULTY_BITS) {
      throw new IllegalArgumentException(
          "difficulty lies between 0 and " + MAX_DIFFICULTY_BITS + " bits: " + difficultyBits);
    }
    if (scheme.publicKeyLength() != Attestation.PUBLIC_KEY_BYTES
        || scheme.signatureLength() != Attestation.SIGNATURE_BYTES) {
      throw new IllegalArgumentException(
          scheme.algorithm() + " has not the lengths of " + SIGNATURE_ALGORITHM);
    }
  }

  public static ChainRules of(String network, SignatureScheme scheme) {
    return new ChainRules(network, DEFAULT_DIFFICULTY_BITS, scheme);
  }

  /**
   * The first block (CHAIN §3.2). It proves no work and is never sent: every node derives it from
   * the rules. In the miner's place stands a hash of them, so that networks with other rules share
   * no block.
   */
  public Block genesis() {
    MessageDigest digest = MessageIds.sha256();
    digest.update("waggle/1 genesis".getBytes(StandardCharsets.US_ASCII));
    digest.update((byte) difficultyBits);
    PeerId nobody = new PeerId(Bytes.wrap(digest.digest(network.getBytes(StandardCharsets.UTF_8))));
    Bytes noTransactions = MerkleTree.root(List.of());
    return Block.genesis(
        new BlockHeader(0, NO_PARENT, 0, noTransactions, nobody, 0, BlockHeader.NO_PROOF, 0));
  }

  /** Whether a block with this hash has cost its miner the work that it must (CHAIN §4). */
  public boolean isProvenBy(MessageId blockId) {
    // MAX_DIFFICULTY_BITS is less than the 64 bits of the first word.
    return Long.numberOfLeadingZeros(blockId.first()) >= difficultyBits;
  }

  /** The latest time that a block may bear now. */
  static long latestMillis(InstantSource clock) {
    return clock.millis() + MAX_AHEAD.toMillis();
  }

  /** How many hashes a block takes on average. */
  long workPerBlock() {
    return 1L << difficultyBits;
  }
}
