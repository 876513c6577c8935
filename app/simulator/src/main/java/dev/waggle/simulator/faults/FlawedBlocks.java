package dev.waggle.simulator.faults;

import dev.waggle.chain.Author;
import dev.waggle.chain.Block;
import dev.waggle.chain.BlockTemplate;
import dev.waggle.chain.ChainRules;
import dev.waggle.chain.ChainView;
import dev.waggle.chain.Transaction;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.MalformedMessage;
import dev.waggle.simulator.chain.BlockMaker;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Makes blocks that are invalid, each time in another way. */
final class FlawedBlocks {
  private static final int BYTES = 12_000;

  /** Where the root of the transactions begins (CHAIN §3). */
  private static final int ROOT_OFFSET = 1 + Long.BYTES + 32 + Long.BYTES;

  /** Within the miner's key. */
  private static final int PROOF_OFFSET = 157 + 100;

  /** A bit that is part of no small number. */
  private static final int CHANGED_BIT = 1 << 6;

  private enum Flaw {
    WRONG_HEIGHT,
    BEFORE_ITS_PARENT,
    USED_TRANSACTIONS,
    FOREIGN_TRANSACTION,
    FOREIGN_MINER,
    WRONG_ROOT,
    WRONG_PROOF,
    UNKNOWN_VERSION,
    CUT_SHORT
  }

  private static final List<Flaw> FLAWS = List.of(Flaw.values());

  private final BlockMaker maker;
  private final SplittableRandom random;

  /** Signs for another network. */
  private final Author foreigner;

  FlawedBlocks(ChainRules rules, SplittableRandom random) {
    this.maker = new BlockMaker(rules, random);
    this.random = random;
    ChainRules foreign =
        new ChainRules(rules.network() + "-elsewhere", rules.difficultyBits(), rules.scheme());
    this.foreigner = Author.drawn(foreign, random::nextBytes);
  }

  /**
   * A block that whoever has that chain must reject.
   *
   * @param tip the newest block of the chain, or null if that is the genesis
   */
  GossipMessage on(ChainView chain, @Nullable GossipMessage tip, long nowMillis) {
    Block sound = maker.on(chain, nowMillis, BYTES, 1);
    byte[] bytes = sound.payload().toArray();
    Flaw drawn = FLAWS.get(random.nextInt(FLAWS.size()));
    return switch (drawn) {
      case WRONG_HEIGHT -> tooHigh(sound);
      case BEFORE_ITS_PARENT ->
          tip == null
              ? tooHigh(sound)
              : like(sound, sound.height(), chain.tipTimeMillis() - 1, sound.transactions());
      case USED_TRANSACTIONS -> used(sound, tip == null ? List.of() : transactions(tip));
      case FOREIGN_TRANSACTION ->
          like(
              sound,
              sound.height(),
              sound.timeMillis(),
              List.of(foreigner.write(Bytes.wrap(new byte[1 + random.nextInt(100)]))));
      case FOREIGN_MINER ->
          maker
              .mined(
                  foreigner.sign(
                      template(sound, sound.height(), sound.timeMillis(), sound.transactions())))
              .toMessage();
      case WRONG_ROOT -> changed(bytes, ROOT_OFFSET);
      case WRONG_PROOF -> changed(bytes, PROOF_OFFSET);
      case UNKNOWN_VERSION -> changed(bytes, 0);
      case CUT_SHORT -> new GossipMessage.Block(Bytes.wrap(Arrays.copyOf(bytes, bytes.length - 1)));
    };
  }

  private GossipMessage used(Block sound, List<Transaction> transactions) {
    return transactions.isEmpty()
        ? tooHigh(sound)
        : like(sound, sound.height(), sound.timeMillis(), transactions);
  }

  private GossipMessage tooHigh(Block sound) {
    return like(sound, sound.height() + 1, sound.timeMillis(), sound.transactions());
  }

  private GossipMessage like(Block sound, long height, long millis, List<Transaction> contents) {
    return maker.mined(template(sound, height, millis, contents)).toMessage();
  }

  private static BlockTemplate template(
      Block sound, long height, long millis, List<Transaction> contents) {
    return new BlockTemplate(height, sound.parent(), millis, contents);
  }

  private static List<Transaction> transactions(GossipMessage block) {
    try {
      return Block.decode(block.payload()).transactions();
    } catch (MalformedMessage e) {
      throw new IllegalStateException("a block of the chain cannot be read", e);
    }
  }

  private static GossipMessage changed(byte[] sound, int at) {
    sound[at] ^= CHANGED_BIT;
    return new GossipMessage.Block(Bytes.wrap(sound));
  }
}
