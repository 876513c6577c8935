package dev.waggle.ports.node;

import java.io.IOException;

/**
 * Keeps what a node knows of others over its restarts. The node calls it on a thread that may
 * block, one call at a time.
 */
public interface PeerStore {
  /** Keeps nothing. */
  PeerStore NONE =
      new PeerStore() {
        @Override
        public PeerMemory load() {
          return PeerMemory.NOTHING;
        }

        @Override
        public void save(PeerMemory memory) {}
      };

  /**
   * What was saved last, each age longer by the time since then; {@link PeerMemory#NOTHING} if
   * there is nothing, or nothing that can be read.
   *
   * @throws IOException if it cannot be known; the node does not start then
   */
  PeerMemory load() throws IOException;

  /**
   * Keeps {@code memory} in the place of what was saved before: after a crash at any moment, one of
   * both is there.
   *
   * @throws IOException if it cannot be kept; what was there before stays
   */
  void save(PeerMemory memory) throws IOException;
}
