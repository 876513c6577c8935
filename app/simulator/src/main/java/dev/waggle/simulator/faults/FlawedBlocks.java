package dev.waggle.simulator.faults;

import dev.waggle.chain.Block;
import dev.waggle.chain.BlockTemplate;
import dev.waggle.chain.ChainView;
import dev.waggle.chain.Transaction;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.MalformedMessage;
import dev.waggle.simulator.chain.BlockMaker;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Makes blocks that are invalid, each time in another way. */
final class FlawedBlocks {
  private static final int BYTES = 1_000;

  /** Where the root of the transactions begins (CHAIN §3). */
  private static final int ROOT_OFFSET = 1 + Long.BYTES + 32 + Long.BYTES;

  /** A bit that is part of no small number. */
  private static final int CHANGED_BIT = 1 << 6;

  private enum Flaw {
    WRONG_HEIGHT,
    BEFORE_ITS_PARENT,
    USED_TRANSACTIONS,
    WRONG_ROOT,
    UNKNOWN_VERSION,
    CUT_SHORT
  }

  private static final List<Flaw> FLAWS = List.of(Flaw.values());

  private final BlockMaker maker;
  private final SplittableRandom random;

  FlawedBlocks(BlockMaker maker, SplittableRandom random) {
    this.maker = maker;
    this.random = random;
  }

  /**
   * A block that whoever has that chain must reject.
   *
   * @param tip the newest block of the chain, or null if that is the genesis
   */
  GossipMessage on(ChainView chain, @Nullable GossipMessage tip, PeerId miner, long nowMillis) {
    Block sound = maker.on(chain, miner, nowMillis, BYTES, 1);
    byte[] bytes = sound.payload().toArray();
    Flaw drawn = FLAWS.get(random.nextInt(FLAWS.size()));
    return switch (drawn) {
      case WRONG_HEIGHT -> tooHigh(sound);
      case BEFORE_ITS_PARENT ->
          tip == null
              ? tooHigh(sound)
              : like(sound, sound.height(), chain.tipTimeMillis() - 1, sound.transactions());
      case USED_TRANSACTIONS ->
          tip == null
              ? tooHigh(sound)
              : like(sound, sound.height(), sound.timeMillis(), transactions(tip));
      case WRONG_ROOT -> changed(bytes, ROOT_OFFSET);
      case UNKNOWN_VERSION -> changed(bytes, 0);
      case CUT_SHORT -> new GossipMessage.Block(Bytes.wrap(Arrays.copyOf(bytes, bytes.length - 1)));
    };
  }

  private GossipMessage tooHigh(Block sound) {
    return like(sound, sound.height() + 1, sound.timeMillis(), sound.transactions());
  }

  private GossipMessage like(Block sound, long height, long millis, List<Transaction> contents) {
    BlockTemplate flawed =
        new BlockTemplate(height, sound.parent(), millis, sound.miner(), contents);
    return Block.of(flawed, random.nextLong()).toMessage();
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
