package dev.waggle.simulator.siege;

import dev.waggle.crypto.toy.ToySuite;
import dev.waggle.domain.handshake.VerifiedPeer;
import dev.waggle.ports.crypto.CipherSuite;
import dev.waggle.simulator.engine.Seeds;
import dev.waggle.simulator.fidelity.MessagesFidelity;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Peers that have proved who they are, by their number. They are the same in all sieges, since a
 * handshake takes longer than the rest of what they do. Any thread may ask.
 */
final class Cast {
  private static final Cast ALL = new Cast();

  private final MessagesFidelity fidelity;
  private final Map<Integer, VerifiedPeer> known = new ConcurrentHashMap<>();

  private Cast() {
    CipherSuite suite = ToySuite.create();
    this.fidelity = new MessagesFidelity(new Seeds(1), suite, suite.hash());
  }

  static VerifiedPeer peer(int number) {
    return ALL.known.computeIfAbsent(number, ALL::prove);
  }

  private synchronized VerifiedPeer prove(int number) {
    return Objects.requireNonNull(fidelity.newIdentity(number, List.of()).proven());
  }
}
