package dev.waggle.domain.lane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.IpAddress;
import dev.waggle.ports.IpEndpoint;
import dev.waggle.ports.wire.DialOutcome;
import dev.waggle.ports.wire.GoodbyeReason;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.ItemRange;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.ShortIds;
import dev.waggle.ports.wire.WireMessage;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LaneTest {
  private static final MessageId ID = new MessageId(1, 2, 3, 4);
  private static final GossipMessage BLOCK = new GossipMessage.Block(Bytes.EMPTY);
  private static final GossipMessage TRANSACTION = new GossipMessage.Transaction(Bytes.EMPTY);
  private static final GossipMessage EVIDENCE = new GossipMessage.Evidence(Bytes.EMPTY);

  static Stream<WireMessage> whatKeepsLinksAndChainsAlive() {
    return Stream.of(
        new WireMessage.Ping(1),
        new WireMessage.Pong(1),
        new WireMessage.Gossip(BLOCK),
        new WireMessage.Compact(
            Bytes.ofHex("aa"), Bytes.EMPTY, 0, ShortIds.wrap(new long[0]), List.of()),
        new WireMessage.Outline(Bytes.ofHex("aa"), Bytes.EMPTY, List.of()),
        new WireMessage.RequestItems(ID, List.of(new ItemRange(0, 1))),
        new WireMessage.Items(ID, List.of()),
        new WireMessage.SendCompact(1),
        new WireMessage.Preamble(ID, 1),
        new WireMessage.IDontWant(List.of()));
  }

  static Stream<WireMessage> whatComesInMasses() {
    return Stream.of(
        new WireMessage.Gossip(TRANSACTION),
        new WireMessage.Gossip(EVIDENCE),
        new WireMessage.Announce(List.of()),
        new WireMessage.Request(List.of()),
        new WireMessage.RequestCompact(List.of()),
        new WireMessage.GetHeaders(List.of(ID), 1),
        new WireMessage.Headers(ID, 0, List.of()),
        new WireMessage.DialBack(1),
        new WireMessage.DialResponse(1, DialOutcome.REACHED),
        new WireMessage.Meet(List.of()),
        new WireMessage.GetAddr(),
        new WireMessage.Addr(List.of()),
        new WireMessage.Observed(new IpEndpoint(new IpAddress(1, 2), 9000)),
        new WireMessage.Extension(0xFF01, Bytes.EMPTY),
        new WireMessage.Goodbye(GoodbyeReason.SHUTDOWN));
  }

  @ParameterizedTest
  @MethodSource("whatKeepsLinksAndChainsAlive")
  void heartbeatsAndBlocksAndWhatIsSaidOfThem_goAhead(WireMessage message) {
    assertThat(Lane.of(message)).isEqualTo(Lane.EXPRESS);
  }

  @ParameterizedTest
  @MethodSource("whatComesInMasses")
  void theRest_waitsItsTurn(WireMessage message) {
    assertThat(Lane.of(message)).isEqualTo(Lane.BULK);
  }

  @Test
  void lanes_areDeclaredAsTheyAreServed() {
    assertThat(Lane.values()).containsExactly(Lane.EXPRESS, Lane.BULK);
  }
}
