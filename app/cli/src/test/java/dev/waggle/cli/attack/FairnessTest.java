package dev.waggle.cli.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.chain.MessageIds;
import dev.waggle.node.WaggleNode;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.WireMessage;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A quiet peer of a node that gets more than it can judge from others.
 *
 * <p>How long the quiet one waits is counted in messages that the node judges meanwhile, not in
 * seconds: that depends on who is served before whom, and hardly on the machine.
 */
@Timeout(120)
class FairnessTest {
  private static final int FLOODERS = 3;

  /** Sent by the flooders and not judged yet, before the quiet peer says anything. */
  private static final int BACKLOG = 10_000;

  private static final int PROBES = 21;

  /** The system may let a thread of ours wait at the wrong moment; it does not do so often. */
  private static final int MAX_LATE = 3;

  /** What may be judged before the quiet peer's turn comes: the work of 100 ms. */
  private static final long SOON = BusyApplication.judgedIn(Duration.ofMillis(100));

  private static final int PATIENCE_SECONDS = 60;

  private final BusyApplication application = new BusyApplication();
  private final Identities identities = new Identities();
  private final AtomicLong flooded = new AtomicLong();
  private final QuietPeer quiet = new QuietPeer();

  @ParameterizedTest
  @ValueSource(strings = {"netty", "nio"})
  void pingOfAQuietPeer_isAnsweredBeforeTheFloodThatWasThereFirst(String transport)
      throws Exception {
    assertSoon(
        transport,
        (link, nonce) -> {
          link.post(new WireMessage.Ping(nonce));
          assertThat(quiet.pongs.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo(nonce);
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"netty", "nio"})
  void blockOfAQuietPeer_isDeliveredBeforeTheFloodThatWasThereFirst(String transport)
      throws Exception {
    assertSoon(
        transport,
        (link, nonce) -> {
          GossipMessage block = new GossipMessage.Block(payload(nonce));
          link.post(new WireMessage.Gossip(block));
          assertThat(application.delivered().poll(PATIENCE_SECONDS, TimeUnit.SECONDS))
              .isEqualTo(MessageIds.of(block));
        });
  }

  /** One message of the quiet peer, until it has had its effect. */
  @FunctionalInterface
  private interface Probe {
    void run(RawLink link, long nonce) throws InterruptedException;
  }

  private void assertSoon(String transport, Probe probe) throws Exception {
    List<Long> waits = new ArrayList<>();
    try (RawLinks floods = new RawLinks();
        RawLinks others = new RawLinks();
        WaggleNode node = OpenNode.start(transport, application)) {
      RawLink link = others.open(node.address(), identities.next(), quiet);
      link.standing().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      for (int i = 0; i < FLOODERS; i++) {
        floods.open(node.address(), identities.next(), new Flood(Behaviour.UNLIMITED, this::more));
      }
      for (long nonce = 0; nonce < PROBES; nonce++) {
        awaitBacklog();
        long before = application.judged();
        probe.run(link, nonce);
        waits.add(application.judged() - before);
        assertThat(waits)
            .as("messages judged before each of the quiet peer's: %s", waits)
            .filteredOn(wait -> wait >= SOON)
            .hasSizeLessThanOrEqualTo(MAX_LATE);
      }
    }
  }

  private WireMessage more() {
    return new WireMessage.Gossip(
        new GossipMessage.Transaction(payload(Long.MIN_VALUE + flooded.getAndIncrement())));
  }

  private static Bytes payload(long number) {
    return Bytes.wrap(ByteBuffer.allocate(256).putLong(number).array());
  }

  /** The flooders never pause, so this passes as soon as the node falls behind. */
  private void awaitBacklog() {
    while (flooded.get() - application.judged() < BACKLOG) {
      Thread.onSpinWait();
    }
  }

  /** Sends what the test posts, and listens for Pongs. */
  private static final class QuietPeer implements Behaviour {
    private final BlockingQueue<Long> pongs = new LinkedBlockingQueue<>();

    @Override
    public boolean sendMore(RawLink link) {
      return false;
    }

    @Override
    public void received(RawLink link, WireMessage message) {
      if (message instanceof WireMessage.Pong(long nonce)) {
        pongs.add(nonce);
      }
    }
  }
}
