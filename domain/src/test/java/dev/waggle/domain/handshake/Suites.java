package dev.waggle.domain.handshake;

import dev.waggle.crypto.CipherSuites;
import dev.waggle.crypto.CryptoChoice;
import dev.waggle.crypto.CryptoUnavailable;
import dev.waggle.ports.crypto.CipherSuite;
import java.util.List;
import java.util.stream.Stream;

/** The suites that a property of the protocol is tested with. */
final class Suites {
  private Suites() {}

  /** The toys, and every registered suite. */
  static Stream<CipherSuite> all() {
    return Stream.concat(Stream.of(Handshakes.TOY), registered(CryptoChoice.AUTO).stream());
  }

  /** The registered suites (PROTOCOL §3), as {@code choice} computes them. */
  static List<CipherSuite> registered(CryptoChoice choice) {
    try {
      return CipherSuites.create(choice).all();
    } catch (CryptoUnavailable e) {
      throw new AssertionError(e);
    }
  }
}
