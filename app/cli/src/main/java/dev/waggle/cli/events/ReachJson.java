package dev.waggle.cli.events;

import dev.waggle.ports.nat.Mapping;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/** The fields of events that tell of whether others can dial the node. */
final class ReachJson {
  static String name(Event.OfReach event) {
    return switch (event) {
      case Event.ReachabilityChanged _ -> "reachability";
      case Event.Mapped _ -> "mapped";
      case Event.MappingLost _ -> "mapping-lost";
      case Event.MappingFailed _ -> "mapping-failed";
      case Event.Punched _ -> "punched";
      case Event.PunchFailed _ -> "punch-failed";
    };
  }

  /**
   * Adds them.
   *
   * @param atMillis of the event, since the epoch
   */
  static void put(ObjectNode json, Event.OfReach event, long atMillis) {
    switch (event) {
      case Event.ReachabilityChanged e ->
          json.put("state", e.state().word())
              .put("address", e.at() == null ? null : e.at().toString());
      case Event.Mapped e ->
          mapping(json, e.mapping()).put("until", until(e.mapping(), atMillis).toString());
      case Event.MappingLost e -> mapping(json, e.mapping()).put("reason", e.reason());
      case Event.MappingFailed e -> json.put("reason", e.reason());
      case Event.Punched e ->
          json.put("peerId", e.peer().id().hex())
              .put("address", e.peer().remote().toString())
              .put("tries", e.tries());
      case Event.PunchFailed e -> json.put("peerId", e.peer().hex()).put("reason", e.reason());
    }
  }

  private static ObjectNode mapping(ObjectNode json, Mapping mapping) {
    return json.put("method", mapping.method().name().toLowerCase(Locale.ROOT))
        .put("router", mapping.router().toString())
        .put("address", mapping.external().toString());
  }

  /** When a mapping ends that was made at {@code atMillis}, to a second. */
  static Instant until(Mapping mapping, long atMillis) {
    return Instant.ofEpochMilli(atMillis).plus(mapping.lifetime()).truncatedTo(ChronoUnit.SECONDS);
  }

  private ReachJson() {}
}
