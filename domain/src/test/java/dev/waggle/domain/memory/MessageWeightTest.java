package dev.waggle.domain.memory;

import static dev.waggle.domain.frame.FrameBounds.MAX_PLAINTEXT_BYTES;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.IpAddress;
import dev.waggle.ports.IpEndpoint;
import dev.waggle.ports.wire.AddressRecord;
import dev.waggle.ports.wire.GoodbyeReason;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.WireMessage;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MessageWeightTest {
  private static final int EMPTY_BYTES = 128;

  private static final IpEndpoint ENDPOINT = new IpEndpoint(new IpAddress(1, 2), 9000);

  static Stream<WireMessage> withoutContent() {
    return Stream.of(
        new WireMessage.Ping(1),
        new WireMessage.Pong(1),
        new WireMessage.Gossip(transaction(0)),
        new WireMessage.Announce(List.of()),
        new WireMessage.Request(List.of()),
        new WireMessage.GetAddr(),
        new WireMessage.Addr(List.of()),
        new WireMessage.Observed(ENDPOINT),
        new WireMessage.Extension(0xFF01, Bytes.EMPTY),
        new WireMessage.Goodbye(GoodbyeReason.SHUTDOWN));
  }

  /** Or a queue of them would have no bound. */
  @ParameterizedTest
  @MethodSource("withoutContent")
  void messageWithoutContent_weighsTheObjectsAroundIt(WireMessage message) {
    assertThat(MessageWeight.bytes(message)).isEqualTo(EMPTY_BYTES);
  }

  @Test
  void content_weighsItsBytes() {
    Bytes content = Bytes.wrap(new byte[1000]);

    assertThat(MessageWeight.bytes(transaction(1000))).isEqualTo(EMPTY_BYTES + 1000);
    assertThat(MessageWeight.bytes(new WireMessage.Gossip(transaction(1000))))
        .isEqualTo(EMPTY_BYTES + 1000);
    assertThat(MessageWeight.bytes(new WireMessage.Extension(0xFF01, content)))
        .isEqualTo(EMPTY_BYTES + 1000);
  }

  @Test
  void listed_weighsMoreThanOnTheWire() {
    List<MessageId> ids = Collections.nCopies(1024, new MessageId(1, 2, 3, 4));
    List<AddressRecord> addresses = Collections.nCopies(1000, new AddressRecord(ENDPOINT, 0, 1));

    assertThat(MessageWeight.bytes(new WireMessage.Announce(ids)))
        .isEqualTo(EMPTY_BYTES + 1024 * 52);
    assertThat(MessageWeight.bytes(new WireMessage.Request(ids)))
        .isEqualTo(EMPTY_BYTES + 1024 * 52);
    assertThat(MessageWeight.bytes(new WireMessage.Addr(addresses)))
        .isEqualTo(EMPTY_BYTES + 1000 * 96);
  }

  @Test
  void payload_spansRecords_ifItAloneIsMoreThanOneHolds() {
    assertThat(MessageWeight.spansRecords(transaction(MAX_PLAINTEXT_BYTES))).isFalse();
    assertThat(MessageWeight.spansRecords(transaction(MAX_PLAINTEXT_BYTES + 1))).isTrue();
  }

  private static GossipMessage transaction(int bytes) {
    return new GossipMessage.Transaction(Bytes.wrap(new byte[bytes]));
  }
}
