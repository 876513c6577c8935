package dev.waggle.chain;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.wire.MalformedMessage;
import java.io.IOException;

/**
 * Where a node keeps the blocks of its chain, all branches, in the order in which it accepted them.
 *
 * <p>Owned by one thread, but for {@link #read}. An {@link IOException} means that the environment
 * is at fault, and leaves the store as it was.
 */
public interface BlockStore extends AutoCloseable {
  /** Stands before the first block. */
  long START = -1;

  /**
   * Hands over every block behind one, in order. To be called once, before anything is appended.
   *
   * @param after the position of a block that {@link #read} finds, or {@link #START}
   * @throws BlockStoreException if something kept here is damaged, or the visitor refuses a block;
   *     the message says what and where
   */
  void replay(long after, Visitor visitor) throws IOException;

  /**
   * Keeps one more block.
   *
   * @param block 1 to {@link Block#MAX_BYTES} bytes
   * @return its position, under which {@link #read} finds it
   */
  long append(Bytes block) throws IOException;

  /**
   * The block at a position that {@link #append} returned or {@link #replay} handed over. Safe from
   * any thread; the owner does not wait for another's read to end.
   *
   * @throws BlockStoreException if there is no intact block
   */
  Bytes read(long position) throws IOException;

  /** Gives the store free for another owner. Idempotent. */
  @Override
  void close() throws IOException;

  /** Takes the blocks of a replay. */
  @FunctionalInterface
  interface Visitor {
    /**
     * Takes a block.
     *
     * @throws MalformedMessage if it does not belong here, which ends the replay
     * @throws IOException if it cannot be taken, likewise
     */
    void visit(long position, Bytes block) throws MalformedMessage, IOException;
  }
}
