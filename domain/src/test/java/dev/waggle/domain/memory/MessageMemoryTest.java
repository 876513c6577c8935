package dev.waggle.domain.memory;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.IpAddress;
import dev.waggle.ports.IpEndpoint;
import dev.waggle.ports.gossip.BlockParts;
import dev.waggle.ports.wire.AddressRecord;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.IndexedItem;
import dev.waggle.ports.wire.ItemRange;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.ShortIds;
import dev.waggle.ports.wire.WireMessage;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What messages weigh, against what this JVM allocates for them. */
class MessageMemoryTest {
  private static final List<?> SCRATCH = new ArrayList<>(100);

  static Stream<Supplier<WireMessage>> freshMessages() {
    return Stream.of(
        () -> new WireMessage.Gossip(new GossipMessage.Transaction(bytes(1))),
        () -> new WireMessage.Announce(fresh(33, _ -> id())),
        () -> new WireMessage.Addr(fresh(33, _ -> address())),
        () -> compact(1, 0),
        () -> compact(1, 33),
        () -> compact(1000, 33),
        () -> new WireMessage.Outline(bytes(1), bytes(1), fresh(1, _ -> id())),
        () -> new WireMessage.Outline(bytes(1), bytes(1), fresh(33, _ -> id())),
        () -> new WireMessage.Items(id(), fresh(1, i -> item(i, 1))),
        () -> new WireMessage.Items(id(), fresh(33, i -> item(i, 1))),
        () -> new WireMessage.Items(id(), fresh(33, i -> item(i, 1001))),
        () -> new WireMessage.RequestItems(id(), fresh(1, i -> new ItemRange(2 * i, 1))),
        () -> new WireMessage.RequestItems(id(), fresh(33, i -> new ItemRange(2 * i, 1))),
        () -> new WireMessage.SendCompact(1),
        () -> new WireMessage.Preamble(id(), 1),
        () -> new WireMessage.IDontWant(fresh(33, _ -> id())),
        () -> new WireMessage.GetHeaders(fresh(1, _ -> id()), 1),
        () -> new WireMessage.GetHeaders(fresh(33, _ -> id()), 1),
        () -> new WireMessage.Headers(id(), 1, List.of()),
        () -> new WireMessage.Headers(id(), 1, fresh(1, _ -> bytes(1))),
        () -> new WireMessage.Headers(id(), 1, fresh(33, _ -> bytes(1))),
        () -> new WireMessage.Headers(id(), 1, fresh(33, _ -> bytes(157))));
  }

  /** Or a queue of them would be larger than its bound. */
  @ParameterizedTest
  @MethodSource("freshMessages")
  void message_weighsNoLessThanItHolds(Supplier<WireMessage> fresh) {
    long weight = MessageWeight.bytes(fresh.get()); // and loads its classes

    assertThat(weight).as("%s", fresh.get()).isGreaterThanOrEqualTo(bytesOf(fresh));
  }

  @Test
  void partsOfABlock_weighNoLessThanTheyHold() {
    Supplier<BlockParts> fresh =
        () ->
            new BlockParts(bytes(1), bytes(1), fresh(3, _ -> new BlockParts.Item(id(), bytes(1))));

    assertThat(MessageWeight.bytes(fresh.get())).isGreaterThanOrEqualTo(bytesOf(fresh));
  }

  private static long bytesOf(Supplier<?> fresh) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    Object made = fresh.get();
    long bytes = threads.getCurrentThreadAllocatedBytes() - before;
    assertThat(made).isNotNull();
    return bytes;
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

  private static WireMessage.Compact compact(int bytes, int items) {
    return new WireMessage.Compact(
        bytes(bytes),
        bytes(bytes),
        1,
        ShortIds.wrap(new long[items]),
        fresh(items, i -> item(i, bytes)));
  }

  private static IndexedItem item(int index, int bytes) {
    return new IndexedItem(index, bytes(bytes));
  }

  private static AddressRecord address() {
    return new AddressRecord(new IpEndpoint(new IpAddress(1, 2), 9000), 0, 1);
  }

  private static Bytes bytes(int count) {
    return Bytes.wrap(new byte[count]);
  }

  private static MessageId id() {
    return new MessageId(1, 2, 3, 4);
  }
}
