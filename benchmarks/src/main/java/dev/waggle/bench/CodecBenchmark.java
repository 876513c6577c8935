package dev.waggle.bench;

import dev.waggle.bench.workload.FoundParts;
import dev.waggle.domain.codec.BincodeCodec;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.IpAddress;
import dev.waggle.ports.IpEndpoint;
import dev.waggle.ports.wire.AddressRecord;
import dev.waggle.ports.wire.GoodbyeReason;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.IndexedItem;
import dev.waggle.ports.wire.MalformedMessage;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.ShortIds;
import dev.waggle.ports.wire.WireCodec;
import dev.waggle.ports.wire.WireMessage;
import dev.waggle.ports.wire.WireSlice;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Encoding and decoding of messages by each codec, from 0 B of payload to 1 MiB.
 *
 * <pre>java -cp 'benchmarks/target/waggle/lib/*' org.openjdk.jmh.Main CodecBenchmark</pre>
 *
 * <p>{@code -p codec=NAME} takes any codec that a node would find. One operation is one message;
 * there are several of each kind, which take turns.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class CodecBenchmark extends AmpleFork {
  /** Messages of few bytes, gossip in several sizes, and lists of many parts. */
  public enum Message {
    PING,
    PONG,
    GOSSIP_0B,
    GOSSIP_256B,
    GOSSIP_4KIB,
    GOSSIP_64KIB,
    GOSSIP_1MIB,
    ANNOUNCE_1,
    ANNOUNCE_1024,
    REQUEST_1,
    REQUEST_1024,
    GET_ADDR,
    ADDR_1,
    ADDR_1000,
    HEADERS_128,
    COMPACT_2500,
    GOODBYE;

    private WireMessage make(Random random) {
      return switch (this) {
        case PING -> new WireMessage.Ping(random.nextLong());
        case PONG -> new WireMessage.Pong(random.nextLong());
        case GOSSIP_0B -> gossip(random, 0);
        case GOSSIP_256B -> gossip(random, 256);
        case GOSSIP_4KIB -> gossip(random, 4 * 1024);
        case GOSSIP_64KIB -> gossip(random, 64 * 1024);
        case GOSSIP_1MIB -> gossip(random, 1024 * 1024);
        case ANNOUNCE_1 -> new WireMessage.Announce(ids(random, 1));
        case ANNOUNCE_1024 -> new WireMessage.Announce(ids(random, WireMessage.MAX_IDS));
        case REQUEST_1 -> new WireMessage.Request(ids(random, 1));
        case REQUEST_1024 -> new WireMessage.Request(ids(random, WireMessage.MAX_IDS));
        case GET_ADDR -> new WireMessage.GetAddr();
        case ADDR_1 -> new WireMessage.Addr(addresses(random, 1));
        case ADDR_1000 -> new WireMessage.Addr(addresses(random, WireMessage.MAX_ADDRESSES));
        case HEADERS_128 -> headers(random, 128);
        case COMPACT_2500 -> compact(random, 2500);
        case GOODBYE -> new WireMessage.Goodbye(GoodbyeReason.SHUTDOWN);
      };
    }
  }

  /** A power of two. */
  private static final int VARIATIONS = 16;

  private static final int HEADER_BYTES = 157;
  private static final int PREFILLED = 5;

  @Param({"BINCODE", "KRYO"})
  private String codec = "BINCODE";

  @Param private Message message = Message.PING;

  private final WireMessage[] messages = new WireMessage[VARIATIONS];
  private final byte[][] encoded = new byte[VARIATIONS][];
  private final WireSlice slice = new WireSlice();
  private WireCodec wire = new BincodeCodec();
  private ArrayBuffer buffer = new ArrayBuffer(0);
  private int next;

  private static WireMessage gossip(Random random, int length) {
    byte[] payload = new byte[length];
    random.nextBytes(payload);
    return new WireMessage.Gossip(new GossipMessage.Block(Bytes.wrap(payload)));
  }

  private static List<MessageId> ids(Random random, int count) {
    List<MessageId> ids = new ArrayList<>(count);
    while (ids.size() < count) {
      ids.add(
          new MessageId(
              random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong()));
    }
    return ids;
  }

  /** As many as a node sends at a time, of the length that those of Waggle's own chain have. */
  private static WireMessage headers(Random random, int count) {
    List<Bytes> headers = new ArrayList<>(count);
    while (headers.size() < count) {
      byte[] header = new byte[HEADER_BYTES];
      random.nextBytes(header);
      headers.add(Bytes.wrap(header));
    }
    return new WireMessage.Headers(ids(random, 1).getFirst(), 0, headers);
  }

  /**
   * A block of a megabyte, or what is left of it: of transactions of 400 B, which the receiver has
   * but for a few.
   */
  private static WireMessage compact(Random random, int items) {
    List<IndexedItem> prefilled = new ArrayList<>();
    for (int i = 0; i < PREFILLED; i++) {
      byte[] item = new byte[400];
      random.nextBytes(item);
      prefilled.add(new IndexedItem(i * items / PREFILLED, Bytes.wrap(item)));
    }
    long[] ids = random.longs(items - PREFILLED).map(id -> id & ShortIds.MASK).toArray();
    byte[] header = new byte[HEADER_BYTES];
    random.nextBytes(header);
    return new WireMessage.Compact(
        Bytes.wrap(header),
        Bytes.wrap(new byte[0]),
        random.nextLong(),
        ShortIds.wrap(ids),
        prefilled);
  }

  private static List<AddressRecord> addresses(Random random, int count) {
    List<AddressRecord> addresses = new ArrayList<>(count);
    while (addresses.size() < count) {
      IpAddress address = IpAddress.ofIpv4(random.nextInt());
      IpEndpoint endpoint = new IpEndpoint(address, 1 + random.nextInt(65535));
      addresses.add(
          new AddressRecord(endpoint, random.nextInt(86_400), AddressRecord.SERVES_GOSSIP));
    }
    return addresses;
  }

  @Setup
  public void makeMessages() {
    Random random = new Random(1);
    wire = FoundParts.codec(codec);
    for (int i = 0; i < VARIATIONS; i++) {
      messages[i] = message.make(random);
      buffer = new ArrayBuffer(wire.encodedLength(messages[i]));
      wire.encode(messages[i], buffer);
      encoded[i] = buffer.array();
    }
    int longest = 0;
    for (byte[] bytes : encoded) {
      longest = Math.max(longest, bytes.length);
    }
    buffer = new ArrayBuffer(longest);
  }

  /** Length first, as the message stream asks for it. */
  @Benchmark
  public ArrayBuffer encode() {
    WireMessage one = messages[next++ & (VARIATIONS - 1)];
    buffer.clear(wire.encodedLength(one));
    wire.encode(one, buffer);
    return buffer;
  }

  @Benchmark
  public WireMessage decode() throws MalformedMessage {
    byte[] bytes = encoded[next++ & (VARIATIONS - 1)];
    return wire.decode(slice.reset(bytes, 0, bytes.length));
  }
}
