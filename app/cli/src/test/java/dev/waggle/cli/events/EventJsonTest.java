package dev.waggle.cli.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.chain.AcceptedBlock;
import dev.waggle.ports.Endpoint;
import dev.waggle.ports.IpAddress;
import dev.waggle.ports.IpEndpoint;
import dev.waggle.ports.PeerAddress;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.nat.Mapping;
import dev.waggle.ports.node.Direction;
import dev.waggle.ports.node.PeerInfo;
import dev.waggle.ports.node.Reachability;
import dev.waggle.ports.wire.MessageId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/** Golden lines: scripts read them. */
class EventJsonTest {
  private static final Path CHAIN_MD = Path.of("..", "chain", "CHAIN.md");
  private static final Path README_MD = Path.of("README.md");
  private static final String A = "a1".repeat(32);
  private static final String B = "b2".repeat(32);
  private static final String HASH = "c3".repeat(32);
  private static final PeerId PEER = PeerId.ofHex(A);
  private static final PeerId MINER = PeerId.ofHex(B);
  private static final MessageId ID = MessageId.ofHex(HASH);
  private static final IpEndpoint EXTERNAL = new IpEndpoint(IpAddress.ofIpv4(0xCB007107), 9000);
  private static final Mapping MAPPING =
      new Mapping(
          Mapping.Method.NATPMP, IpAddress.ofIpv4(0xC0A80101), EXTERNAL, Duration.ofHours(2));
  private static final PeerInfo INFO =
      new PeerInfo(
          PEER,
          new Endpoint("::1", 9),
          new Endpoint("::1", 8),
          Direction.INBOUND,
          "mlkem768-mldsa65",
          "bincode",
          List.of());

  static Stream<Arguments> lines() {
    return Stream.of(
        Arguments.of(
            new Event.Listening(new Endpoint("127.0.0.1", 9000), PEER),
            "'event':'listening','at':7,'address':'127.0.0.1:9000','peerId':'" + A + "'"),
        Arguments.of(
            new Event.PeerConnected(INFO),
            "'event':'peer-connected','at':7,'peerId':'"
                + A
                + "','address':'[::1]:9','direction':'inbound','suite':'mlkem768-mldsa65',"
                + "'codec':'bincode'"),
        Arguments.of(
            new Event.PeerDisconnected(INFO, "goodbye: shutdown"),
            "'event':'peer-disconnected','at':7,'peerId':'"
                + A
                + "','address':'[::1]:9','direction':'inbound','reason':'goodbye: shutdown'"),
        Arguments.of(
            new Event.DialFailed(PeerAddress.parse(A + "@h:1"), "refused", Duration.ofMillis(1500)),
            "'event':'dial-failed','at':7,'address':'"
                + A
                + "@h:1','reason':'refused','retryInMillis':1500"),
        Arguments.of(
            new Event.DialFailed(PeerAddress.parse("h:1"), "myself", null),
            "'event':'dial-failed','at':7,'address':'h:1','reason':'myself','retryInMillis':null"),
        Arguments.of(
            new Event.BlockAccepted(new AcceptedBlock(ID, 12, 5, MINER, PEER, true, 2, 3, 4567)),
            "'event':'block-accepted','at':7,'height':12,'hash':'"
                + HASH
                + "','miner':'"
                + B
                + "','from':'"
                + A
                + "','tip':true,'abandonedBlocks':2,'transactions':3,'bytes':4567"),
        Arguments.of(
            new Event.BlockAccepted(new AcceptedBlock(ID, 12, 5, MINER, null, false, 0, 0, 5418)),
            "'event':'block-accepted','at':7,'height':12,'hash':'"
                + HASH
                + "','miner':'"
                + B
                + "','from':null,'tip':false,'abandonedBlocks':0,'transactions':0,'bytes':5418"),
        Arguments.of(
            new Event.BlockRejected(ID, "no \"proof\"", PEER),
            "'event':'block-rejected','at':7,'hash':'"
                + HASH
                + "','why':'no \\\"proof\\\"','from':'"
                + A
                + "'"),
        Arguments.of(
            new Event.TransactionAccepted(ID, null),
            "'event':'tx-accepted','at':7,'hash':'" + HASH + "','from':null"),
        Arguments.of(
            new Event.CatchingUp(12_345, 87_655),
            "'event':'catching-up','at':7,'accepted':12345,'further':87655"),
        Arguments.of(
            new Event.CaughtUp(100_000, true),
            "'event':'caught-up','at':7,'accepted':100000,'whole':true"),
        Arguments.of(
            new Event.StoreFailed("disk full"), "'event':'store-failed','at':7,'why':'disk full'"),
        Arguments.of(new Event.StoreRecovered(), "'event':'store-recovered','at':7"),
        Arguments.of(
            new Event.ReachabilityChanged(Reachability.REACHABLE, EXTERNAL),
            "'event':'reachability','at':7,'state':'reachable','address':'203.0.113.7:9000'"),
        Arguments.of(
            new Event.ReachabilityChanged(Reachability.PRIVATE, null),
            "'event':'reachability','at':7,'state':'private','address':null"),
        Arguments.of(
            new Event.Mapped(MAPPING),
            "'event':'mapped','at':7,'method':'natpmp','router':'192.168.1.1',"
                + "'address':'203.0.113.7:9000','until':'1970-01-01T02:00:00Z'"),
        Arguments.of(
            new Event.MappingLost(MAPPING, "the router has restarted"),
            "'event':'mapping-lost','at':7,'method':'natpmp','router':'192.168.1.1',"
                + "'address':'203.0.113.7:9000','reason':'the router has restarted'"),
        Arguments.of(
            new Event.MappingFailed("no router answers"),
            "'event':'mapping-failed','at':7,'reason':'no router answers'"),
        Arguments.of(
            new Event.Punched(INFO, 2),
            "'event':'punched','at':7,'peerId':'" + A + "','address':'[::1]:9','tries':2"),
        Arguments.of(
            new Event.PunchFailed(PEER, "no answer"),
            "'event':'punch-failed','at':7,'peerId':'" + A + "','reason':'no answer'"),
        Arguments.of(new Event.EventsDropped(3), "'event':'events-dropped','at':7,'count':3"));
  }

