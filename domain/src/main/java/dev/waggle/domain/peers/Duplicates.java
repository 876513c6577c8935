package dev.waggle.domain.peers;

import java.util.ArrayList;
import java.util.List;

/**
 * Which of several links to one peer go (PROTOCOL §9.3).
 *
 * <p>A link is taken leave of as a duplicate only by the side that dialled it, and only while that
 * side holds the other one: of two that it dialled itself, the newer; of one dialled by either
 * side, its own, if its PeerId is the larger. So for every pair of links exactly one side decides,
 * and never do both sides give up one each. A side that was restarted does not hold the old link,
 * keeps the new one, and is served by it at once; the old one ends by a reset or by its silence.
 */
final class Duplicates {
  /**
   * Links dialled by the same peer that are held at once. Two are usual after a restart; some more
   * pass by when a peer dials several addresses of ours before it knows that they are one node's.
   */
  static final int MAX_INBOUND_PER_PEER = 4;

  private Duplicates() {}

  /**
   * The links to take leave of after {@code links}, the oldest first, has got its last one.
   *
   * @param larger whether this node's PeerId is larger than the peer's
   */
  static List<PeerLink> toLeave(List<PeerLink> links, boolean larger) {
    List<PeerLink> own = new ArrayList<>();
    boolean others = false;
    for (PeerLink link : links) {
      if (link.isOutbound()) {
        own.add(link);
      } else {
        others = true;
      }
    }
    if (!own.isEmpty() && !(others && larger)) {
      own.removeFirst();
    }
    return own;
  }
}
