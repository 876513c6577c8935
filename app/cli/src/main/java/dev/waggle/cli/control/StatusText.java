package dev.waggle.cli.control;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** What {@code status} answers, for people: a few lines. */
public final class StatusText {
  private static final int PID_IS_UNKNOWN = 0;

  /** The lines of an answer. */
  public static List<String> lines(JsonNode status) {
    List<String> lines = new ArrayList<>();
    add(lines, "PeerId", status.path("peerId").asString());
    add(lines, "version", status.path("version").asString());
    add(
        lines,
        "network",
        status.path("network").asString() + ", " + status.path("transport").asString());
    add(lines, "address", status.path("address").asString());
    JsonNode reach = status.path("reach");
    if (reach.isObject()) { // Of a node that is older than this, there is none.
      add(lines, "reach", ReachText.line(reach, status.path("peers").path("punched").asLong()));
    }
    add(lines, "running", running(status));
    add(lines, "chain", chain(status.path("chain")));
    add(lines, "peers", peers(status.path("peers")));
    add(lines, "traffic", traffic(status.path("traffic")));
    add(lines, "gossip", gossip(status.path("gossip")));
    JsonNode book = status.path("book");
    add(
        lines,
        "addresses",
        book.path("tried").asLong() + " reached, " + book.path("known").asLong() + " heard of");
    add(lines, "bans", status.path("bans").asString());
    add(lines, "load", load(status));
    return lines;
  }

  private static void add(List<String> lines, String name, String text) {
    lines.add(String.format(Locale.ROOT, "%-10s %s", name, text));
  }

  private static String running(JsonNode status) {
    long pid = status.path("pid").asLong(PID_IS_UNKNOWN);
    return "for "
        + Quantity.time(status.path("uptimeMillis").asLong())
        + (pid == PID_IS_UNKNOWN ? "" : ", as process " + pid);
  }

  private static String chain(JsonNode chain) {
    Instant time = Instant.ofEpochMilli(chain.path("tipTimeMillis").asLong());
    return "height "
        + chain.path("height").asLong()
        + " of "
        + time.truncatedTo(ChronoUnit.SECONDS)
        + ", tip "
        + chain.path("tip").asString()
        + ", "
        + chain.path("pending").asLong()
        + " transactions wait";
  }

  private static String peers(JsonNode peers) {
    return peers.path("outbound").asLong()
        + " outbound, "
        + peers.path("inbound").asLong()
        + " inbound";
  }

  private static String traffic(JsonNode traffic) {
    return "received "
        + Quantity.bytes(traffic.path("receivedBytes").asLong())
        + " in "
        + Quantity.count(traffic.path("receivedMessages").asLong())
        + " messages, sent "
        + Quantity.bytes(traffic.path("sentBytes").asLong())
        + " in "
        + Quantity.count(traffic.path("sentMessages").asLong());
  }

  private static String gossip(JsonNode gossip) {
    return Quantity.count(gossip.path("accepted").asLong())
        + " accepted, "
        + Quantity.count(gossip.path("ignored").asLong())
        + " ignored, "
        + Quantity.count(gossip.path("rejected").asLong())
        + " rejected, "
        + Quantity.count(gossip.path("duplicates").asLong())
        + " duplicates";
  }

  private static String load(JsonNode status) {
    JsonNode load = status.path("load");
    long uptime = Math.max(1, status.path("uptimeMillis").asLong());
    return "node thread "
        + String.format(Locale.ROOT, "%.1f", 100.0 * load.path("busyMillis").asLong() / uptime)
        + " % busy since the start, "
        + of(load, "incomingBytes", "incomingLimitBytes")
        + " received wait, "
        + of(load, "outgoingBytes", "outgoingLimitBytes")
        + " to be sent";
  }

  private static String of(JsonNode load, String taken, String limit) {
    return Quantity.bytes(load.path(taken).asLong())
        + " of "
        + Quantity.bytes(load.path(limit).asLong());
  }

  private StatusText() {}
}
