package dev.waggle.cli.control;

import static dev.waggle.cli.control.TextTable.Column.number;
import static dev.waggle.cli.control.TextTable.Column.words;

import dev.waggle.cli.control.TextTable.Column;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What {@code peers} answers, as a table: for a terminal of 120 columns, or all there is. */
public final class PeersTable {
  public static final int COLUMNS = 120;

  private static final int SHORT_ID = 8;
  private static final int SHORT_SUITE = 7;
  private static final int SHORT_CODEC = 3;

  /** The lines of an answer. */
  public static List<String> lines(JsonNode answer, boolean wide) {
    List<String> lines = new ArrayList<>();
    JsonNode peers = answer.path("peers");
    lines.add(summary(peers, answer.path("transport").asString()));
    JsonNode reach = answer.path("reach");
    if (reach.isObject()) { // Of a node that is older than this, there is none.
      lines.add(ReachText.line(reach, punchedLinks(peers)));
    }
    if (!peers.isEmpty()) {
      lines.addAll(table(peers, wide).lines(wide ? Integer.MAX_VALUE : COLUMNS));
    }
    return lines;
  }

  private static String summary(JsonNode peers, String transport) {
    int outbound = 0;
    for (JsonNode peer : peers) {
      outbound += isOutbound(peer) ? 1 : 0;
    }
    return "peers: "
        + peers.size()
        + ", "
        + outbound
        + " outbound, "
        + (peers.size() - outbound)
        + " inbound; transport "
        + transport;
  }

  private static TextTable table(JsonNode peers, boolean wide) {
    List<Column> columns =
        new ArrayList<>(
            List.of(
                words("dir"),
                number("age"),
                number("ping"),
                number("min"),
                number("recv"),
                number("sent"),
                number("m-in"),
                number("m-out"),
                number("block"),
                number("tx"),
                number("score"),
                number("dups"),
                number("queue")));
    if (wide) {
      columns.add(number("keys"));
    }
    columns.addAll(List.of(words("suite"), words("codec")));
    if (wide) {
      columns.addAll(List.of(words("group"), words("local")));
    }
    columns.addAll(List.of(words("peer"), words("address")));
    TextTable table = new TextTable(columns);
    for (JsonNode peer : peers) {
      table.add(row(peer, wide));
    }
    return table;
  }

  private static List<String> row(JsonNode peer, boolean wide) {
    JsonNode traffic = peer.path("traffic");
    String suite = peer.path("suite").asString();
    String codec = peer.path("codec").asString();
    List<String> row = new ArrayList<>();
    row.add(
        (isOutbound(peer) ? "out" : "in")
            + (peer.path("kept").asBoolean() ? "*" : "")
            + (isPunched(peer) ? "+" : ""));
    row.add(Quantity.time(peer.path("ageMillis").asLong()));
    row.add(millis(peer.path("pingMillis")));
    row.add(millis(peer.path("leastPingMillis")));
    row.add(Quantity.bytes(traffic.path("receivedBytes").asLong()));
    row.add(Quantity.bytes(traffic.path("sentBytes").asLong()));
    row.add(Quantity.count(traffic.path("receivedMessages").asLong()));
    row.add(Quantity.count(traffic.path("sentMessages").asLong()));
    row.add(ago(peer.path("blockAgoMillis")));
    row.add(ago(peer.path("transactionAgoMillis")));
    row.add(peer.path("score").asString());
    row.add(Quantity.count(peer.path("duplicates").asLong()));
    row.add(Quantity.bytes(peer.path("queuedBytes").asLong()));
    if (wide) {
      row.add(peer.path("sealingKeys").asString() + "/" + peer.path("openingKeys").asString());
    }
    row.add(wide ? suite : cut(shortSuite(suite), SHORT_SUITE));
    row.add(wide ? codec : cut(codec, SHORT_CODEC));
    if (wide) {
      row.add(peer.path("group").asString());
      row.add(peer.path("local").asString());
    }
    String peerId = peer.path("peerId").asString();
    row.add(wide ? peerId : cut(peerId, SHORT_ID));
    row.add(peer.path("address").asString());
    return row;
  }

  private static boolean isOutbound(JsonNode peer) {
    return peer.path("direction").asString().equals("outbound");
  }

  private static boolean isPunched(JsonNode peer) {
    return peer.path("punched").asBoolean();
  }

  private static long punchedLinks(JsonNode peers) {
    long punched = 0;
    for (JsonNode peer : peers) {
      punched += isPunched(peer) ? 1 : 0;
    }
    return punched;
  }

  private static String millis(JsonNode time) {
    return time.isNumber() ? Quantity.millis(time.asDouble()) : Quantity.NONE;
  }

  private static String ago(JsonNode time) {
    return time.isNumber() ? Quantity.time(time.asLong()) : Quantity.NONE;
  }

  /** The numbers by which our suites differ: {@code 768-65}, {@code 1024-87}, {@code x768-65}. */
  private static String shortSuite(String suite) {
    return suite.replace("x25519", "x").replace("mlkem", "").replace("mldsa", "");
  }

  private static String cut(String text, int length) {
    return text.length() <= length ? text : text.substring(0, length);
  }

  private PeersTable() {}
}
