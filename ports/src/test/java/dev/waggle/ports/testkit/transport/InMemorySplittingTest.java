package dev.waggle.ports.testkit.transport;

import dev.waggle.ports.transport.Transport;

/** The contract holds on a network that splits whatever it carries, too. */
class InMemorySplittingTest extends TransportContract {
  private final InMemoryNetwork network =
      InMemoryNetwork.threaded(Faults.NONE.splitting(16 * 1024, 42));

  @Override
  protected Transport fresh() {
    return network.transport();
  }

  @Override
  protected RawPeers rawPeers() {
    return network.rawPeers();
  }
}
