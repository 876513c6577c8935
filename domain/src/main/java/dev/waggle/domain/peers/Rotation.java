package dev.waggle.domain.peers;

import java.util.List;
import java.util.OptionalLong;

/**
 * Which of the links that a node has chosen itself goes, when it has one too many (PROTOCOL §9.1).
 *
 * <p>Those that stand for longest stay in any case: so who gets his addresses dialled again and
 * again, and is quick to tell what others have found, wins some of the places and never all.
 */
final class Rotation {
  /** So many of the oldest links stay whatever they were good for. */
  static final int PROTECTED = 4;

  private Rotation() {}

  /**
   * The one that was the first to bring something new longest ago, or never; of equal ones the
   * youngest.
   *
   * @param links the oldest first, at least one; of {@link #PROTECTED} or fewer the youngest goes
   */
  static PeerLink leastUseful(List<PeerLink> links) {
    PeerLink least = links.size() > PROTECTED ? links.get(PROTECTED) : links.getLast();
    for (PeerLink link : links.subList(Math.min(PROTECTED, links.size()), links.size())) {
      if (!isLess(least, link)) {
        least = link;
      }
    }
    return least;
  }

  private static boolean isLess(PeerLink one, PeerLink other) {
    OptionalLong first = one.peer().lastUsefulNanos();
    OptionalLong second = other.peer().lastUsefulNanos();
    return first.isEmpty()
        ? second.isPresent()
        : second.isPresent() && first.getAsLong() - second.getAsLong() < 0;
  }
}
