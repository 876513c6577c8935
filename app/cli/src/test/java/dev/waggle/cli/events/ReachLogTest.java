package dev.waggle.cli.events;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.waggle.ports.IpAddress;
import dev.waggle.ports.IpEndpoint;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.nat.Mapping;
import dev.waggle.ports.node.Reachability;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What the operator of a node behind a router reads in its log. */
class ReachLogTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-03-01T19:14:30Z"), ZoneOffset.ofHours(1));
  private static final IpEndpoint EXTERNAL = new IpEndpoint(IpAddress.ofIpv4(0xCB007107), 9000);

  private final Logger logger = (Logger) LoggerFactory.getLogger(ReachLog.class);
  private final ListAppender<ILoggingEvent> heard = new ListAppender<>();
  private final EventLog log = new EventLog(() -> 0, CLOCK);

  @BeforeEach
  void hear() {
    logger.setLevel(Level.INFO);
    logger.setAdditive(false);
    heard.start();
    logger.addAppender(heard);
  }

  @AfterEach
  void leave() {
    logger.detachAppender(heard);
    logger.setAdditive(true);
    logger.setLevel(null);
  }

  private static Mapping mapping(Duration lifetime) {
    return new Mapping(Mapping.Method.PCP, IpAddress.ofIpv4(0xC0A80101), EXTERNAL, lifetime);
  }

  private List<String> lines() {
    return heard.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  @Test
  void theWayFromARouterThatLetsThrough_toOneThatHasForgotten() {
    log.accept(new Event.Mapped(mapping(Duration.ofHours(2))));
    log.accept(new Event.ReachabilityChanged(Reachability.REACHABLE, EXTERNAL));
    log.accept(new Event.MappingLost(mapping(Duration.ofHours(1)), "no router answers"));
    log.accept(new Event.MappingFailed("no router answers"));
    log.accept(new Event.ReachabilityChanged(Reachability.PRIVATE, null));

    assertThat(lines())
        .containsExactly(
            "192.168.1.1 lets others through at 203.0.113.7:9000 by PCP until 22:14, and longer as"
                + " that is renewed",
            "others can dial this node at 203.0.113.7:9000, as 192.168.1.1 lets through by PCP",
            "192.168.1.1 no longer lets others through at 203.0.113.7:9000 by PCP: no router"
                + " answers",
            "nobody can dial this node: peers have tried in vain, and no router lets them through"
                + " (no router answers); forward its port on the router, or see external_address");
  }

  @Test
  void aMappingThatEndsOnAnotherDay_hasItsDate() {
    log.accept(new Event.Mapped(mapping(Duration.ofDays(7))));
    assertThat(lines()).singleElement().asString().contains(" until 2026-03-08 20:14, ");
  }

  @Test
  void aRouterThatLetsThroughInVain_isNamed() {
    log.accept(new Event.Mapped(mapping(Duration.ofHours(2))));
    log.accept(new Event.ReachabilityChanged(Reachability.PRIVATE, null));
    assertThat(lines())
        .last()
        .asString()
        .startsWith(
            "nobody can dial this node: 192.168.1.1 lets through at 203.0.113.7:9000 by PCP, but"
                + " something before it does not; ");
  }

  @Test
  void withoutARouterThatIsAsked_thereIsNoWordOfAny() {
    log.accept(new Event.ReachabilityChanged(Reachability.REACHABLE, EXTERNAL));
    log.accept(new Event.ReachabilityChanged(Reachability.UNKNOWN, null));
    log.accept(new Event.ReachabilityChanged(Reachability.PRIVATE, null));
    assertThat(lines())
        .containsExactly(
            "others can dial this node at 203.0.113.7:9000",
            "it is not known any more whether others can dial this node",
            "nobody can dial this node: peers have tried in vain; forward its port on the router,"
                + " or see external_address");
  }

  @Test
  void whatComesOftenOrIsNoNews_isForDebuggingOnly() {
    log.accept(new Event.MappingFailed("no router answers"));
    log.accept(new Event.PunchFailed(PeerId.ofHex("a1".repeat(32)), "no answer"));
    assertThat(lines()).isEmpty();

    logger.setLevel(Level.DEBUG);
    log.accept(new Event.MappingFailed("no router answers"));
    assertThat(lines()).containsExactly("no router lets others through: no router answers");
  }
}
