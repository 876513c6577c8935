package dev.waggle.cli.nat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.cli.nat.ProbeProcess.Dialled;
import dev.waggle.cli.nat.ProbeProcess.Failed;
import dev.waggle.cli.nat.ProbeProcess.Linked;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is possible at all: plain sockets that dial each other at the same moment, from the port at
 * which they listen, through each pair of routers.
 */
@Tag("nat")
class SimultaneousOpenIT {
  /** A SYN that comes too early is sent again after one second, and then after two more. */
  private static final Duration THREE_SYNS = Duration.ofMillis(3500);

  private static final Duration SOON = Duration.ofSeconds(2);
  private static final int OBSERVED_AT = 7000;
  private static final int FIRST_PORT = 9000;

  @TempDir static Path dir;

  private static final List<AutoCloseable> closed = new ArrayList<>();
  private static final Map<NatKind, ProbeProcess> lefts = new EnumMap<>(NatKind.class);
  private static final Map<NatKind, ProbeProcess> rights = new EnumMap<>(NatKind.class);

  @SuppressWarnings("NullAway.Init") // before the test
  private static ProbeProcess observer;

  @BeforeAll
  static void open() throws Exception {
    Requirements.demand();
    Lab lab = Lab.open(dir);
    closed.addFirst(lab);
    observer = start(lab.host(NatKind.PUBLIC));
    for (NatKind kind : NatKind.values()) {
      lefts.put(kind, start(lab.host(kind)));
      rights.put(kind, start(lab.host(kind)));
    }
    observer.listen(OBSERVED_AT).join();
  }

  private static ProbeProcess start(Host host) throws IOException {
    ProbeProcess probe = ProbeProcess.start(host);
    closed.addFirst(probe);
    return probe;
  }

  @AfterAll
  static void close() throws Exception {
    for (AutoCloseable each : closed) {
      each.close();
    }
  }

  @Test
  void eachPair_links_ifPhysicsAllows() {
    Map<Pair, CompletableFuture<String>> punches = new LinkedHashMap<>();
    int port = FIRST_PORT;
    for (Pair pair : Pair.all()) {
      punches.put(pair, punch(lefts.get(pair.left()), rights.get(pair.right()), port++));
    }
    Map<Pair, String> outcomes = new LinkedHashMap<>();
    punches.forEach((pair, punch) -> outcomes.put(pair, punch.join()));
    System.out.println(Pair.table(outcomes));
    assertThat(outcomes)
        .allSatisfy(
            (pair, outcome) ->
                assertThat(outcome)
                    .as("%s", pair)
                    .isEqualTo(pair.canBePunched() ? "link" : "no answer"));
  }

  /** Both listen at a port, are seen by the observer from there, and dial what it has seen. */
  private static CompletableFuture<String> punch(ProbeProcess left, ProbeProcess right, int port) {
    String target = observer.host().outside() + ":" + OBSERVED_AT;
    CompletableFuture<String> leftSeen = seen(left, port, target);
    CompletableFuture<String> rightSeen = seen(right, port, target);
    return CompletableFuture.allOf(leftSeen, rightSeen)
        .thenCompose(
            _ ->
                left.dial(port, rightSeen.join(), THREE_SYNS)
                    .thenCombine(
                        right.dial(port, leftSeen.join(), THREE_SYNS),
                        (one, other) -> outcome(one, right.host(), other, left.host())));
  }

  private static CompletableFuture<String> seen(ProbeProcess probe, int port, String target) {
    return probe
        .listen(port)
        .thenCompose(_ -> probe.dial(port, target, SOON))
        .thenApply(dialled -> ((Linked) dialled).seen());
  }

  /** One of the two may have failed, since the connection that the other has made is its own. */
  private static String outcome(Dialled one, Host oneWanted, Dialled other, Host otherWanted) {
    if (one instanceof Failed failed && other instanceof Failed) {
      return failed.why();
    }
    boolean right = isOrFailed(one, oneWanted) && isOrFailed(other, otherWanted);
    return right ? "link" : "link with somebody else";
  }

  private static boolean isOrFailed(Dialled dialled, Host wanted) {
    return switch (dialled) {
      case Linked linked -> linked.peer().equals(wanted.name());
      case Failed _ -> true;
    };
  }
}
