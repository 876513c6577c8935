package dev.waggle.ports.node;

/**
 * What a node's decisions want of the world about peers that it is not linked with. Called by the
 * node's one thread; nothing blocks.
 */
public interface PeerDirectory {
  /** Knows no seeds, and keeps nothing. */
  PeerDirectory NONE =
      new PeerDirectory() {
        @Override
        public void lookUp(String dnsSeed) {}

        @Override
        public void keep(PeerMemory memory) {}
      };

  /** Asks a DNS seed for nodes. What it answers, if it does, arrives later as an event. */
  void lookUp(String dnsSeed);

  /** Has {@code memory} kept for the next start, in the place of what was kept before. */
  void keep(PeerMemory memory);
}
