package dev.waggle.cli.control;

import dev.waggle.ports.nat.Mapping;
import dev.waggle.ports.node.Reachability;
import dev.waggle.ports.operator.ReachStatus;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** Whether others can dial a node, in one line for people. */
final class ReachText {
  /** More addresses than a node of IPv4 and IPv6 has; the rest only fills the line. */
  private static final int MAX_SHOWN = 2;

  /**
   * A line, of what a node answers as {@code reach}.
   *
   * @param punchedLinks that it has now
   */
  static String line(JsonNode reach, long punchedLinks) {
    String state = reach.path("state").asString();
    String links =
        punchedLinks == 0
            ? ""
            : "; " + punchedLinks + (punchedLinks == 1 ? " punched link" : " punched links");
    if (state.equals(Reachability.REACHABLE.word())) {
      return "reachable at " + addresses(reach) + links;
    }
    return (state.equals(Reachability.PRIVATE.word())
            ? "private: nobody can dial this node"
            : "not known yet whether others can dial this node")
        + unproven(reach.path("mappings"))
        + links;
  }

  /** Those at which somebody has reached the node. */
  private static String addresses(JsonNode reach) {
    List<String> proven = new ArrayList<>();
    for (JsonNode address : reach.path("addresses")) {
      if (address.path("state").asString().equals(Reachability.REACHABLE.word())) {
        String text = address.path("address").asString();
        proven.add(text + " (" + from(address, text, reach.path("mappings")) + ")");
      }
    }
    return shown(proven, ", ");
  }

  /** What routers say, which nobody has found to be so. */
  private static String unproven(JsonNode mappings) {
    List<String> said = new ArrayList<>();
    for (JsonNode mapping : mappings) {
      said.add(mapping.path("address").asString() + " is " + mapped(mapping));
    }
    return said.isEmpty() ? "" : "; " + shown(said, ", ");
  }

  private static String shown(List<String> all, String between) {
    int more = all.size() - MAX_SHOWN;
    return more <= 0
        ? String.join(between, all)
        : String.join(between, all.subList(0, MAX_SHOWN)) + between + more + " more";
  }

  /** By what it is that others come through to the node at {@code address}. */
  private static String from(JsonNode candidate, String address, JsonNode mappings) {
    for (JsonNode mapping : mappings) {
      if (mapping.path("address").asString().equals(address)) {
        return mapped(mapping);
      }
    }
    String source = candidate.path("source").asString();
    return Arrays.stream(ReachStatus.Source.values())
        .filter(known -> known.word().equals(source))
        .map(ReachText::words)
        .findAny()
        .orElse(source);
  }

  private static String words(ReachStatus.Source source) {
    return switch (source) {
      case EXTERNAL -> "as external_address says";
      case DIRECT -> "its own address";
      case MAPPED -> "mapped by a router";
      case OBSERVED -> "as peers see it";
    };
  }

  private static String mapped(JsonNode mapping) {
    return "mapped by %s on %s for another %s"
        .formatted(
            method(mapping.path("method").asString()),
            mapping.path("router").asString(),
            Quantity.wholeTime(mapping.path("leftMillis").asLong()));
  }

  private static String method(String name) {
    return Arrays.stream(Mapping.Method.values())
        .filter(known -> known.name().toLowerCase(Locale.ROOT).equals(name))
        .map(Mapping.Method::word)
        .findAny()
        .orElse(name);
  }

  private ReachText() {}
}
