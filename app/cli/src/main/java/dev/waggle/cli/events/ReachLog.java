package dev.waggle.cli.events;

import dev.waggle.ports.IpEndpoint;
import dev.waggle.ports.nat.Mapping;
import java.time.Clock;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells people whether others can dial the node, and through what. It remembers what routers have
 * said, for that explains the rest. Safe from any thread.
 */
final class ReachLog {
  private static final Logger log = LoggerFactory.getLogger(ReachLog.class);

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
  private static final DateTimeFormatter DATE_AND_TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

  /** Some routers, each by each protocol; of further ones lines say less. */
  private static final int MAX_MAPPINGS = 16;

  private final Clock clock;
  private final List<Mapping> mappings = new ArrayList<>();
  private @Nullable String failure;

  /**
   * A log of nothing yet.
   *
   * @param clock tells the time as its operator reads it
   */
  ReachLog(Clock clock) {
    this.clock = clock;
  }

  synchronized void accept(Event.OfReach event) {
    switch (event) {
      case Event.ReachabilityChanged e -> changed(e);
      case Event.Mapped e -> mapped(e.mapping());
      case Event.MappingLost e -> lost(e.mapping(), e.reason());
      case Event.MappingFailed e -> {
        failure = e.reason();
        log.debug("no router lets others through: {}", e.reason());
      }
      case Event.Punched e ->
          log.debug(
              "the link with {} was punched, in {} tries", e.peer().id().shortHex(), e.tries());
      case Event.PunchFailed e ->
          log.debug("no hole could be punched towards {}: {}", e.peer().shortHex(), e.reason());
    }
  }

  private void changed(Event.ReachabilityChanged event) {
    switch (event.state()) {
      case REACHABLE ->
          log.info(
              "others can dial this node{}",
              event.at() == null ? "" : " at " + event.at() + through(event.at()));
      case PRIVATE ->
          log.info(
              "nobody can dial this node: {}; forward its port on the router, or see"
                  + " external_address",
              why());
      case UNKNOWN -> log.info("it is not known any more whether others can dial this node");
    }
  }

  private String through(IpEndpoint at) {
    return mappings.stream()
        .filter(mapping -> mapping.external().equals(at))
        .findFirst()
        .map(mapping -> ", as %s lets through by %s".formatted(mapping.router(), word(mapping)))
        .orElse("");
  }

  private String why() {
    Optional<Mapping> vain = mappings.stream().findFirst();
    if (vain.isPresent()) {
      return "%s lets through at %s by %s, but something before it does not"
          .formatted(vain.get().router(), vain.get().external(), word(vain.get()));
    }
    return failure == null
        ? "peers have tried in vain"
        : "peers have tried in vain, and no router lets them through (" + failure + ")";
  }

  private void mapped(Mapping mapping) {
    failure = null;
    mappings.removeIf(mapping::isSameAs);
    if (mappings.size() < MAX_MAPPINGS) {
      mappings.add(mapping);
    }
    log.info(
        "{} lets others through at {} by {} until {}, and longer as that is renewed",
        mapping.router(),
        mapping.external(),
        word(mapping),
        until(mapping));
  }

  private void lost(Mapping mapping, String reason) {
    mappings.removeIf(mapping::isSameAs);
    log.info(
        "{} no longer lets others through at {} by {}: {}",
        mapping.router(),
        mapping.external(),
        word(mapping),
        reason);
  }

  private static String word(Mapping mapping) {
    return mapping.method().word();
  }

  private String until(Mapping mapping) {
    ZonedDateTime now = ZonedDateTime.now(clock);
    ZonedDateTime end = ReachJson.until(mapping, clock.millis()).atZone(clock.getZone());
    boolean isToday = end.toLocalDate().equals(now.toLocalDate());
    return end.format(isToday ? TIME : DATE_AND_TIME);
  }
}
