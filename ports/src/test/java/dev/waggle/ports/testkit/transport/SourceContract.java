package dev.waggle.ports.testkit.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.waggle.ports.Endpoint;
import dev.waggle.ports.IpAddress;
import dev.waggle.ports.transport.CloseReason;
import dev.waggle.ports.transport.CloseReason.Cause;
import dev.waggle.ports.transport.SourceAddresses;
import dev.waggle.ports.transport.Transport;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A transport of the system's sockets dials from where its owner wants. */
public interface SourceContract extends TransportFixture {
  /** A new transport that dials from {@code source}; the contract closes it. */
  Transport freshFrom(SourceAddresses source);

  @Test
  default void dialFromAnAddress_isSeenToComeFromThere() throws Exception {
    assumeTrue(SocketPeers.isHere("127.0.0.2"), "this machine has no loopback address but one");
    BlockingQueue<Endpoint> seen = new LinkedBlockingQueue<>();
    Endpoint bound =
        harness()
            .listening()
            .listen(
                Harness.LOOPBACK,
                remote -> {
                  seen.add(remote);
                  return harness().listener();
                });

    RecordingListener dialler = dialFrom("127.0.0.2", bound);

    Endpoint from = seen.poll(Harness.SAFETY.toSeconds(), TimeUnit.SECONDS);
    assertThat(from).isEqualTo(dialler.connection().local());
    assertThat(Objects.requireNonNull(from).host()).isEqualTo("127.0.0.2");
  }

  @Test
  default void dialOfTheOtherFamily_isLeftToTheSystem() throws Exception {
    assumeTrue(SocketPeers.isHere("::1"), "this machine has no IPv6 loopback");
    RecordingListener acceptor = harness().listener();
    Endpoint bound = harness().listening().listen(new Endpoint("::1", 0), remote -> acceptor);

    assertThat(dialFrom("127.0.0.2", bound).connection().remote()).isEqualTo(bound);
  }

  @Test
  default void dialFromAnAddressThatTheMachineDoesNotHave_isUnreachable() throws Exception {
    Endpoint bound = harness().listen(harness().listener());

    CloseReason why = dialFrom("192.0.2.1", bound).closed();

    assertThat(why.cause()).isEqualTo(Cause.UNREACHABLE);
    assertThat(why.detail()).contains("assign requested address");
  }

  private RecordingListener dialFrom(String source, Endpoint remote) {
    IpAddress address = Objects.requireNonNull(IpAddress.ofLiteral(source));
    Transport transport = harness().adopt(freshFrom(new SourceAddresses(address, null)));
    RecordingListener dialler = harness().listener();
    transport.dial(remote, Harness.SAFETY, dialler);
    return dialler;
  }
}