  @ParameterizedTest
  @MethodSource("lines")
  void event_isOneObjectWithItsNameAndTimeFirst(Event event, String expected) {
    assertThat(EventJson.line(event, 7)).isEqualTo("{" + expected.replace('\'', '"') + "}");
  }

  @Test
  void everyEvent_hasItsLineHere() {
    assertThat(lines().map(line -> line.get()[0].getClass().getName()).distinct())
        .containsExactlyInAnyOrderElementsOf(kindsOf(Event.class).map(Class::getName).toList());
  }

  private static Stream<Class<?>> kindsOf(Class<?> type) {
    return type.isSealed()
        ? Arrays.stream(type.getPermittedSubclasses()).flatMap(EventJsonTest::kindsOf)
        : Stream.of(type);
  }

  /** The table of CHAIN §10, and that of this module, which readers in other languages go by. */
  @Test
  void fieldsOfEvents_areThoseInTheirSpecification() throws IOException {
    Map<String, List<String>> written = new LinkedHashMap<>();
    lines()
        .map(line -> EventJson.line((Event) line.get()[0], 7))
        .map(line -> new JsonMapper().readTree(line))
        .forEach(
            json -> written.put(json.get("event").asString(), List.copyOf(json.propertyNames())));

    Map<String, List<String>> specified = new LinkedHashMap<>();
    Stream.of(section(CHAIN_MD, "10 Events"), section(README_MD, "Events"))
        .flatMap(String::lines)
        .filter(line -> line.startsWith("| `"))
        .map(line -> line.split("\\|", -1))
        .forEach(
            cells -> {
              List<String> fields = new ArrayList<>(List.of("event", "at"));
              fields.addAll(quoted(cells[3]));
              specified.put(quoted(cells[1]).getFirst(), fields);
            });

    assertThat(specified).containsExactlyInAnyOrderEntriesOf(written);
  }

  private static String section(Path file, String title) throws IOException {
    return Files.readString(file).split("\n## " + title + "\n", 2)[1].split("\n## ", 2)[0];
  }

  private static List<String> quoted(String cell) {
    return Pattern.compile("`([^`]+)`").matcher(cell).results().map(each -> each.group(1)).toList();
  }

  @Test
  void lineBreakInAReason_doesNotBreakTheLine() {
    assertThat(EventJson.line(new Event.StoreFailed("a\nb\u2028c"), 7))
        .doesNotContain("\n")
        .contains("a\\nb");
  }
}
