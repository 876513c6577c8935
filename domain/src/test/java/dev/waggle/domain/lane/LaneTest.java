package dev.waggle.domain.lane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.IpAddress;
import dev.waggle.ports.IpEndpoint;
import dev.waggle.ports.wire.GoodbyeReason;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.WireMessage;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LaneTest {
  private static final GossipMessage BLOCK = new GossipMessage.Block(Bytes.EMPTY);
  private static final GossipMessage TRANSACTION = new GossipMessage.Transaction(Bytes.EMPTY);
  private static final GossipMessage EVIDENCE = new GossipMessage.Evidence(Bytes.EMPTY);

  static Stream<WireMessage> whatKeepsLinksAndChainsAlive() {
    return Stream.of(
        new WireMessage.Ping(1), new WireMessage.Pong(1), new WireMessage.Gossip(BLOCK));
  }

  static Stream<WireMessage> whatComesInMasses() {
    return Stream.of(
        new WireMessage.Gossip(TRANSACTION),
        new WireMessage.Gossip(EVIDENCE),
        new WireMessage.Announce(List.of()),
        new WireMessage.Request(List.of()),
        new WireMessage.GetAddr(),
        new WireMessage.Addr(List.of()),
        new WireMessage.Observed(new IpEndpoint(new IpAddress(1, 2), 9000)),
        new WireMessage.Extension(0xFF01, Bytes.EMPTY),
        new WireMessage.Goodbye(GoodbyeReason.SHUTDOWN));
  }

  @ParameterizedTest
  @MethodSource("whatKeepsLinksAndChainsAlive")
  void heartbeatsAndBlocks_goAhead(WireMessage message) {
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
