package dev.waggle.simulator.chain;

import dev.waggle.chain.BlockStore;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.wire.MalformedMessage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The blocks of a simulated node. They are the same objects for all nodes of a run, so a store
 * costs a reference for each of those that were added to it; a run publishes as many as its
 * scenario says.
 */
final class SharedBlockStore implements BlockStore {
  private final List<Bytes> before;
  private final List<Bytes> added = new ArrayList<>();

  /**
   * A store.
   *
   * @param before blocks that it has already, unmodifiable
   */
  SharedBlockStore(List<Bytes> before) {
    this.before = before;
  }

  private int count() {
    return before.size() + added.size();
  }

  private Bytes at(int position) {
    return position < before.size() ? before.get(position) : added.get(position - before.size());
  }

  @Override
  public void replay(long after, Visitor visitor) throws IOException {
    for (int position = (int) after + 1; position < count(); position++) {
      try {
        visitor.visit(position, at(position));
      } catch (MalformedMessage e) {
        throw new IOException("block " + position + " of a run: " + e.getMessage(), e);
      }
    }
  }

  @Override
  public synchronized long append(Bytes block) {
    added.add(block);
    return count() - 1L;
  }

  @Override
  public synchronized Bytes read(long position) throws IOException {
    if (position < 0 || position >= count()) {
      throw new IOException("there is no block " + position + " in a run");
    }
    return at((int) position);
  }

  @Override
  public void close() {}
}
