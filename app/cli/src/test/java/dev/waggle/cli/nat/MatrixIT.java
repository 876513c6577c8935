package dev.waggle.cli.nat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two nodes behind each pair of routers, and public ones that they know. All pairs at once: each
 * host has a node for each of its pairs, and each pair a network of its own, so that nobody else
 * gets in their way.
 */
@Tag("nat")
class MatrixIT {
  /** Of all pairs together: until nodes know that nobody can dial them, and for three tries. */
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  private static final List<String> TRANSPORTS = List.of("netty", "nio");

  /**
   * Two of these are dialled from the listening port; of the others three are enough to say that
   * nobody can dial a node.
   */
  private static final int RELAYS = 5;

  private static final int FIRST_PORT = 9000;

  /** What a pair has for itself: a network, with nodes at one port of their hosts. */
  private record Room(int number, Pair pair, String transport) {
    static List<Room> all() {
      List<Room> rooms = new ArrayList<>();
      for (String transport : TRANSPORTS) {
        Pair.all().forEach(pair -> rooms.add(new Room(rooms.size(), pair, transport)));
      }
      return rooms;
    }

    String name() {
      return "pair-" + number;
    }

    int port() {
      return FIRST_PORT + number;
    }

    /** The settings of its nodes. */
    List<String> settings() {
      return List.of("network=" + name(), "transport=" + transport, "io_threads=1");
    }
  }

  @TempDir Path dir;

  private final List<AutoCloseable> closed = new ArrayList<>();
  private final List<HostProcess> relays = new ArrayList<>();
  private final Map<NatKind, HostProcess> lefts = new EnumMap<>(NatKind.class);
  private final Map<NatKind, HostProcess> rights = new EnumMap<>(NatKind.class);

  @BeforeAll
  static void machineHasAll() throws Exception {
    Requirements.demand();
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : closed) {
      each.close();
    }
  }

  @Test
  void eachPair_links_ifPhysicsAllows_overEachTransport() throws Exception {
    startHosts();
    long deadlineNanos = System.nanoTime() + PATIENCE.toNanos();
    Map<Room, List<String>> known = startRelays(deadlineNanos);
    Map<Room, Encounter> encounters = new LinkedHashMap<>();
    for (Map.Entry<Room, List<String>> each : known.entrySet()) {
      encounters.put(each.getKey(), meet(each.getKey(), each.getValue()));
    }
    for (Encounter each : encounters.values()) {
      each.introduce(deadlineNanos);
    }
    Map<Room, Encounter.Outcome> outcomes = new LinkedHashMap<>();
    for (Map.Entry<Room, Encounter> each : encounters.entrySet()) {
      outcomes.put(each.getKey(), each.getValue().await(deadlineNanos));
    }
    TRANSPORTS.forEach(transport -> print(transport, outcomes));
    assertThat(outcomes)
        .allSatisfy(
            (room, outcome) ->
                assertThat(outcome)
                    .as(() -> room + ": " + encounters.get(room))
                    .matches(
                        it -> it.linked() == room.pair().canLink() && !it.isSilent(),
                        "is what physics allows, or says why not"));
  }

  private static void print(String transport, Map<Room, Encounter.Outcome> outcomes) {
    Map<Pair, String> cells = new LinkedHashMap<>();
    int links = 0;
    for (Map.Entry<Room, Encounter.Outcome> each : outcomes.entrySet()) {
      if (each.getKey().transport().equals(transport)) {
        cells.put(each.getKey().pair(), each.getValue().words());
        links += each.getValue().linked() ? 1 : 0;
      }
    }
    System.out.printf(
        "%n%s: %d of %d pairs%n%n%s%n", transport, links, cells.size(), Pair.table(cells));
  }

  private void startHosts() throws IOException, InterruptedException {
    Lab lab = Lab.open(dir);
    closed.addFirst(lab);
    for (int i = 0; i < RELAYS; i++) {
      relays.add(start(lab.host(NatKind.PUBLIC)));
    }
    for (NatKind kind : NatKind.values()) {
      lefts.put(kind, start(lab.host(kind)));
      rights.put(kind, start(lab.host(kind)));
    }
  }

  private HostProcess start(Host host) throws IOException {
    HostProcess process = HostProcess.start(host, Room.all().size(), dir);
    closed.addFirst(process);
    return process;
  }

  /** For each room its own; the result is where they are. */
  private Map<Room, List<String>> startRelays(long deadlineNanos)
      throws IOException, InterruptedException {
    Map<Room, List<String>> known = new LinkedHashMap<>();
    List<HostNode> started = new ArrayList<>();
    for (Room room : Room.all()) {
      List<String> addresses = new ArrayList<>();
      for (HostProcess host : relays) {
        HostNode relay = host.node(room.name(), room.port(), List.of(), room.settings());
        started.add(relay);
        addresses.add(relay.address());
      }
      known.put(room, addresses);
    }
    for (HostNode relay : started) {
      var _ = relay.peerId(deadlineNanos); // It listens.
    }
    return known;
  }

  private Encounter meet(Room room, List<String> known) throws IOException {
    HostProcess left = Objects.requireNonNull(lefts.get(room.pair().left()));
    HostProcess right = Objects.requireNonNull(rights.get(room.pair().right()));
    return new Encounter(
        room.pair(),
        left.node(room.name(), room.port(), known, room.settings()),
        right.node(room.name(), room.port(), known, room.settings()));
  }
}
