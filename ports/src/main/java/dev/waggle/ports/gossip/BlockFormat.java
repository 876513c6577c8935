package dev.waggle.ports.gossip;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.wire.MessageId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an application's blocks are made of: a header, a proof over it, and items, which travel by
 * themselves as Transactions before they stand in a block. With it blocks are relayed without the
 * items that peers have already (PROTOCOL §8.4). An application without one loses nothing: its
 * blocks travel whole.
 *
 * <p>A block that this format knows is named by its header, so a header must commit to all of the
 * block: to each item, their order, and the proof.
 *
 * <p>{@link #split}, {@link #join} and {@link #examineHeader} look at nothing but their arguments,
 * and may be called by any thread; the others are the node thread's, and must not block.
 */
public interface BlockFormat {
  /**
   * Stands before a header in place of a kind when it is hashed (PROTOCOL §8.1), so that no whole
   * payload has the same id.
   */
  int HEADER_TAG = 0x81;

  /**
   * Takes a block apart.
   *
   * @param payload of a Block, from anybody
   * @return null if it is no block of this format, or its header does not commit to the rest: it is
   *     named by all of its bytes then, and judged like any message
   */
  @Nullable BlockParts split(Bytes payload);

  /**
   * Puts a block together, the opposite of {@link #split}. Of parts that do not belong together it
   * makes a payload that cannot be split, or one that splits into other parts.
   *
   * @param items their payloads, in order
   */
  Bytes join(Bytes header, Bytes proof, List<Bytes> items);

  /**
   * Finds out what header and proof tell by themselves; may take as long as checking a signature.
   *
   * @param id of the block
   * @param items how many the block is said to have
   */
  Examination examineHeader(MessageId id, Bytes header, Bytes proof, int items);

  /**
   * Judges a block by its header and proof, before its items are there; changes nothing. {@link
   * Verdict.Accept} says that it is worth getting, and telling others of, and that it builds on
   * what is known; the block itself is judged when it is whole. {@link Verdict.Reject} must follow
   * from header, proof and what the block builds on: whoever sent it is at fault.
   *
   * @param examination what {@link #examineHeader} has said
   */
  Verdict validateHeader(MessageId id, Examination examination);

  /**
   * Whether a block with this header has these items, in this order, and no others. By the node
   * thread, which a hash for each item does not hold up.
   *
   * @param header that {@link #validateHeader} has accepted
   */
  boolean commitsTo(Bytes header, List<MessageId> items);

  /** The ids of what may stand in a block that is made now: what waits for one. */
  List<MessageId> candidates();

  /** The payload of an item that waits for a block, or null. */
  @Nullable Bytes candidate(MessageId id);
}
