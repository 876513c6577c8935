package dev.waggle.node.runtime;

import dev.waggle.crypto.toy.SeededRandom;
import dev.waggle.crypto.toy.ToySuite;
import dev.waggle.domain.codec.BincodeCodec;
import dev.waggle.domain.handshake.HandshakeSettings;
import dev.waggle.domain.handshake.NetworkId;
import dev.waggle.domain.naming.MessageIds;
import dev.waggle.node.config.MemoryBudget;
import dev.waggle.ports.crypto.CipherSuite;
import java.util.List;
import java.util.function.Consumer;

/** What links need that a test drives without a node. */
final class TestServices {
  private static final MemoryBudget BUDGET = MemoryBudget.ofHeap(0);

  private static final Intake INTAKE =
      new Intake(
          new MessageIds(ToySuite.create().hash()),
          new KnownIds(),
          new GuardedApplication(new AcceptingApplication(), new Subscribers()));

  private TestServices() {}

  static LinkServices create(Consumer<Error> onError) {
    Naming naming = new Naming(new PriorityPool<>(1, "test-", _ -> {}, _ -> {}), () -> INTAKE);
    Mailbox mailbox = new Mailbox(BUDGET.perLinkBytes(), BUDGET.publishedBytes(), naming);
    return new LinkServices(mailbox, () -> INTAKE, BUDGET, 1, onError);
  }

  static HandshakeSettings handshake(CipherSuite suite, long seed) {
    return handshake(suite, seed, List.of());
  }

  static HandshakeSettings handshake(CipherSuite suite, long seed, List<Integer> features) {
    SeededRandom random = new SeededRandom(seed);
    return new HandshakeSettings(
        ToySuite.identity(random),
        NetworkId.of("test", suite.hash()),
        List.of(suite),
        List.of(BincodeCodec.NAME),
        features,
        suite.hash(),
        random);
  }
}
