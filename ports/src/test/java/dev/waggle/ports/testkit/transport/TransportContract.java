package dev.waggle.ports.testkit.transport;

import dev.waggle.ports.transport.Transport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/**
 * Everything that a transport promises. An adapter's test extends this class and supplies fresh
 * transports; each interface listed here is one part of the promise.
 */
@Timeout(180)
public abstract class TransportContract
    implements StreamContract,
        BackpressureContract,
        DialContract,
        ListenContract,
        OwnPortContract,
        CloseContract,
        ShutdownContract,
        CallbackContract,
        FailureContract,
        ResourceContract,
        OutOfFilesContract {

  private Harness harness;

  /** A new transport, which the contract closes. Those of one test must be able to connect. */
  protected abstract Transport fresh();

  /** Peers that are no transports: by default, sockets of {@code java.net}. */
  protected RawPeers rawPeers() {
    return new SocketPeers();
  }

  /** What an adapter wants to be true after each test, when its transports are closed. */
  protected void checkAfterwards() {}

  @BeforeEach
  void openHarness() {
    harness = new Harness(this);
  }

  @AfterEach
  void closeHarness() {
    harness.close();
    checkAfterwards();
  }

  @Override
  public final Harness harness() {
    return harness;
  }
}
