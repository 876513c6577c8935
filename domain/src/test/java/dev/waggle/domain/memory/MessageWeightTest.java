package dev.waggle.domain.memory;

import static dev.waggle.domain.frame.FrameBounds.MAX_PLAINTEXT_BYTES;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.IpAddress;
import dev.waggle.ports.IpEndpoint;
import dev.waggle.ports.wire.AddressRecord;
import dev.waggle.ports.wire.GoodbyeReason;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.IndexedItem;
import dev.waggle.ports.wire.ItemRange;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.ShortIds;
import dev.waggle.ports.wire.WireMessage;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MessageWeightTest {
  private static final int EMPTY_BYTES = 128;

  private static final List<?> SCRATCH = new ArrayList<>(100);

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
        new WireMessage.Preamble(new MessageId(1, 2, 3, 4), 1_000_000),
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
  }

  static Stream<Supplier<WireMessage>> freshMessages() {
    return Stream.of(
        () -> new WireMessage.Gossip(transaction(1)),
        () -> new WireMessage.Announce(fresh(33, _ -> new MessageId(1, 2, 3, 4))),
        () ->
            new WireMessage.Addr(
                fresh(33, i -> new AddressRecord(new IpEndpoint(new IpAddress(1, i), 9000), i, 1))),
        () -> compact(1, 0),
        () -> compact(1, 33),
        () -> compact(1000, 33),
        () -> new WireMessage.Items(new MessageId(1, 2, 3, 4), fresh(1, i -> item(i, 1))),
        () -> new WireMessage.Items(new MessageId(1, 2, 3, 4), fresh(33, i -> item(i, 1))),
        () -> new WireMessage.Items(new MessageId(1, 2, 3, 4), fresh(33, i -> item(i, 1001))),
        () ->
            new WireMessage.RequestItems(
                new MessageId(1, 2, 3, 4), fresh(1, i -> new ItemRange(2 * i, 1))),
        () ->
            new WireMessage.RequestItems(
                new MessageId(1, 2, 3, 4), fresh(33, i -> new ItemRange(2 * i, 1))),
        () -> new WireMessage.SendCompact(1),
        () -> new WireMessage.Preamble(new MessageId(1, 2, 3, 4), 1),
        () -> new WireMessage.IDontWant(fresh(33, _ -> new MessageId(1, 2, 3, 4))));
  }

  /** Or a queue of them would be larger than its bound. */
  @ParameterizedTest
  @MethodSource("freshMessages")
  void message_weighsNoLessThanItHolds(Supplier<WireMessage> fresh) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long weight = MessageWeight.bytes(fresh.get()); // and loads its classes
    long before = threads.getCurrentThreadAllocatedBytes();
    WireMessage message = fresh.get();
    long held = threads.getCurrentThreadAllocatedBytes() - before;

    assertThat(weight).as("%s", message).isGreaterThanOrEqualTo(held);
  }

  private static WireMessage.Compact compact(int bytes, int items) {
    return new WireMessage.Compact(
        Bytes.wrap(new byte[bytes]),
        Bytes.wrap(new byte[bytes]),
        1,
        ShortIds.wrap(new long[items]),
        fresh(items, i -> item(i, bytes)));
  }

  /** A list that is copied, and not counted: it is the same one each time. */
  @SuppressWarnings("unchecked")
  private static <T> List<T> fresh(int count, IntFunction<T> element) {
    List<T> list = (List<T>) SCRATCH;
    list.clear();
    for (int i = 0; i < count; i++) {
      list.add(element.apply(i));
    }
    return list;
  }

  private static IndexedItem item(int index, int bytes) {
    return new IndexedItem(index, Bytes.wrap(new byte[bytes]));
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
