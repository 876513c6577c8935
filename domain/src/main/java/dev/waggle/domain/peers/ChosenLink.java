package dev.waggle.domain.peers;

import dev.waggle.domain.addresses.NetworkGroup;
import dev.waggle.ports.IpEndpoint;
import dev.waggle.ports.PeerAddress;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.node.DialWay;
import dev.waggle.ports.node.LinkId;
import org.jspecify.annotations.Nullable;

/**
 * An address that the node has chosen to dial, and the link that came of it.
 *
 * <pre>
 * Dialling --established--> Standing
 * Standing --dismissed-->   Dismissed   this node has no need of it any more
 * </pre>
 *
 * Each state ends with the dial's failure or the link's end. Any other transition is a bug of the
 * caller and throws.
 */
final class ChosenLink {
  /** How far it has come. */
  sealed interface State {}

  /** The dial is under way. */
  record Dialling() implements State {}

  /** The link is in use. */
  record Standing(LinkId link, PeerId peer, long sinceNanos) implements State {}

  /** The link is about to end, by this node's will. */
  record Dismissed(LinkId link) implements State {}

  private final IpEndpoint endpoint;
  private final NetworkGroup group;
  private final @Nullable PeerId expected;
  private final DialWay way;
  private Purpose purpose;
  private State state = new Dialling();

  ChosenLink(IpEndpoint endpoint, @Nullable PeerId expected, Purpose purpose, DialWay way) {
    this.endpoint = endpoint;
    this.group = NetworkGroup.of(endpoint);
    this.expected = expected;
    this.way = way;
    this.purpose = purpose;
  }

  IpEndpoint endpoint() {
    return endpoint;
  }

  NetworkGroup group() {
    return group;
  }

  /** Who has to answer, or null. */
  @Nullable PeerId expected() {
    return expected;
  }

  /** How it was dialled. */
  DialWay way() {
    return way;
  }

  Purpose purpose() {
    return purpose;
  }

  State state() {
    return state;
  }

  /** Whether it is dialled or stands for this purpose. */
  boolean isFor(Purpose what) {
    return purpose == what && !(state instanceof Dismissed);
  }

  boolean isDialled() {
    return state instanceof Dialling;
  }

  boolean stands() {
    return state instanceof Standing;
  }

  boolean isDismissed() {
    return state instanceof Dismissed;
  }

  /** The link, or null while it is dialled. */
  @Nullable LinkId link() {
    return switch (state) {
      case Dialling _ -> null;
      case Standing(LinkId link, PeerId _, long _) -> link;
      case Dismissed(LinkId link) -> link;
    };
  }

  /** For how long it has stood; 0 if it does not. */
  long ageNanos(long nowNanos) {
    return state instanceof Standing standing ? nowNanos - standing.sinceNanos : 0;
  }

  void established(LinkId link, PeerId peer, long nowNanos) {
    state =
        switch (state) {
          case Dialling _ -> new Standing(link, peer, nowNanos);
          case Standing _, Dismissed _ -> throw unexpected("established");
        };
  }

  /** It is kept from now on. */
  void keep() {
    purpose = Purpose.KEPT;
  }

  /** Returns the link that is to end. */
  LinkId dismissed() {
    if (!(state instanceof Standing standing)) {
      throw unexpected("dismissed");
    }
    state = new Dismissed(standing.link);
    return standing.link;
  }

  /** The address, with the peer that has proved itself there, or is expected to. */
  PeerAddress address() {
    PeerId who = state instanceof Standing standing ? standing.peer : expected;
    return new PeerAddress(endpoint.endpoint(), who);
  }

  private IllegalStateException unexpected(String event) {
    return new IllegalStateException(event + " while " + state + " at " + endpoint);
  }
}
