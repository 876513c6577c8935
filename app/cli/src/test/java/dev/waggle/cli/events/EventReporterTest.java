package dev.waggle.cli.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.ports.Endpoint;
import dev.waggle.ports.IpAddress;
import dev.waggle.ports.IpEndpoint;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.nat.Mapping;
import dev.waggle.ports.node.Direction;
import dev.waggle.ports.node.PeerInfo;
import dev.waggle.ports.node.Reachability;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventReporterTest {
  private static final PeerId PEER = PeerId.ofHex("a1".repeat(32));
  private static final IpEndpoint EXTERNAL = new IpEndpoint(IpAddress.ofIpv4(0xCB007107), 9000);

  private final List<Event> heard = new ArrayList<>();
  private final EventReporter reporter = new EventReporter(heard::add);

  @Test
  void whatBecomesOfReachability_isToldAsItCame() {
    Mapping mapping =
        new Mapping(
            Mapping.Method.UPNP, IpAddress.ofIpv4(0xC0A80101), EXTERNAL, Duration.ofHours(1));
    PeerInfo peer =
        new PeerInfo(
            PEER,
            new Endpoint("192.0.2.7", 9000),
            new Endpoint("192.0.2.1", 9000),
            Direction.OUTBOUND,
            "mlkem768-mldsa65",
            "bincode",
            List.of());

    reporter.mapped(mapping);
    reporter.reachabilityChanged(Reachability.REACHABLE, EXTERNAL);
    reporter.mappingLost(mapping, "gone");
    reporter.mappingFailed("no router answers");
    reporter.reachabilityChanged(Reachability.PRIVATE, null);
    reporter.punched(peer, 2);
    reporter.punchFailed(PEER, "too late");

    assertThat(heard)
        .containsExactly(
            new Event.Mapped(mapping),
            new Event.ReachabilityChanged(Reachability.REACHABLE, EXTERNAL),
            new Event.MappingLost(mapping, "gone"),
            new Event.MappingFailed("no router answers"),
            new Event.ReachabilityChanged(Reachability.PRIVATE, null),
            new Event.Punched(peer, 2),
            new Event.PunchFailed(PEER, "too late"));
  }
}
