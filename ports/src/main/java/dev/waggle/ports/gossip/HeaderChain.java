package dev.waggle.ports.gossip;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.WireMessage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How an application's blocks follow each other. With it a node that is behind learns the headers
 * first, and then gets the blocks from several peers at once (PROTOCOL §8.6). It takes a {@link
 * BlockFormat}, so that a block is named by its header; each header names the block before it, and
 * shows by itself that it was worth making.
 *
 * <p>An application that has one says in {@link GossipApplication#isKnown} which blocks it has
 * accepted.
 *
 * <p>{@link #examineHeaders} looks at nothing but its arguments, and may be called by any thread;
 * the others are the node thread's, and must not block.
 */
public interface HeaderChain {
  /** Ids in a {@link #locator} at most. */
  int MAX_LOCATOR = WireMessage.MAX_LOCATOR - 4;

  /**
   * Blocks of this node's own chain by which others find out where theirs parts from it: the newest
   * first, then ever sparser, and last the one with which all chains begin; 1 to {@link
   * #MAX_LOCATOR}, or none if the chain cannot be read: then nobody is asked for headers.
   */
  List<MessageId> locator();

  /** Whether a block is on this node's own chain, the one that it would tell others of. */
  boolean isOnChain(MessageId id);

  /**
   * What follows a block on this node's own chain.
   *
   * @param max at most so many, 0 to {@link WireMessage#MAX_HEADERS}
   * @return null if the block is not on it, or the chain cannot be read
   */
  @Nullable Stretch after(MessageId block, int max);

  /**
   * Finds out what headers tell by themselves: that each is one, and worth its block; that the
   * first names {@code after}, and each of the others the one before it. About a microsecond each.
   *
   * @param ids of the headers, in their order
   * @param headers from anybody; 0 to {@link WireMessage#MAX_HEADERS}
   */
  Examination examineHeaders(MessageId after, List<MessageId> ids, List<Bytes> headers);

  /**
   * Judges headers by what they follow; changes nothing.
   *
   * @param after the block that the first of them follows
   * @param before what {@link #examineHeaders} has said of headers that end with that block; null
   *     if it was accepted
   * @param headers what {@link #examineHeaders} has said of these, of which there is one at least
   * @return {@link Verdict.Accept} if their blocks are worth getting, whatever is in them; {@link
   *     Verdict.Reject} if whoever sent them is at fault; anything else if they cannot be judged
   *     now
   */
  Verdict validateHeaders(MessageId after, @Nullable Examination before, Examination headers);

  /**
   * Headers in a row of this node's own chain.
   *
   * @param headers in their order; none only if none follow, or none were wanted
   * @param last the id of the last of them, or of the block before them if there are none
   * @param further how many more follow on the chain
   */
  record Stretch(List<Bytes> headers, MessageId last, long further) {}
}
