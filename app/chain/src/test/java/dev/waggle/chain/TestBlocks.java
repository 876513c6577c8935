package dev.waggle.chain;

import dev.waggle.crypto.toy.SeededRandom;
import dev.waggle.crypto.toy.ToySignature;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.crypto.SignatureScheme;
import dev.waggle.ports.crypto.SigningKeyPair;
import dev.waggle.ports.gossip.Delivery;
import dev.waggle.ports.gossip.Examination;
import dev.waggle.ports.wire.GossipMessage;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes blocks and transactions for tests. */
public final class TestBlocks {
  /** As long as the real one, and fast. */
  public static final SignatureScheme SCHEME = ToySignature.asLongAsMlDsa65();

  /** Few enough bits for thousands of blocks, and enough for a check that can fail. */
  public static final ChainRules RULES = new ChainRules("waggle-test", 4, SCHEME);

  public static final Block GENESIS = RULES.genesis();

  private static final int NOTES = -1;

  /** The id of a node, all its bytes being {@code number}. */
  public static PeerId peer(int number) {
    byte[] hash = new byte[PeerId.LENGTH];
    Arrays.fill(hash, (byte) number);
    return new PeerId(Bytes.wrap(hash));
  }

  /** Somebody with a key: the same for the same number, who signs alike when made anew. */
  public static Author author(int number) {
    return author(RULES, number, number);
  }

  static Author author(ChainRules rules, int number, long chance) {
    SigningKeyPair keys = rules.scheme().generate(new SeededRandom(number));
    return new Author(rules, keys, new SeededRandom(chance));
  }

  /** The id of {@link #author}. */
  public static PeerId miner(int number) {
    return author(number).id();
  }

  /** The same for the same salt. */
  public static Transaction transaction(long salt) {
    return transaction(salt, Bytes.wrap("note".getBytes(StandardCharsets.US_ASCII)));
  }

  static Transaction transaction(long salt, Bytes memo) {
    return author(RULES, NOTES, salt).write(salt, memo);
  }

  /** A valid block one second after {@code parent}. */
  public static Block blockOn(Block parent, int miner, Transaction... transactions) {
    return blockOn(parent, parent.timeMillis() + 1000, miner, transactions);
  }

  static Block blockOn(Block parent, long timeMillis, int miner, Transaction... transactions) {
    return mined(
        new BlockTemplate(parent.height() + 1, parent.id(), timeMillis, List.of(transactions)),
        miner);
  }

  static Block mined(BlockTemplate template, int miner) {
    return withWork(author(miner).sign(template), true);
  }

  /** The first block of this template that proves its work, or that does not. */
  static Block withWork(SignedTemplate template, boolean proven) {
    long nonce = 0;
    while (RULES.isProvenBy(template.idWith(nonce)) != proven) {
      nonce++;
    }
    return template.with(nonce);
  }

  /** The encoding of what a decoded block says. */
  static Bytes encodedAgain(Block decoded) {
    return Block.of(decoded.header(), decoded.proof(), decoded.transactions()).payload();
  }

  static Delivery delivery(Block block, @Nullable PeerId from) {
    return new Delivery(block.id(), block.toMessage(), Examination.NONE, from);
  }

  static Delivery delivery(Transaction transaction, @Nullable PeerId from) {
    return new Delivery(transaction.id(), transaction.toMessage(), Examination.NONE, from);
  }

  static Delivery delivery(GossipMessage message, @Nullable PeerId from) {
    return new Delivery(MessageIds.of(message), message, Examination.NONE, from);
  }

  private TestBlocks() {}
}
