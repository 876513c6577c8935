package dev.waggle.ports.operator;

import dev.waggle.ports.node.Direction;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Hears of each connection how its handshake went: for metrics. Called by any thread, by several at
 * once; must not block, and cannot change what happens.
 */
@FunctionalInterface
public interface HandshakeObserver {
  /** Somebody who is not listening. */
  HandshakeObserver NONE = (_, _, _, _) -> {};

  /** What became of a connection before it was a link. */
  enum Outcome {
    /** There is a link. */
    ESTABLISHED("established"),
    /** Closed before any arithmetic: its address is banned, or there are too many handshakes. */
    REFUSED("refused"),
    /** The peer broke a rule, or is not who it should be. */
    FAILED("failed"),
    /** It took too long. */
    TIMED_OUT("timed-out"),
    /** The connection ended, or could not be made, without a fault in the handshake. */
    LOST("lost");

    private final String word;

    Outcome(String word) {
      this.word = word;
    }

    /** What operators read. */
    public String word() {
      return word;
    }
  }

  /**
   * A connection's handshake is over.
   *
   * @param suite the cipher suite agreed on; null if there is no agreement
   * @param took since the connection stood
   */
  void handshaken(Direction direction, @Nullable String suite, Outcome outcome, Duration took);
}
