package dev.waggle.domain.relay;

/** Puts blocks together beside the node thread, with {@link Reconstruction#complete}. */
public interface Reconstructor {
  /**
   * Begins; the result is handed to {@link
   * dev.waggle.domain.node.P2PService#reconstructed(Reconstruction,
   * dev.waggle.ports.gossip.Delivery, long)} later, not from inside this call.
   */
  void reconstruct(Reconstruction reconstruction);
}
