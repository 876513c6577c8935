package dev.waggle.node.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.crypto.toy.ToySuite;
import dev.waggle.domain.admission.BannedAddresses;
import dev.waggle.domain.codec.BincodeCodec;
import dev.waggle.domain.peers.DialFailure;
import dev.waggle.domain.session.SessionSettings;
import dev.waggle.nio.NioTransport;
import dev.waggle.ports.PeerAddress;
import dev.waggle.ports.node.DialWay;
import dev.waggle.ports.operator.HandshakeObserver;
import dev.waggle.ports.transport.CloseReason;
import dev.waggle.ports.transport.CloseReason.Cause;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the node's thread hears of its dials; RacingDialTest has the rest. */
@Timeout(60)
class DialerTest {
  private static final PeerAddress ADDRESS = PeerAddress.parse("slow.example:9000");

  private final CountDownLatch looksUp = new CountDownLatch(1);
  private final CountDownLatch nameServerIsBack = new CountDownLatch(1);
  private final NioTransport transport = new NioTransport(1);
  private final LinkServices services =
      TestServices.create(
          error -> {
            throw error;
          });
  private final Dialer dialer =
      new Dialer(
          transport,
          name -> {
            looksUp.countDown();
            awaitNameServer();
            throw new UnknownHostException(name);
          },
          new AddressGate(BannedAddresses.NONE, services::nanoTime),
          new SessionSettings(
              TestServices.handshake(ToySuite.create(), 1), List.of(new BincodeCodec())),
          services,
          new HandshakeWatch(HandshakeObserver.NONE));

  private void awaitNameServer() {
    try {
      nameServerIsBack.await();
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  @AfterEach
  void end() {
    dialer.close();
    transport.close();
    services.close();
  }

  @Test
  void dialOfUnknownName_fails() throws Exception {
    nameServerIsBack.countDown();

    dialer.dial(ADDRESS, DialWay.ANY_PORT);

    assertThat(failure()).hasToString("unreachable: the name does not resolve");
  }

  @Test
  void dialerThatIsClosed_givesUpWhatIsUnderWay() throws Exception {
    dialer.dial(ADDRESS, DialWay.ANY_PORT);
    looksUp.await();

    dialer.close();

    assertThat(failure()).isEqualTo(CloseReason.of(Cause.CANCELLED));
  }

  @Test
  void dialByClosedDialer_fails() throws Exception {
    dialer.close();

    dialer.dial(ADDRESS, DialWay.ANY_PORT);

    assertThat(failure().cause()).isIn(Cause.CANCELLED, Cause.UNREACHABLE);
  }

  private CloseReason failure() throws InterruptedException {
    Mailbox.Turns turns = services.mailbox().take(TimeUnit.SECONDS.toNanos(60));
    assertThat(turns.events()).singleElement().isInstanceOf(NodeEvent.DialFailed.class);
    NodeEvent.DialFailed failed = (NodeEvent.DialFailed) turns.events().getFirst();
    assertThat(failed.address()).isEqualTo(ADDRESS);
    return ((DialFailure.NotConnected) failed.failure()).why();
  }
}
