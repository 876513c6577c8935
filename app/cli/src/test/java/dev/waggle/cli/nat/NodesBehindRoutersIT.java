package dev.waggle.cli.nat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.cli.control.ControlFailed;
import dev.waggle.ports.Endpoint;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** Whole nodes behind each kind of router, without any help: they dial, and nobody dials them. */
@Tag("nat")
class NodesBehindRoutersIT {
  @TempDir static Path dir;

  private static final List<AutoCloseable> closed = new ArrayList<>();
  private static final Map<NatKind, LabNode> nodes = new EnumMap<>(NatKind.class);

  @SuppressWarnings("NullAway.Init") // before all tests
  private static LabNode seed;

  @SuppressWarnings("NullAway.Init") // before all tests
  private static LabNode stranger;

  @BeforeAll
  static void open() throws Exception {
    Requirements.demand();
    Lab lab = Lab.open(dir);
    closed.addFirst(lab);
    seed = start(lab, NatKind.PUBLIC, "--transport", "netty");
    stranger = start(lab, NatKind.PUBLIC, "--transport", "nio");
    for (NatKind kind : NatKind.values()) {
      String transport = nodes.size() % 2 == 0 ? "netty" : "nio";
      nodes.put(
          kind,
          start(lab, kind, "--transport", transport, "--connect", seed.seed(), "--nat", "off"));
    }
  }

  private static LabNode start(Lab lab, NatKind kind, String... more) throws Exception {
    LabNode node = LabNode.start(lab.host(kind), dir, more);
    closed.addFirst(node);
    return node;
  }

  @AfterAll
  static void close() throws Exception {
    for (AutoCloseable each : closed) {
      each.close();
    }
  }

  @ParameterizedTest
  @EnumSource
  void itLinksWithTheSeed_whichSeesItsRouter(NatKind kind) throws Exception {
    LabNode node = Objects.requireNonNull(nodes.get(kind));
    assertThat(node.awaitLink(seed).get("direction").asString()).isEqualTo("outbound");
    JsonNode seen = seed.awaitLink(node);
    assertThat(seen.get("direction").asString()).isEqualTo("inbound");
    assertThat(Endpoint.parse(seen.get("address").asString()).host())
        .isEqualTo(node.host().outside());
  }

  /** All at once, for each of these dials takes its whole time. */
  @Test
  void nobodyElseReachesThem_exceptThePublicOne() {
    Map<NatKind, String> outcomes = new ConcurrentHashMap<>();
    CompletableFuture.allOf(
            nodes.entrySet().stream()
                .map(
                    each ->
                        run(() -> outcomes.put(each.getKey(), dialFromOutside(each.getValue()))))
                .toArray(CompletableFuture[]::new))
        .join();
    assertThat(outcomes)
        .containsOnlyKeys(NatKind.values())
        .allSatisfy(
            (kind, outcome) ->
                assertThat(outcome)
                    .as("%s", kind)
                    .isEqualTo(kind == NatKind.PUBLIC ? "linked" : "timed-out"));
  }

  private static String dialFromOutside(LabNode node) {
    try {
      JsonNode answer = stranger.connect(node.seed());
      return answer.get("linked").asBoolean() ? "linked" : answer.get("reason").asString();
    } catch (ControlFailed e) {
      return e.getMessage();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "interrupted";
    }
  }

  private static CompletableFuture<Void> run(Runnable task) {
    return CompletableFuture.runAsync(task, Thread::startVirtualThread);
  }
}
