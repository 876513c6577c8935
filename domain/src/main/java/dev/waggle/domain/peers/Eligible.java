package dev.waggle.domain.peers;

import dev.waggle.domain.addresses.AddressBook;
import dev.waggle.domain.addresses.AddressBook.Candidate;
import dev.waggle.domain.addresses.NetworkGroup;
import dev.waggle.ports.Endpoint;
import dev.waggle.ports.IpEndpoint;
import dev.waggle.ports.PeerId;
import java.time.Duration;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Who may be dialled by a node's own choice at a moment: who is not linked, has rested since the
 * last dial, and is of a network group that no other link has (PROTOCOL §9.1).
 *
 * @param guards who among the candidates is one rests as such
 * @param chosen what is dialled and linked already
 * @param mayDial whether a peer is not connected, nor unwelcome
 * @param elsewhere whether an address is dialled, or linked, for another reason
 */
record Eligible(
    AddressBook book,
    Guards guards,
    ChosenLinks chosen,
    Predicate<PeerId> mayDial,
    Predicate<Endpoint> elsewhere,
    long nowNanos) {
  /** An address that was never reached is dialled again after so long, and longer each time. */
  static final Duration RETRY_UNKNOWN = Duration.ofSeconds(5);

  /** The same for one that was. */
  static final Duration RETRY_KNOWN = Duration.ofSeconds(1);

  static final Duration MAX_RETRY_KNOWN = Duration.ofMinutes(10);

  static final Duration MAX_RETRY_UNKNOWN = Duration.ofHours(12);

  private static final int MAX_DOUBLINGS = 14;

  /**
   * Whether an address that was drawn may be dialled.
   *
   * @param besides whether for a link beside those that are kept: these are of other groups than
   *     all links, while the others are of other groups than those that are kept
   */
  boolean suits(Candidate candidate, boolean besides) {
    boolean groupIsTaken = besides && chosen.has(Purpose.WANDERING, candidate.group());
    return hasRested(candidate)
        && !groupIsTaken
        && mayJoinKept(candidate.group())
        && isFree(candidate.endpoint(), candidate.proven());
  }

  /** Whether none of the links that are kept, or will be, is to a network group. */
  boolean mayJoinKept(NetworkGroup group) {
    return !chosen.has(Purpose.KEPT, group) && !chosen.has(Purpose.RETURNING, group);
  }

  /** Whether a peer is not dialled, linked or unwelcome, as far as it is known. */
  boolean isFree(IpEndpoint endpoint, @Nullable PeerId peer) {
    return book.takes(endpoint)
        && !chosen.isBusy(endpoint.endpoint())
        && !isElsewhere(endpoint.endpoint())
        && (peer == null || (mayDial.test(peer) && !chosen.isExpected(peer)));
  }

  boolean isElsewhere(Endpoint endpoint) {
    return elsewhere.test(endpoint);
  }

  private boolean hasRested(Candidate candidate) {
    Guard guard = guards.find(candidate.endpoint());
    return guard != null
        ? guard.hasRested(nowNanos)
        : !candidate.everTried() || nowNanos - candidate.triedNanos() >= rest(candidate).toNanos();
  }

  /** How long an address that is no guard's is left alone after a dial. */
  static Duration rest(Candidate candidate) {
    int doublings = Math.min(candidate.failuresInARow(), MAX_DOUBLINGS);
    Duration first = candidate.everReached() ? RETRY_KNOWN : RETRY_UNKNOWN;
    Duration longest = candidate.everReached() ? MAX_RETRY_KNOWN : MAX_RETRY_UNKNOWN;
    Duration doubled = first.multipliedBy(1L << doublings);
    return doubled.compareTo(longest) < 0 ? doubled : longest;
  }
}
