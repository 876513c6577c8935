package dev.waggle.domain.peers;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Which of the links that a node has chosen itself goes, when it has one too many (PROTOCOL §9.1).
 *
 * <p>At most one place goes to who is useful. Whoever gets his addresses dialled again and again,
 * and is quick to tell what others have found, wins that one; the others were drawn, stay whatever
 * they were good for, and when they end are drawn anew. If age gave places for good, the winner
 * would have one as soon as an older link ends, and win the next.
 */
final class Rotation {
  private Rotation() {}

  /**
   * The one that was the first to bring something new longest ago, or never; of equal ones the
   * youngest. Those that came on trial are compared; one alone is with the youngest of the others.
   *
   * @param links the oldest first, at least one
   */
  static PeerLink leastUseful(List<PeerLink> links) {
    List<PeerLink> compared = new ArrayList<>(links);
    compared.removeIf(link -> !link.cameOnTrial());
    if (compared.size() <= 1) {
      youngestDrawn(links).ifPresent(compared::addFirst);
    }
    PeerLink least = compared.getFirst();
    for (PeerLink link : compared) {
      if (!isLess(least, link)) {
        least = link;
      }
    }
    return least;
  }

  private static Optional<PeerLink> youngestDrawn(List<PeerLink> links) {
    return links.reversed().stream().filter(link -> !link.cameOnTrial()).findFirst();
  }

  private static boolean isLess(PeerLink one, PeerLink other) {
    OptionalLong first = one.peer().lastUsefulNanos();
    OptionalLong second = other.peer().lastUsefulNanos();
    return first.isEmpty()
        ? second.isPresent()
        : second.isPresent() && first.getAsLong() - second.getAsLong() < 0;
  }
}
