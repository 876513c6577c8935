package dev.waggle.domain.memory;

import static dev.waggle.domain.frame.FrameBounds.MAX_PLAINTEXT_BYTES;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.IpAddress;
import dev.waggle.ports.IpEndpoint;
import dev.waggle.ports.wire.AddressRecord;
import dev.waggle.ports.wire.GoodbyeReason;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.IndexedItem;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.ShortIds;
import dev.waggle.ports.wire.WireMessage;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MessageWeightTest {
  private static final int EMPTY_BYTES = 128;

  private static final MessageId ID = new MessageId(1, 2, 3, 4);

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
        new WireMessage.RequestCompact(List.of()),
        new WireMessage.SendCompact(1),
        new WireMessage.Preamble(ID, 100),
        new WireMessage.IDontWant(List.of()),
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
    assertThat(MessageWeight.bytes(new WireMessage.RequestCompact(ids)))
        .isEqualTo(EMPTY_BYTES + 1024 * 52);
    assertThat(MessageWeight.bytes(new WireMessage.IDontWant(ids)))
        .isEqualTo(EMPTY_BYTES + 1024 * 52);
    assertThat(MessageWeight.bytes(new WireMessage.GetHeaders(ids.subList(0, 64), 1)))
        .isEqualTo(EMPTY_BYTES + 64 * 52);
  }

  @Test
  void item_weighsItsPayload_andTheObjectsAroundIt() {
    List<IndexedItem> items = items(10, 100);
    WireMessage.Compact compact =
        new WireMessage.Compact(
            Bytes.wrap(new byte[50]),
            Bytes.wrap(new byte[30]),
            1,
            ShortIds.wrap(new long[100]),
            items);

    assertThat(MessageWeight.bytes(new WireMessage.Items(ID, items)))
        .isEqualTo(EMPTY_BYTES + 52 + 10 * (100 + 76));
    assertThat(MessageWeight.bytes(compact))
        .isEqualTo(EMPTY_BYTES + 160 + 50 + 30 + 100 * 8 + 10 * (100 + 76));
  }

  @Test
  void header_weighsItsBytes_andTheObjectsAroundIt() {
    assertThat(MessageWeight.bytes(headers(10, 157))).isEqualTo(EMPTY_BYTES + 52 + 10 * (157 + 52));
    assertThat(MessageWeight.bytes(headers(0, 1))).isEqualTo(EMPTY_BYTES + 52);
  }

  private static WireMessage.Headers headers(int count, int bytes) {
    return new WireMessage.Headers(ID, 7, Collections.nCopies(count, Bytes.wrap(new byte[bytes])));
  }

  @Test
  void contentBytes_areNoMoreThanThereAreOnTheWire() {
    List<IndexedItem> items = items(10, 100);
    WireMessage.Compact compact =
        new WireMessage.Compact(
            Bytes.wrap(new byte[50]),
            Bytes.wrap(new byte[30]),
            1,
            ShortIds.wrap(new long[100]),
            items);

    assertThat(MessageWeight.contentBytes(new WireMessage.Items(ID, items))).isEqualTo(1000);
    assertThat(MessageWeight.contentBytes(compact)).isEqualTo(50 + 30 + 100 * 6 + 1000);
    assertThat(MessageWeight.contentBytes(headers(10, 157))).isEqualTo(10 * 157);
  }

  private static List<IndexedItem> items(int count, int bytes) {
    return IntStream.range(0, count)
        .mapToObj(index -> new IndexedItem(index, Bytes.wrap(new byte[bytes])))
        .toList();
  }

  @Test
  void content_spansRecords_ifItAloneIsMoreThanOneHolds() {
    assertThat(MessageWeight.spansRecords(MAX_PLAINTEXT_BYTES)).isFalse();
    assertThat(MessageWeight.spansRecords(MAX_PLAINTEXT_BYTES + 1)).isTrue();
  }

  /** Nothing else counts what many small items weigh beyond what they are long. */
  @Test
  void excess_isWhatIsBeyondTheContent_orBeyondARecord() {
    int large = 2 * MAX_PLAINTEXT_BYTES;
    assertThat(MessageWeight.excessBytes(EMPTY_BYTES + large + 5, large)).isEqualTo(5);
    assertThat(MessageWeight.excessBytes(EMPTY_BYTES + large, large)).isZero();
    assertThat(MessageWeight.excessBytes(EMPTY_BYTES + MAX_PLAINTEXT_BYTES, 7)).isZero();
    assertThat(MessageWeight.excessBytes(EMPTY_BYTES + MAX_PLAINTEXT_BYTES + 5, 7)).isEqualTo(5);
    assertThat(MessageWeight.excessBytes(EMPTY_BYTES, 0)).isZero();
  }

  private static GossipMessage transaction(int bytes) {
    return new GossipMessage.Transaction(Bytes.wrap(new byte[bytes]));
  }
}
