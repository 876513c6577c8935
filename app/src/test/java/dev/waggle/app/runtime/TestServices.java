package dev.waggle.app.runtime;

import dev.waggle.domain.gossip.MessageIds;
import dev.waggle.ports.testkit.crypto.ToySuite;
import java.util.function.Consumer;

/** The services of links that a test drives without a node. */
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
}
