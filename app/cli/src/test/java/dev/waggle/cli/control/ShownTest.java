package dev.waggle.cli.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What people see of a node. */
class ShownTest {
  private static final JsonMapper MAPPER = new JsonMapper();

  @Test
  void whatATerminalWouldObey_isNotShown() {
    assertThat(Printable.of("a\u001b[31mb\r\n\u009b2J\u202e\u0007\u007fz"))
        .isEqualTo("a?[31mb???2J???z");
    assertThat(Printable.of("gr\u00fc\u00df \ud83d\udc1d"))
        .isEqualTo("gr\u00fc\u00df \ud83d\udc1d");
    assertThat(Printable.of("\ud83d")).isEqualTo("?");
  }

  @Test
  void aMemo_isTextOnlyWhereItIsSome() {
    assertThat(Memo.shown(hex("hello"))).isEqualTo("hello");
    assertThat(Memo.shown("")).isEmpty();
    assertThat(Memo.shown(hex("a\nb"))).isEqualTo("610a62 (hexadecimal)");
    assertThat(Memo.shown("ff00")).isEqualTo("ff00 (hexadecimal)");
    assertThat(Memo.shown(hex("x".repeat(401)))).isEqualTo("x".repeat(400) + "... (401 bytes)");
  }

  private static String hex(String text) {
    return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, 0",
    "999, 999, 999",
    "1000, 1.0K, 1.0k",
    "1024, 1.0K, 1.0k",
    "10188, 9.9K, 10k",
    "1048576, 1.0M, 1.0M",
    "999499999, 953M, 999M",
    "9223372036854775807, 8.0E, 9.2E",
  })
  void numbers_takeFourCharacters(long number, String bytes, String count) {
    assertThat(Quantity.bytes(number)).isEqualTo(bytes);
    assertThat(Quantity.count(number)).isEqualTo(count);
  }

  @ParameterizedTest
  @CsvSource({"0, 0s", "59999, 59s", "60000, 1m", "3600000, 1h", "172799999, 47h", "172800000, 2d"})
  void times_areInTheLargestUnit(long millis, String text) {
    assertThat(Quantity.time(millis)).isEqualTo(text);
  }

  @Test
  void theTableOf125Peers_fitsA120ColumnTerminal_whateverTheySay() {
    List<String> lines =
        PeersTable.lines(peers(125, "[2001:db8:1111:2222:3333:4444:5555:6666]:65535"), false);
    assertThat(lines).hasSize(127).allSatisfy(line -> assertThat(line.length()).isLessThan(121));
    assertThat(lines.getFirst()).isEqualTo("peers: 125, 125 outbound, 0 inbound; transport netty");
    assertThat(lines.getLast()).endsWith("~");
  }

  @Test
  void anUsualPeer_isShownWhole() {
    List<String> lines = PeersTable.lines(peers(1, "192.0.2.7:9000"), false);
    assertThat(lines.get(1))
        .isEqualTo(
            "dir  age ping min recv sent m-in m-out block tx score dups queue suite  codec peer     "
                + "address");
    assertThat(lines.get(2))
        .isEqualTo(
            "out*  5d  999 0.4 976M 976M 100M  100M    5d  -  -100 100M  976M 768-65 bin   01234567"
                + " 192.0.2.7:9000");
  }

  @Test
  void theWideTable_cutsNothing() {
    List<String> lines = PeersTable.lines(peers(1, "[2001:db8:1:2:3:4:5:6]:65535"), true);
    assertThat(lines.get(2))
        .contains("mlkem768-mldsa65 bincode 2001:db8::/32 192.0.2.1:1 " + "01234567".repeat(8))
        .contains(" 12/13 ")
        .endsWith("[2001:db8:1:2:3:4:5:6]:65535");
  }

  @Test
  void hostileText_doesNotLeaveItsCell() {
    List<String> lines = PeersTable.lines(peers(1, "\u001b[2J\n192.0.2.7:9000"), false);
    assertThat(lines.get(2)).endsWith("?[2J?192.0.2.7:9000");
  }

  private static ObjectNode peers(int count, String address) {
    ArrayNode peers = MAPPER.createArrayNode();
    for (int i = 0; i < count; i++) {
      ObjectNode peer = peers.addObject();
      peer.put("direction", "outbound").put("kept", true);
      peer.put("suite", "mlkem768-mldsa65").put("codec", "bincode");
      peer.put("ageMillis", 432_000_000L).put("pingMillis", 999.1).put("leastPingMillis", 0.42);
      peer.put("blockAgoMillis", 432_000_000L).putNull("transactionAgoMillis");
      peer.put("score", -100).put("duplicates", 100_000_000).put("queuedBytes", 1_023_000_000);
      peer.put("sealingKeys", 12).put("openingKeys", 13).put("group", "2001:db8::/32");
      peer.put("address", address).put("local", "192.0.2.1:1");
      peer.put("peerId", "01234567".repeat(8));
      peer.putObject("traffic")
          .put("sentBytes", 1_023_000_000)
          .put("receivedBytes", 1_023_000_000)
          .put("sentMessages", 100_000_000)
          .put("receivedMessages", 100_000_000);
    }
    ObjectNode answer = MAPPER.createObjectNode();
    answer.put("transport", "netty").set("peers", peers);
    return answer;
  }
}
