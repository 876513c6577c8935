package dev.waggle.operator.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.chain.AcceptedBlock;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.Endpoint;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.node.Direction;
import dev.waggle.ports.node.PeerInfo;
import dev.waggle.ports.operator.HandshakeObserver.Outcome;
import dev.waggle.ports.wire.MessageId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeMetricsTest {
  private static final long NOW = 1_700_000_100_000L;
  private static final PeerId PEER = PeerId.ofHex("cd".repeat(32));

  private final AtomicLong nanos = new AtomicLong();
  private final FakeNode node = new FakeNode();
  private final NodeMetrics metrics =
      new NodeMetrics("1.2", () -> Instant.ofEpochMilli(NOW), Duration.ofSeconds(10), nanos::get);

  @TempDir Path dataDir;

  @AfterEach
  void close() {
    metrics.close();
  }

  /**
   * Each number that {@link FakeNode} says is another one, so none can stand in the wrong place.
   */
  @Test
  void whatTheNodeSays_isExported() throws Exception {
    node.link(1, Direction.INBOUND, "mlkem768-mldsa65", 5);
    node.link(2, Direction.OUTBOUND, "mlkem768-mldsa65", -1);
    node.link(2, Direction.OUTBOUND, "x25519mlkem768-mldsa65", 0);
    watch();

    assertThat(lines()).containsAll(expected());
  }

  @Test
  void beforeTheNodeRuns_thereIsOnlyItsProcess() throws Exception {
    assertThat(lines())
        .contains("waggle_build_info{java=\"%s\",version=\"1.2\"} 1".formatted(Runtime.version()))
        .noneMatch(line -> line.startsWith("ethereum_") || line.contains("NaN"));
  }

  @Test
  void linksThatHaveEnded_areNoneAndNotNothing() throws Exception {
    node.link(1, Direction.INBOUND, "mlkem768-mldsa65", 0);
    watch();
    String name =
        "waggle_links{codec=\"bincode\",direction=\"inbound\",suite=\"mlkem768-mldsa65\"}";
    assertThat(lines()).contains(name + " 1.0");

    node.unlinkAll();
    nanos.addAndGet(SharedStatus.FRESH.toNanos());
    assertThat(lines()).contains(name + " 0.0", "waggle_peers 0.0");
  }

  @Test
  void whoScrapesAllTheTime_getsTheSameAgain() throws Exception {
    watch();
    Bytes text = metrics.scrape(MetricsHandler.TEXT);
    assertThat(metrics.scrape(MetricsHandler.TEXT)).isSameAs(text);
    assertThat(metrics.scrape(MetricsHandler.OPEN_METRICS)).isNotSameAs(text);

    nanos.addAndGet(SharedStatus.FRESH.toNanos());
    assertThat(metrics.scrape(MetricsHandler.TEXT)).isNotSameAs(text);
  }

  @Test
  void handshakes_areCountedByDirectionSuiteAndOutcome() throws Exception {
    metrics
        .handshakes()
        .handshaken(Direction.INBOUND, "s", Outcome.ESTABLISHED, Duration.ofMillis(20));
    metrics.handshakes().handshaken(Direction.OUTBOUND, null, Outcome.LOST, Duration.ofMillis(7));
    String established = "{direction=\"inbound\",outcome=\"established\",suite=\"s\"";
    assertThat(lines())
        .contains(
            "waggle_handshake_seconds_count" + established + "} 1",
            "waggle_handshake_seconds_sum" + established + "} 0.02",
            "waggle_handshake_seconds_bucket" + established + ",le=\"0.01\"} 0",
            "waggle_handshake_seconds_bucket" + established + ",le=\"0.03\"} 1",
            "waggle_handshake_seconds_count{direction=\"outbound\",outcome=\"lost\",suite=\"none\"}"
                + " 1",
            "waggle_handshake_seconds_count{direction=\"inbound\",outcome=\"refused\",suite=\"none\"}"
                + " 0");
  }

  @Test
  void propagation_isOfPeersBlocksWhileNotCatchingUp() throws Exception {
    accept(NOW - 4_000, PEER, 0);
    accept(NOW + 9_000, PEER, 0);
    accept(NOW - 70_000, null, 0);
    metrics.catchingUp().catchingUp(0, 5);
    accept(NOW - 70_000, PEER, 0);
    metrics.catchingUp().caughtUp(1, true);
    accept(NOW - 1_000, PEER, 0);
    assertThat(lines())
        .contains(
            "waggle_block_propagation_seconds_count 3",
            "waggle_block_propagation_seconds_sum 5.0",
            "waggle_blocks_accepted_total{origin=\"peer\"} 4.0",
            "waggle_blocks_accepted_total{origin=\"here\"} 1.0");
  }

  @Test
  void theBestKnownBlock_isAheadWhileItCatchesUp() throws Exception {
    watch();
    metrics.catchingUp().catchingUp(10, 7);
    accept(NOW, PEER, 0);
    accept(NOW, PEER, 0);
    assertThat(lines())
        .contains(
            "ethereum_blockchain_height 41.0",
            "ethereum_best_known_block_number 46.0",
            "waggle_sync_catching_up 1.0");

    metrics.catchingUp().caughtUp(12, false);
    nanos.addAndGet(SharedStatus.FRESH.toNanos());
    assertThat(lines())
        .contains("ethereum_best_known_block_number 41.0", "waggle_sync_catching_up 0.0");
  }

  @Test
  void whatBecomesOfTheChain_isCounted() throws Exception {
    accept(NOW, PEER, 3);
    accept(NOW, PEER, 2);
    metrics.chain().blockRejected(MessageId.ofHex("ab".repeat(32)), "no proof", PEER);
    metrics.chain().storeFailed(new IOException("disk full"));
    assertThat(lines())
        .contains(
            "waggle_chain_reorganisations_total 2.0",
            "waggle_chain_abandoned_blocks_total 5.0",
            "waggle_blocks_rejected_total 1.0",
            "waggle_store_failing 1.0",
            "waggle_store_failures_total 1.0");

    metrics.chain().storeRecovered();
    assertThat(lines()).contains("waggle_store_failing 0.0", "waggle_store_failures_total 1.0");
  }

  @Test
  void whatAStrangerSays_isNoLabel() throws Exception {
    PeerInfo peer =
        new PeerInfo(
            PEER,
            new Endpoint("192.0.2.1", 9000),
            new Endpoint("192.0.2.2", 9000),
            Direction.INBOUND,
            "mlkem768-mldsa65",
            "bincode",
            List.of());
    long before = lines().size();
    for (String reason :
        List.of(
            "goodbye: misbehaviour",
            "goodbye: you will not guess",
            "failed: " + PEER,
            "local: duplicate-link",
            "reset",
            "what is this")) {
      metrics.links().peerDisconnected(peer, reason);
    }
    assertThat(lines())
        .hasSize(Math.toIntExact(before))
        .contains(
            "waggle_links_ended_total{reason=\"goodbye-misbehaviour\"} 1.0",
            "waggle_links_ended_total{reason=\"failed\"} 1.0",
            "waggle_links_ended_total{reason=\"local\"} 1.0",
            "waggle_links_ended_total{reason=\"reset\"} 1.0",
            "waggle_links_ended_total{reason=\"other\"} 2.0");
  }

  private void accept(long timeMillis, @Nullable PeerId from, int abandoned) {
    metrics
        .chain()
        .blockAccepted(
            new AcceptedBlock(
                MessageId.ofHex("ab".repeat(32)),
                7,
                timeMillis,
                PEER,
                from,
                true,
                abandoned,
                0,
                5418));
  }

  private void watch() {
    metrics.watch(node, node, FakeNode.PEER_LIMIT, dataDir);
  }

  /** What is exported of Waggle, without comments and what the process does meanwhile. */
  private List<String> lines() throws NoAnswer {
    return new String(metrics.scrape(MetricsHandler.TEXT).borrowArray(), StandardCharsets.UTF_8)
        .lines()
        .filter(line -> line.startsWith("waggle_") || line.startsWith("ethereum_"))
        .toList();
  }

  private static List<String> expected() throws IOException {
    try (InputStream file = NodeMetricsTest.class.getResourceAsStream("expected.txt")) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }
}
