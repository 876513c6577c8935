package dev.waggle.domain.peers;

import dev.waggle.domain.admission.Eviction;
import dev.waggle.domain.admission.InboundLimits;
import dev.waggle.domain.admission.Origin;
import dev.waggle.domain.keyed.SipHash;
import dev.waggle.ports.node.LinkId;
import dev.waggle.ports.wire.GoodbyeReason;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Who has the places for links of others' dialling, and whose place a newcomer takes if it is given
 * none of its own (PROTOCOL §9.1, §9.3).
 */
final class InboundPlaces {
  /** What becomes of a newcomer. */
  sealed interface Decision {}

  /** There is a place for it. */
  record Free() implements Decision {}

  /** It takes that of another link, which is told {@code goodbye}. */
  record Instead(PeerLink of, GoodbyeReason goodbye) implements Decision {}

  /** There is none for it. */
  record None() implements Decision {}

  private final int max;
  private final InboundLimits limits;
  private final SipHash groupKey;

  /**
   * So many places.
   *
   * @param groupKey of this node's own, so that nobody knows which groups are protected
   */
  InboundPlaces(int max, InboundLimits limits, SipHash groupKey) {
    this.max = max;
    this.limits = limits;
    this.groupKey = groupKey;
  }

  /**
   * Decides about an inbound link.
   *
   * @param links those that are in use, inbound too, the oldest first
   * @param discouraged which go before all others; a newcomer that is takes nobody's place
   * @param permanent who never makes room
   */
  Decision decide(
      PeerLink newcomer,
      List<PeerLink> links,
      Predicate<PeerLink> discouraged,
      Predicate<Peer> permanent) {
    List<PeerLink> own = new ArrayList<>(links);
    own.removeIf(link -> link.peer() != newcomer.peer());
    boolean admitted = limits.admits(newcomer.origin(), origins(links));
    if (!own.isEmpty()) {
      boolean enough = links.size() >= max || own.size() >= Duplicates.MAX_INBOUND_PER_PEER;
      return admitted && !enough ? new Free() : inPlaceOfOwn(newcomer, own.getFirst(), links);
    }
    if (!admitted) {
      return new None();
    }
    if (links.size() < max) {
      return new Free();
    }
    return discouraged.test(newcomer)
        ? new None()
        : inPlaceOfStranger(links, discouraged, permanent);
  }

  /** A peer that comes again, and finds no other place, gets that of its oldest link. */
  private Decision inPlaceOfOwn(PeerLink newcomer, PeerLink oldest, List<PeerLink> links) {
    List<PeerLink> others = new ArrayList<>(links);
    others.remove(oldest);
    return limits.admits(newcomer.origin(), origins(others))
        ? new Instead(oldest, GoodbyeReason.DUPLICATE)
        : new None();
  }

  private Decision inPlaceOfStranger(
      List<PeerLink> links, Predicate<PeerLink> discouraged, Predicate<Peer> permanent) {
    List<Eviction.Candidate> candidates = new ArrayList<>(links.size());
    for (PeerLink link : links) {
      if (!permanent.test(link.peer())) {
        candidates.add(candidate(link, discouraged.test(link)));
      }
    }
    LinkId chosen = Eviction.choose(candidates);
    PeerLink evicted = chosen == null ? null : find(chosen, links);
    return evicted == null ? new None() : new Instead(evicted, GoodbyeReason.TOO_MANY_PEERS);
  }

  private Eviction.Candidate candidate(PeerLink link, boolean discouraged) {
    return new Eviction.Candidate(
        link.id(),
        link.origin().group(),
        link.origin().group().hash(groupKey),
        link.heartbeat().leastRoundTripNanos(),
        link.peer().lastTransactionNanos(),
        link.peer().lastBlockNanos(),
        link.sinceNanos(),
        discouraged);
  }

  private static @Nullable PeerLink find(LinkId id, List<PeerLink> links) {
    for (PeerLink link : links) {
      if (link.id().equals(id)) {
        return link;
      }
    }
    return null;
  }

  private static List<Origin> origins(List<PeerLink> links) {
    return links.stream().map(PeerLink::origin).toList();
  }
}
