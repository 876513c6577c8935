package dev.waggle.simulator.node;

import dev.waggle.domain.admission.HandshakeAdmission;
import dev.waggle.domain.admission.Permit;
import dev.waggle.ports.Endpoint;
import dev.waggle.ports.transport.CloseReason;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Lets those in who dial a node, as many at once as admission permits; whoever has to make room for
 * another one is closed.
 */
final class Reception {
  private static final CloseReason WITHDRAWN = CloseReason.local("made room for another handshake");

  private final HandshakeAdmission admission;
  private final Function<Permit, LinkEnd> ends;
  private final Map<Permit, LinkEnd> shaking = new LinkedHashMap<>();

  /**
   * Nobody is here yet.
   *
   * @param ends makes this side of a connection that may be kept
   */
  Reception(HandshakeAdmission admission, Function<Permit, LinkEnd> ends) {
    this.admission = admission;
    this.ends = ends;
  }

  /** This side of a connection from there, or null if it may not be kept. */
  @Nullable LinkEnd admit(Endpoint remote, long nowNanos) {
    return switch (admission.admit(remote, nowNanos)) {
      case HandshakeAdmission.Admitted(Permit permit, Permit withdrawn) -> {
        LinkEnd end = ends.apply(permit);
        shaking.put(permit, end);
        makeRoom(withdrawn);
        yield end;
      }
      case HandshakeAdmission.Refused _ -> null;
    };
  }

  /** An Offer is there: may it cost arithmetic? */
  boolean mayGoOn(Permit permit, long nowNanos) {
    return switch (admission.offered(permit, nowNanos)) {
      case HandshakeAdmission.Admitted(Permit _, Permit withdrawn) -> {
        makeRoom(withdrawn);
        yield true;
      }
      case HandshakeAdmission.Refused _ -> false;
    };
  }

  private void makeRoom(@Nullable Permit withdrawn) {
    LinkEnd loser = withdrawn == null ? null : shaking.remove(withdrawn);
    if (loser != null) {
      loser.abandon(WITHDRAWN);
    }
  }

  /** The handshake is over. */
  void release(Permit permit) {
    permit.release();
    shaking.remove(permit);
  }

  /** Handshakes that are under way. */
  int handshakes() {
    return shaking.size();
  }

  /** Places of admission that are taken. */
  int permits() {
    return admission.halfOpen() + admission.underWay();
  }

  void clear() {
    shaking.clear();
  }
}
