package dev.waggle.domain.addresses;

import static dev.waggle.domain.addresses.Books.at;
import static dev.waggle.domain.addresses.Books.ip;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.crypto.toy.SeededRandom;
import dev.waggle.domain.chance.Draws;
import dev.waggle.domain.keyed.SipHash;
import dev.waggle.domain.time.Alarm;
import dev.waggle.ports.Endpoint;
import dev.waggle.ports.IpEndpoint;
import dev.waggle.ports.PeerAddress;
import dev.waggle.ports.node.DialWay;
import dev.waggle.ports.node.Direction;
import dev.waggle.ports.node.LinkId;
import dev.waggle.ports.node.Links;
import dev.waggle.ports.node.PeerInfo;
import dev.waggle.ports.node.Reachability;
import dev.waggle.ports.transport.CloseReason;
import dev.waggle.ports.wire.WireMessage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which of its own addresses a node tells others (PROTOCOL §9.9). */
class OwnAddressToldTest {
  private static final IpEndpoint DIRECT = at("20.1.1.1");
  private static final IpEndpoint AGREED = at("21.1.1.1");
  private static final IpEndpoint EXTERNAL = at("22.1.1.1");
  private static final IpEndpoint MAPPED = at("23.1.1.1");
  private static final IpEndpoint MAPPED_IPV6 = at("2a00:1::1");
  private static final long NOW = 5;

  private record Known(boolean canAsk, Reachability state, List<IpEndpoint> reachable)
      implements DialledBack {
    @Override
    public Reachability of(IpEndpoint endpoint) {
      return state;
    }
  }

  @ParameterizedTest
  @CsvSource({
    // What the node knows beside what peers agree on; whether it can ask; what came of asking all
    // of these; where else it was reached; what it tells.
    "NONE, false, UNKNOWN, NONE, AGREED",
    "NONE, true, UNKNOWN, NONE, NONE",
    "NONE, true, PRIVATE, NONE, NONE",
    "NONE, false, PRIVATE, NONE, NONE",
    "NONE, true, UNKNOWN, MAPPED, MAPPED",
    "NONE, false, UNKNOWN, MAPPED, MAPPED",
    "NONE, true, PRIVATE, BOTH, BOTH",
    "DIRECT, false, UNKNOWN, NONE, DIRECT",
    "DIRECT, true, UNKNOWN, NONE, DIRECT",
    "DIRECT, true, REACHABLE, NONE, DIRECT",
    "DIRECT, true, PRIVATE, NONE, NONE",
    "DIRECT, true, UNKNOWN, MAPPED, MAPPED",
    "EXTERNAL, true, UNKNOWN, NONE, EXTERNAL",
    "EXTERNAL, true, PRIVATE, NONE, EXTERNAL",
    "EXTERNAL, true, PRIVATE, MAPPED, EXTERNAL",
  })
  void told(String knows, boolean canAsk, Reachability state, String reached, String told) {
    assertThat(told(knows.equals("EXTERNAL") ? EXTERNAL : null, knows, canAsk, state, reached))
        .isEqualTo(named(told));
  }

  private static List<IpEndpoint> named(String name) {
    return switch (name) {
      case "DIRECT" -> List.of(DIRECT);
      case "AGREED" -> List.of(AGREED);
      case "EXTERNAL" -> List.of(EXTERNAL);
      case "MAPPED" -> List.of(MAPPED);
      case "BOTH" -> List.of(MAPPED, MAPPED_IPV6);
      default -> List.of();
    };
  }

  private static List<IpEndpoint> told(
      @Nullable IpEndpoint external,
      String knows,
      boolean canAsk,
      Reachability state,
      String reached) {
    Told links = new Told();
    OwnAddress own = new OwnAddress(external);
    AddressExchange exchange =
        new AddressExchange(
            Books.book(1),
            true,
            own,
            new Known(canAsk, state, named(reached)),
            (_, _) -> false,
            links,
            new SipHash(5, 6),
            new Draws(new SeededRandom(3)),
            new Alarm());
    exchange.listensAt(at("0.0.0.0"));
    own.strangerCame(NOW);
    for (int i = 1; i <= 3; i++) {
      own.observed(AGREED.address(), ip("10.0.0.5"), NetworkGroup.of(ip("30." + i + ".1.1")));
    }
    if (knows.equals("DIRECT")) {
      own.observed(DIRECT.address(), DIRECT.address(), NetworkGroup.of(ip("31.1.1.1")));
    }
    PeerInfo info =
        new PeerInfo(
            Books.peer(1),
            new Endpoint("32.1.1.1", 9000),
            new Endpoint("10.0.0.5", 40000),
            Direction.OUTBOUND,
            "toy",
            "bincode",
            List.of());
    exchange.linked(new LinkId(1), info, NOW);
    return links.told;
  }

  /** Remembers the addresses that were told. */
  private static final class Told implements Links {
    private final List<IpEndpoint> told = new ArrayList<>();

    @Override
    public void dial(PeerAddress address, DialWay way) {
      throw new AssertionError("an exchange dials nobody");
    }

    @Override
    public boolean send(LinkId link, WireMessage message) {
      if (message instanceof WireMessage.Addr(var records)) {
        records.forEach(record -> told.add(record.endpoint()));
      }
      return true;
    }

    @Override
    public boolean takesMore(LinkId link) {
      return true;
    }

    @Override
    public void close(LinkId link, CloseReason why) {
      throw new AssertionError("an exchange closes nothing");
    }

    @Override
    public long lastHeardNanos(LinkId link) {
      return 0;
    }

    @Override
    public long blockedSinceNanos(LinkId link) {
      return NOT_BLOCKED;
    }
  }
}
