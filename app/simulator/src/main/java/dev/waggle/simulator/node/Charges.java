package dev.waggle.simulator.node;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.gossip.BlockParts;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.IndexedItem;
import java.util.List;

/** What a node's work costs its processor, in nanoseconds. */
public interface Charges {
  /** A step of the handshake's arithmetic, counted from 0 for each side. */
  long handshake(boolean responds, int step);

  /** Signing, or checking, what is said through a relay (PROTOCOL §9.10), or both. */
  long notarizing();

  /** Sealing, or opening, a record of so many bytes. */
  long record(int bytes);

  /** Finding out the id of a gossip message, known or not. */
  long naming(int payloadBytes);

  /**
   * Decoding a message and checking what it proves.
   *
   * @param newItems of a block: what is in it that the node had not checked by itself before
   */
  long examining(GossipMessage message, int newItems);

  /** Finding out the ids of items of a block that were sent by themselves. */
  long namingItems(List<IndexedItem> items);

  /**
   * Decoding a block's header and its proof, and looking for its items among what waits here.
   *
   * @param isNew whether the node had not checked the proof before
   * @param items that the block has
   */
  long examiningHeader(int bytes, boolean isNew, int items);

  /** Finding out the ids of headers in a row, and what they tell by themselves. */
  long examiningHeaders(List<Bytes> headers);

  /** Looking up so many headers of the node's own chain, to send them. */
  long findingHeaders(int count);

  /** Finding out whether a header commits to these items. */
  long committing(int items);

  /**
   * Putting a block together, and what {@link #examining} does; its proof was checked before.
   *
   * @param newItems in it that the node had not checked by itself before
   */
  long completing(BlockParts parts, int newItems);

  /**
   * What the node's rules, and the application's, take for an examined message.
   *
   * @param peers to whom it is told
   */
  long judging(GossipMessage message, int peers);

  /**
   * What the node's rules take for any other message.
   *
   * @param ids that it names
   */
  long handling(int ids);
}
