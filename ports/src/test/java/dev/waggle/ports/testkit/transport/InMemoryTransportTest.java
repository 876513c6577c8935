package dev.waggle.ports.testkit.transport;

import dev.waggle.ports.transport.Transport;

class InMemoryTransportTest extends TransportContract {
  private final InMemoryNetwork network = InMemoryNetwork.threaded(Faults.NONE);

  @Override
  protected Transport fresh() {
    return network.transport();
  }

  @Override
  protected RawPeers rawPeers() {
    return network.rawPeers();
  }
}
