package dev.waggle.ports.testkit.transport;

/** What the parts of the contract work with. */
public interface TransportFixture {
  /** The transports and listeners of the test that runs. */
  Harness harness();
}
