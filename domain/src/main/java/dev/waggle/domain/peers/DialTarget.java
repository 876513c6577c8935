package dev.waggle.domain.peers;

import dev.waggle.ports.PeerAddress;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.node.LinkId;
import org.jspecify.annotations.Nullable;

/**
 * An address that the operator has given, and how far the link to it has come.
 *
 * <pre>
 * Waiting  --dialling-->    Dialling
 * Waiting  --postponed-->   Waiting    its peer was lost, which had been linked in another way
 * Waiting  --wanted-->      Waiting    the operator asks for it, now
 * Dialling --established--> Linked
 * Dialling --postponed-->   Waiting    the dial failed
 * Dialling --dropped-->     Dropped    it leads to this node itself
 * Linked   --postponed-->   Waiting    the link was lost
 * </pre>
 *
 * Nothing leads out of Dropped. Any other transition is a bug of the caller and throws.
 */
final class DialTarget {
  /** Where a target stands. */
  sealed interface State {}

  /** Not to be dialled before this time. */
  record Waiting(long dueNanos) implements State {}

  /** A dial is under way. */
  record Dialling() implements State {}

  /** The dial became this link. */
  record Linked(LinkId link) implements State {}

  /** Never to be dialled again. */
  record Dropped() implements State {}

  private final PeerAddress address;
  private Purpose purpose;
  private State state;
  private int failures;
  private int timesFull;
  private @Nullable PeerId peer;
  private boolean banned;

  DialTarget(PeerAddress address, Purpose purpose, long dueNanos) {
    this.address = address;
    this.purpose = purpose;
    this.state = new Waiting(dueNanos);
    this.peer = address.pinned();
  }

  PeerAddress address() {
    return address;
  }

  Purpose purpose() {
    return purpose;
  }

  State state() {
    return state;
  }

  /** Failures in a row. */
  int failures() {
    return failures;
  }

  /** How often in a row its peer had no place for this node. */
  int timesFull() {
    return timesFull;
  }

  /** Who answers there: known from the address, or from the last time it was reached. */
  @Nullable PeerId peer() {
    return peer;
  }

  /** Whether a ban kept it from being dialled when that was last asked. */
  boolean isBanned() {
    return banned;
  }

  void isBanned(boolean isBanned) {
    banned = isBanned;
  }

  void dialling() {
    state =
        switch (state) {
          case Waiting _ -> new Dialling();
          case Dialling _, Linked _, Dropped _ -> throw unexpected("dialling");
        };
  }

  void established(LinkId link, PeerId who) {
    state =
        switch (state) {
          case Dialling _ -> new Linked(link);
          case Waiting _, Linked _, Dropped _ -> throw unexpected("established");
        };
    peer = who;
  }

  /** Waits until {@code dueNanos} after {@code failures} failures in a row. */
  void postponed(int failures, long dueNanos) {
    state =
        switch (state) {
          case Waiting _, Dialling _, Linked _ -> new Waiting(dueNanos);
          case Dropped _ -> throw unexpected("postponed");
        };
    this.failures = failures;
  }

  /** The operator has asked for it: it is permanent now, and due if it waits. */
  void wanted(long nowNanos) {
    purpose = Purpose.PERMANENT;
    switch (state) {
      case Waiting _ -> postponed(0, nowNanos);
      case Dialling _, Linked _ -> {}
      case Dropped _ -> throw unexpected("wanted");
    }
  }

  /** Nobody wants the link any more that a dial under way may lead to. */
  void unwanted() {
    purpose = Purpose.FEELER;
  }

  /** The link stood: both rows have ended. */
  void stood() {
    failures = 0;
    timesFull = 0;
  }

  /** Waits until {@code dueNanos}, since its peer had no place. */
  void foundFull(long dueNanos) {
    postponed(failures, dueNanos);
    timesFull++;
  }

  void dropped() {
    state =
        switch (state) {
          case Dialling _ -> new Dropped();
          case Waiting _, Linked _, Dropped _ -> throw unexpected("dropped");
        };
  }

  private IllegalStateException unexpected(String event) {
    return new IllegalStateException(event + " while " + state + " at " + address);
  }
}
