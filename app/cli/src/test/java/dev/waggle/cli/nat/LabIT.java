package dev.waggle.cli.nat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.cli.nat.NatKind.Filtering;
import dev.waggle.cli.nat.NatKind.Mapping;
import dev.waggle.cli.nat.ProbeProcess.Dialled;
import dev.waggle.cli.nat.ProbeProcess.Failed;
import dev.waggle.cli.nat.ProbeProcess.Linked;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * That the lab's routers are what they are called: mapping and filtering are looked at from two
 * public hosts, as RFC 5780 does with UDP.
 */
@Tag("nat")
class LabIT {
  /** A connection inside one machine stands at once, or never. */
  private static final Duration SOON = Duration.ofSeconds(1);

  private static final int MAPPED = 9000;
  private static final int FILTERED = 9001;

  /** The host listens there, but nothing has gone out from it. */
  private static final int SILENT = 9002;

  private static final int ASKED_FOR = 9003;
  private static final int PORT = 7000;
  private static final int OTHER_PORT = 7001;

  @TempDir static Path dir;

  private static final List<AutoCloseable> closed = new ArrayList<>();
  private static final Map<NatKind, ProbeProcess> probes = new EnumMap<>(NatKind.class);

  @SuppressWarnings("NullAway.Init") // before all tests
  private static ProbeProcess contacted;

  @SuppressWarnings("NullAway.Init") // before all tests
  private static ProbeProcess stranger;

  @BeforeAll
  static void open() throws Exception {
    Requirements.demand();
    Lab lab = Lab.open(dir);
    closed.addFirst(lab);
    contacted = start(lab.host(NatKind.PUBLIC));
    stranger = start(lab.host(NatKind.PUBLIC));
    List<CompletableFuture<?>> listening = new ArrayList<>();
    for (NatKind kind : NatKind.values()) {
      ProbeProcess probe = start(lab.host(kind));
      probes.put(kind, probe);
      for (int port : List.of(MAPPED, FILTERED, SILENT, ASKED_FOR)) {
        listening.add(probe.listen(port));
      }
    }
    for (int port : List.of(PORT, OTHER_PORT)) {
      listening.add(contacted.listen(port));
      listening.add(stranger.listen(port));
    }
    CompletableFuture.allOf(listening.toArray(CompletableFuture[]::new)).join();
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

  @ParameterizedTest
  @EnumSource
  void mapping_isWhatTheKindSays_andNeverThePortInside(NatKind kind) {
    ProbeProcess probe = probe(kind);
    Set<Integer> ports = new HashSet<>();
    for (String remote :
        List.of(at(contacted, PORT), at(contacted, OTHER_PORT), at(stranger, PORT))) {
      Linked linked = linked(probe.dial(MAPPED, remote, SOON));
      assertThat(linked.seenHost()).isEqualTo(probe.host().outside());
      ports.add(linked.seenPort());
    }
    if (kind == NatKind.PUBLIC) {
      assertThat(ports).containsExactly(MAPPED);
    } else {
      assertThat(ports).doesNotContain(MAPPED);
    }
    switch (kind.mapping()) {
      case Mapping.ENDPOINT_INDEPENDENT -> assertThat(ports).hasSize(1);
      case Mapping.ADDRESS_AND_PORT_DEPENDENT -> assertThat(ports).hasSizeGreaterThan(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void filtering_isWhatTheKindSays_andWithoutAWord(NatKind kind) throws Exception {
    ProbeProcess probe = probe(kind);
    Linked out = linked(probe.dial(FILTERED, at(contacted, PORT), SOON));
    String open = out.seen();
    // All routers here change ports by an exclusive or.
    String silent = out.seenHost() + ":" + (out.seenPort() ^ FILTERED ^ SILENT);
    long before = probe.host().dropped();

    var fromOtherPort = contacted.dial(0, open, SOON);
    var fromStranger = stranger.dial(0, open, SOON);
    var atSilent = contacted.dial(0, silent, SOON);
    var strangerAtSilent = stranger.dial(0, silent, SOON);

    Filtering filtering = kind.filtering();
    int dropped = 0;
    dropped += check(fromOtherPort, filtering != Filtering.ADDRESS_AND_PORT_DEPENDENT, probe);
    dropped +=
        check(
            fromStranger,
            filtering == Filtering.NONE || filtering == Filtering.ENDPOINT_INDEPENDENT,
            probe);
    dropped += check(atSilent, filtering == Filtering.NONE, probe);
    dropped += check(strangerAtSilent, filtering == Filtering.NONE, probe);
    assertThat(probe.host().dropped() - before).as("dropped").isGreaterThanOrEqualTo(dropped);
  }

  @Test
  void miniupnpd_letsEverybodyIn_whereItWasAsked() throws Exception {
    ProbeProcess probe = probe(NatKind.MINIUPNPD);
    String mapped = probe.map(ASKED_FOR).join();
    assertThat(mapped).isEqualTo(Integer.toString(ASKED_FOR));
    String remote = probe.host().outside() + ":" + mapped;
    assertThat(linked(stranger.dial(0, remote, SOON)).peer()).isEqualTo(probe.host().name());
  }

  /** Nothing listens there, as their ICMP says. */
  @Test
  void otherRouters_areDeafToSuchRequests() throws Exception {
    assertThat(probe(NatKind.PORT_RESTRICTED).map(ASKED_FOR).join()).contains("PortUnreachable");
  }

  @ParameterizedTest
  @EnumSource
  void ipv6_goesOut_andIsLetInToNobody(NatKind kind) throws Exception {
    ProbeProcess probe = probe(kind);
    Dialled out = probe.dial(0, contacted.host().ipv6() + ":" + PORT, SOON).join();
    String inside = probe.host().ipv6() + ":" + FILTERED;
    Dialled in = stranger.dial(0, inside, SOON).join();
    switch (kind) {
      case PUBLIC -> {
        assertThat(out).isInstanceOf(Linked.class);
        assertThat(in).isInstanceOf(Linked.class);
      }
      case FULL_CONE, RESTRICTED, PORT_RESTRICTED, SYMMETRIC, MINIUPNPD -> {
        assertThat(out).isInstanceOf(Linked.class);
        assertThat(in).isEqualTo(new Failed("no answer"));
      }
      case DOUBLE -> {
        assertThat(out).isInstanceOf(Failed.class);
        assertThat(in).isInstanceOf(Failed.class);
      }
    }
  }

  /** How many packets at least this has cost the router. */
  private static int check(CompletableFuture<Dialled> dial, boolean letIn, ProbeProcess probe) {
    if (letIn) {
      assertThat(linked(dial).peer()).isEqualTo(probe.host().name());
      return 0;
    }
    assertThat(dial.join()).isEqualTo(new Failed("no answer"));
    return 1;
  }

  private static ProbeProcess probe(NatKind kind) {
    return Objects.requireNonNull(probes.get(kind));
  }

  private static String at(ProbeProcess probe, int port) {
    return probe.host().outside() + ":" + port;
  }

  private static Linked linked(CompletableFuture<Dialled> dial) {
    assertThat(dial.join()).isInstanceOf(Linked.class);
    return (Linked) dial.join();
  }
}
