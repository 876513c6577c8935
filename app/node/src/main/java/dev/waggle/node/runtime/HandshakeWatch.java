package dev.waggle.node.runtime;

import dev.waggle.domain.handshake.HandshakeFailure;
import dev.waggle.domain.session.SessionFailure;
import dev.waggle.ports.node.Direction;
import dev.waggle.ports.operator.HandshakeObserver;
import dev.waggle.ports.operator.HandshakeObserver.Outcome;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the operator's observer how handshakes went; what that throws ends here. Any thread's. */
final class HandshakeWatch {
  private static final Logger log = LoggerFactory.getLogger(HandshakeWatch.class);

  private final HandshakeObserver observer;

  HandshakeWatch(HandshakeObserver observer) {
    this.observer = observer;
  }

  /** There is a link. */
  void established(Direction direction, String suite, long tookNanos) {
    tell(direction, suite, Outcome.ESTABLISHED, tookNanos);
  }

  /** A stranger was turned away, or had to make room. */
  void refused(long tookNanos) {
    tell(Direction.INBOUND, null, Outcome.REFUSED, tookNanos);
  }

  /**
   * A connection has ended before it was a link.
   *
   * @param failure what ended its session, or null if the connection ended without that
   */
  void ended(Direction direction, @Nullable SessionFailure failure, long tookNanos) {
    Outcome outcome =
        switch (failure) {
          case null -> Outcome.LOST;
          case SessionFailure.Handshake(HandshakeFailure handshake) ->
              handshake.kind() == HandshakeFailure.Kind.TIMED_OUT
                  ? Outcome.TIMED_OUT
                  : Outcome.FAILED;
          case SessionFailure _ -> Outcome.FAILED;
        };
    tell(direction, null, outcome, tookNanos);
  }

  private void tell(Direction direction, @Nullable String suite, Outcome outcome, long tookNanos) {
    try {
      observer.handshaken(direction, suite, outcome, Duration.ofNanos(tookNanos));
    } catch (RuntimeException e) {
      log.error("an observer of handshakes failed", e);
    }
  }
}
