package dev.waggle.cli.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What an operator reads of whether others can dial the node. */
class ReachTextTest {
  private static final String MAPPINGS =
      "[{'method':'pcp','router':'192.168.1.1','address':'203.0.113.7:9000','leftMillis':4329000}]";

  private static JsonNode json(String text) {
    return new JsonMapper().readTree(text.replace('\'', '"'));
  }

  private static String line(String state, String addresses, String mappings, long punched) {
    return ReachText.line(
        json("{'state':'%s','addresses':[%s],'mappings':%s}".formatted(state, addresses, mappings)),
        punched);
  }

  private static String address(String endpoint, String source, String state) {
    return "{'address':'%s','source':'%s','state':'%s'}".formatted(endpoint, source, state);
  }

  @Test
  void aMappedNode_isReachableForAsLongAsTheMappingLasts() {
    String other = address("198.51.100.1:9000", "observed", "private");
    String mapped = address("203.0.113.7:9000", "mapped", "reachable");
    assertThat(line("reachable", other + "," + mapped, MAPPINGS, 0))
        .isEqualTo(
            "reachable at 203.0.113.7:9000 (mapped by PCP on 192.168.1.1 for another 1 h 12 min)");
  }

  @ParameterizedTest
  @CsvSource({
    "external, as external_address says",
    "direct, its own address",
    "mapped, mapped by a router",
    "observed, as peers see it",
    "dreamt, dreamt",
  })
  void withoutAMapping_itSaysWhereTheAddressIsFrom(String source, String words) {
    assertThat(line("reachable", address("203.0.113.7:1", source, "reachable"), "[]", 0))
        .isEqualTo("reachable at 203.0.113.7:1 (" + words + ")");
  }

  @Test
  void ofManyAddresses_twoAreShown() {
    String one = address("203.0.113.7:1", "direct", "reachable");
    assertThat(line("reachable", one + "," + one, "[]", 0)).doesNotContain("more");
    assertThat(line("reachable", String.join(",", one, one, one, one), "[]", 0))
        .isEqualTo(
            "reachable at 203.0.113.7:1 (its own address), 203.0.113.7:1 (its own address), 2 more");
  }

  @Test
  void aPrivateNode_saysSo_withItsPunchedLinks_andWhatRoutersPromise() {
    assertThat(line("private", "", "[]", 0)).isEqualTo("private: nobody can dial this node");
    assertThat(line("private", "", "[]", 1))
        .isEqualTo("private: nobody can dial this node; 1 punched link");
    assertThat(line("private", "", MAPPINGS, 2))
        .isEqualTo(
            "private: nobody can dial this node; 203.0.113.7:9000 is mapped by PCP on 192.168.1.1"
                + " for another 1 h 12 min; 2 punched links");
  }

  @Test
  void whatIsNotKnown_isNotClaimed() {
    assertThat(line("unknown", "", "[]", 0))
        .isEqualTo("not known yet whether others can dial this node");
  }

  @Test
  void statusAndPeers_haveTheLine_unlessTheNodeIsTooOldToSay() {
    String reach = "'reach':{'state':'private','addresses':[],'mappings':[]}";
    JsonNode status = json("{" + reach + ",'peers':{'punched':3}}");
    assertThat(StatusText.lines(status))
        .contains("reach      private: nobody can dial this node; 3 punched links");
    assertThat(StatusText.lines(json("{}"))).noneMatch(line -> line.startsWith("reach"));

    String peers = "'peers':[{'direction':'inbound','kept':true,'punched':true},{}]";
    List<String> lines = PeersTable.lines(json("{" + reach + "," + peers + "}"), false);
    assertThat(lines.get(1)).isEqualTo("private: nobody can dial this node; 1 punched link");
    assertThat(lines.get(3)).startsWith("in*+ ");
    assertThat(lines.get(4)).startsWith("in   ");
    assertThat(PeersTable.lines(json("{" + peers + "}"), true).get(1)).startsWith("dir ");
  }

  @ParameterizedTest
  @CsvSource({
    "59999, 59 s",
    "60000, 1 min",
    "3599999, 59 min",
    "3600000, 1 h 0 min",
    "604800000, 168 h 0 min",
  })
  void theTimeThatIsLeft_isInWords(long millis, String words) {
    assertThat(Quantity.wholeTime(millis)).isEqualTo(words);
  }
}
