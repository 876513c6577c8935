package dev.waggle.cli.swap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.node.config.ConfigKeys;
import dev.waggle.node.config.NodeConfig;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.gossip.Delivery;
import dev.waggle.ports.gossip.Verdict;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.MessageId;
import java.nio.ByteBuffer;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Two nodes that send each other more than their queues hold, both at once: neither waits for the
 * other to read, so that both would wait for ever.
 */
@Timeout(120)
class CongestionTest {
  /** Half as much again as an outgoing queue holds. */
  private static final int MESSAGES = 6;

  private static final int PATIENCE_SECONDS = 90;

  @ParameterizedTest
  @CsvSource({"netty, netty", "nio, nio", "netty, nio"})
  void largestMessagesBothWaysAtOnce_allArrive(String listening, String dialling) throws Exception {
    try (Side listener = Side.listening(config(listening), "bincode");
        Side dialler = Side.dialling(listener, config(dialling), "bincode")) {
      listener.awaitPeer();
      dialler.awaitPeer();
      CountDownLatch there = expect(listener, dialler);
      CountDownLatch back = expect(dialler, listener);

      Thread one = Thread.ofPlatform().start(() -> publish(dialler, 1));
      Thread other = Thread.ofPlatform().start(() -> publish(listener, 2));
      assertThat(there.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).as("there").isTrue();
      assertThat(back.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).as("back").isTrue();
      one.join();
      other.join();
      assertThat(listener.disconnected()).isNotDone();
    }
  }

  /** Counts what {@code side} gets of {@code from}. */
  private static CountDownLatch expect(Side side, Side from) {
    CountDownLatch missing = new CountDownLatch(MESSAGES);
    Set<MessageId> ids = new LinkedHashSet<>();
    side.node()
        .gossip()
        .subscribe(
            (Delivery delivery) -> {
              if (from.node().peerId().equals(delivery.from()) && ids.add(delivery.id())) {
                missing.countDown();
              }
            });
    return missing;
  }

  /** The next one as soon as this node has taken the last, whether it has left or not. */
  private static void publish(Side side, int salt) {
    for (int i = 0; i < MESSAGES; i++) {
      byte[] payload = new byte[GossipMessage.MAX_PAYLOAD_BYTES];
      ByteBuffer.wrap(payload).putInt(salt).putInt(i);
      GossipMessage message = new GossipMessage.Block(Bytes.wrap(payload));
      assertThat(side.node().gossip().publish(message).toCompletableFuture().join())
          .isInstanceOf(Verdict.Accept.class);
    }
  }

  private static NodeConfig.Builder config(String transport) {
    return NodeConfig.builder()
        .parse(ConfigKeys.P2P_ADDR, "127.0.0.1:0")
        .parse(ConfigKeys.TRANSPORT, transport)
        .parse(ConfigKeys.IO_THREADS, "1");
  }
}
