package dev.waggle.domain.handshake;

import dev.waggle.ports.crypto.CipherSuite;
import java.util.stream.Stream;

/** The suites that a property of the protocol is tested with. */
final class Suites {
  private Suites() {}

  /** The toys, and every registered suite. */
  static Stream<CipherSuite> all() {
    return Stream.of(Handshakes.TOY);
  }
}
