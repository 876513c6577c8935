package dev.waggle.domain.punch;

import dev.waggle.ports.IpEndpoint;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.node.LinkId;
import org.jspecify.annotations.Nullable;

/**
 * One call, from its beginning until the link that has come of it is gone (PROTOCOL §9.10).
 *
 * <pre>
 * caller:  Preparing -> Calling -> Checking -> Starting -> Dialling -> Pausing -> Starting ...
 * callee:  Preparing -> Ready -> Dialling -> Ready ...
 * both:    Dialling -> Lingering   all tries are over; the other's last dial may still come in
 *          any -> Linked           there is a link, whichever of the two has dialled
 * </pre>
 *
 * Any other transition is a bug of the caller and throws. What has failed is forgotten.
 */
final class Punch {
  /** Who has begun. */
  enum Role {
    CALLER,
    CALLEE
  }

  /** How far it has come. */
  sealed interface State {}

  /** The own message is being signed; the callee checks the call before. */
  record Preparing(Notarization work) implements State {}

  /** The call is out. */
  record Calling(long sentNanos) implements State {}

  /** The answer is being checked. */
  record Checking(Notarization work, Terms theirs, long roundTripNanos) implements State {}

  /** The caller has said when; it dials when that should have arrived. */
  record Starting(long dialNanos) implements State {}

  /** The callee waits for that word. */
  record Ready(long untilNanos) implements State {}

  /** The dial is under way. */
  record Dialling() implements State {}

  /** It has failed; the caller tries again soon. */
  record Pausing(long untilNanos) implements State {}

  /** The last one has failed. */
  record Lingering(long untilNanos) implements State {}

  /** There is a link. */
  record Linked(long sinceNanos) implements State {}

  private final PeerId peer;
  private final LinkId relay;
  private final Role role;
  private final long begunNanos;
  private final Terms ours;
  private @Nullable Terms theirs;
  private long roundTripNanos;
  private int tries;
  private boolean dialsAgain;
  private int cameIn;
  private State state;

  private Punch(
      PeerId peer, LinkId relay, Role role, Terms ours, Notarization work, long nowNanos) {
    this.peer = peer;
    this.relay = relay;
    this.role = role;
    this.ours = ours;
    this.begunNanos = nowNanos;
    this.state = new Preparing(work);
  }

  /** A call that is being signed. */
  static Punch calling(PeerId peer, LinkId relay, Terms ours, Notarization work, long nowNanos) {
    return new Punch(peer, relay, Role.CALLER, ours, work, nowNanos);
  }

  /** A call that has come, and is being checked and answered. */
  static Punch called(
      PeerId peer, LinkId relay, Terms ours, Terms theirs, Notarization work, long nowNanos) {
    Punch punch = new Punch(peer, relay, Role.CALLEE, ours, work, nowNanos);
    punch.theirs = theirs;
    return punch;
  }

  PeerId peer() {
    return peer;
  }

  LinkId relay() {
    return relay;
  }

  Role role() {
    return role;
  }

  boolean isCaller() {
    return role == Role.CALLER;
  }

  long nonce() {
    return ours.nonce();
  }

  Terms ours() {
    return ours;
  }

  /** Null until the peer has said so, and that was checked. */
  @Nullable Terms theirs() {
    return theirs;
  }

  long begunNanos() {
    return begunNanos;
  }

  long roundTripNanos() {
    return roundTripNanos;
  }

  /** How often both have been to dial. */
  int tries() {
    return tries;
  }

  State state() {
    return state;
  }

  boolean isLinked() {
    return state instanceof Linked;
  }

  /** Whether the own call may still be dropped for the peer's: it has not been answered. */
  boolean isUnanswered() {
    return isCaller() && (state instanceof Preparing || state instanceof Calling);
  }

  /** What is being signed or checked for it, or null. */
  @Nullable Notarization work() {
    return switch (state) {
      case Preparing(Notarization work) -> work;
      case Checking(Notarization work, Terms _, long _) -> work;
      case Calling _, Starting _, Ready _, Dialling _, Pausing _, Lingering _, Linked _ -> null;
    };
  }

  /** Where the peer is dialled; its terms are known. */
  IpEndpoint peerEndpoint() {
    if (theirs == null) {
      throw new IllegalStateException("it is not known where " + peer + " is");
    }
    return theirs.endpoint();
  }

  void sent(long nowNanos) {
    require(state instanceof Preparing && isCaller(), "sent");
    state = new Calling(nowNanos);
  }

  void answered(Notarization work, Terms said, long nowNanos) {
    if (!(state instanceof Calling(long sentNanos))) {
      throw unexpected("answered");
    }
    state = new Checking(work, said, nowNanos - sentNanos);
  }

  void checked() {
    if (!(state instanceof Checking checking)) {
      throw unexpected("checked");
    }
    theirs = checking.theirs;
    roundTripNanos = checking.roundTripNanos;
  }

  /** The caller has said that both go. */
  void starting(long nowNanos) {
    require(state instanceof Checking || state instanceof Pausing, "starting");
    tries++;
    state = new Starting(nowNanos + roundTripNanos / 2);
  }

  /** The callee has answered, or a dial of it has failed. */
  void ready(long untilNanos) {
    require(!isCaller() && (state instanceof Preparing || state instanceof Dialling), "ready");
    state = new Ready(untilNanos);
  }

  /**
   * The caller has said that both go for another time.
   *
   * @return whether to dial now; while a dial is under way, it counts when that has failed
   */
  boolean told(int number) {
    require(!isCaller(), "told");
    if (number <= tries || !(state instanceof Ready || state instanceof Dialling)) {
      return false;
    }
    tries = number;
    dialsAgain = state instanceof Dialling;
    return !dialsAgain;
  }

  /** Whether the caller has said so meanwhile; not any more then. */
  boolean takeNext() {
    boolean next = dialsAgain;
    dialsAgain = false;
    return next;
  }

  void dialling() {
    require(
        state instanceof Starting || state instanceof Ready || state instanceof Dialling,
        "dialling");
    state = new Dialling();
  }

  void pausing(long untilNanos) {
    require(state instanceof Dialling && isCaller(), "pausing");
    state = new Pausing(untilNanos);
  }

  void lingering(long untilNanos) {
    require(state instanceof Dialling, "lingering");
    state = new Lingering(untilNanos);
  }

  void linked(long nowNanos) {
    require(!isLinked(), "linked");
    state = new Linked(nowNanos);
  }

  /**
   * A link comes in from the peer.
   *
   * @return whether a dial of this call can have become it
   */
  boolean takeIncoming() {
    if (tries == 0 || cameIn >= PunchMessage.MAX_TRIES) {
      return false;
    }
    cameIn++;
    return true;
  }

  private void require(boolean holds, String event) {
    if (!holds) {
      throw unexpected(event);
    }
  }

  private IllegalStateException unexpected(String event) {
    return new IllegalStateException(event + " while " + state + " as " + role);
  }
}
