package dev.waggle.simulator.faults;

import dev.waggle.chain.Block;
import dev.waggle.chain.BlockTemplate;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.WireMessage;
import dev.waggle.simulator.chain.BlockMaker;
import dev.waggle.simulator.fidelity.Fidelity;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A chain on top of the genesis that costs whoever makes it up no more than the work of its
 * headers, which is nothing in a simulated network: each header is sound and names the one before
 * it, but no signature holds. It is made as far as somebody asks for it.
 *
 * <p>And a lure: a few signed blocks, of which whoever is told of the last one asks for the one
 * before it, and so on, until it has to ask for headers.
 */
final class MadeUpChain {
  private static final int LURE_BLOCKS = 3;

  // Where they stand in a header (CHAIN §3).
  private static final int HEIGHT_AT = 1;
  private static final int PARENT_AT = HEIGHT_AT + Long.BYTES;

  /** After which a block without transactions has only its proof. */
  private static final int HEADER_BYTES = 157;

  private final BlockMaker maker;
  private final Fidelity fidelity;
  private final MessageId genesis;
  private final long millis;
  private final Bytes model;
  private final Bytes proof;
  private final List<Bytes> headers = new ArrayList<>();
  private final List<MessageId> ids = new ArrayList<>();
  private final Map<MessageId, Integer> heights = new HashMap<>();
  private final Map<MessageId, GossipMessage> lure = new HashMap<>();
  private @Nullable MessageId tip;

  /**
   * A chain without blocks.
   *
   * @param millis the time that its blocks bear
   */
  MadeUpChain(BlockMaker maker, Fidelity fidelity, MessageId genesis, long millis) {
    this.maker = maker;
    this.fidelity = fidelity;
    this.genesis = genesis;
    this.millis = millis;
    byte[] block = signed(2, genesis).payload().toArray(); // Of a height at which it is nowhere.
    this.model = Bytes.wrap(block, 0, HEADER_BYTES);
    this.proof = Bytes.wrap(block, HEADER_BYTES, block.length - HEADER_BYTES);
    this.heights.put(genesis, 0);
  }

  private Block signed(long height, MessageId parent) {
    return maker.mined(new BlockTemplate(height, parent, millis, List.of()));
  }

  /** Makes it so long, if it is not yet. */
  void grow(int length) {
    while (headers.size() < length) {
      int height = headers.size() + 1;
      MessageId parent = ids.isEmpty() ? genesis : ids.getLast();
      byte[] bytes = model.toArray();
      ByteBuffer.wrap(bytes)
          .order(ByteOrder.LITTLE_ENDIAN)
          .putLong(HEIGHT_AT, height)
          .put(PARENT_AT, parent.toArray());
      Bytes header = Bytes.wrap(bytes);
      MessageId id = fidelity.idOfHeader(header);
      headers.add(header);
      ids.add(id);
      heights.put(id, height);
    }
  }

  /** The last block of a lure that stands on this block. */
  MessageId lureOn(int height, MessageId block) {
    MessageId top = block;
    for (int i = 1; i <= LURE_BLOCKS; i++) {
      Block next = signed(height + i, top);
      lure.put(next.id(), next.toMessage());
      top = next.id();
    }
    tip = top;
    return top;
  }

  /** The same on its last block. */
  MessageId lure() {
    return lureOn(headers.size(), ids.getLast());
  }

  /** The last block of the lure that was made last. */
  MessageId tip() {
    return Objects.requireNonNull(tip, "there is no lure");
  }

  /** A block of the lure, or null. */
  @Nullable GossipMessage lured(MessageId id) {
    return lure.get(id);
  }

  /** A block of the chain, signed by nobody, or null. */
  @Nullable GossipMessage forged(MessageId id) {
    Integer height = heights.get(id);
    if (height == null || height == 0) {
      return null;
    }
    byte[] header = headers.get(height - 1).toArray();
    byte[] bytes = new byte[header.length + proof.length()];
    System.arraycopy(header, 0, bytes, 0, header.length);
    proof.copyTo(bytes, header.length);
    return new GossipMessage.Block(Bytes.wrap(bytes));
  }

  /** How far up the first of these is that is a block of the chain; -1 if none is. */
  int heightOf(List<MessageId> locator) {
    for (MessageId id : locator) {
      Integer height = heights.get(id);
      if (height != null) {
        return height;
      }
    }
    return -1;
  }

  /**
   * What follows on it, as far as it is made.
   *
   * @param height of the block before them
   * @param further what is said to follow
   */
  WireMessage.Headers after(int height, int count, long further) {
    int end = Math.min(headers.size(), height + count);
    MessageId after = height == 0 ? genesis : ids.get(height - 1);
    return new WireMessage.Headers(after, further, headers.subList(Math.min(height, end), end));
  }
}
