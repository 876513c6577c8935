package dev.waggle.ports.testkit.wire;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.IpAddress;
import dev.waggle.ports.IpEndpoint;
import dev.waggle.ports.wire.AddressRecord;
import dev.waggle.ports.wire.Feature;
import dev.waggle.ports.wire.GoodbyeReason;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.WireMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Messages to try codecs and links with. */
public final class WireSamples {
  /** Those that the samples are of. */
  public static final List<Integer> FEATURES =
      List.of(
          Feature.COMPACT_BLOCKS,
          Feature.EARLY_NOTICES,
          Feature.HEADERS_FIRST,
          Feature.DIAL_BACK,
          Feature.HOLE_PUNCHING,
          255,
          256,
          WireMessage.MAX_FEATURE);

  private WireSamples() {}

  /** Every message there is, each with its fields at their bounds and in between; no large ones. */
  public static List<WireMessage> small() {
    List<WireMessage> samples = new ArrayList<>();
    for (long nonce : new long[] {0, 1, -1, Long.MIN_VALUE, Long.MAX_VALUE, 0x0102030405060708L}) {
      samples.add(new WireMessage.Ping(nonce));
      samples.add(new WireMessage.Pong(nonce));
    }
    for (GossipMessage.Kind kind : GossipMessage.Kind.values()) {
      for (int length : new int[] {0, 1, 127, 128, 255, 256, 1000}) {
        samples.add(gossip(kind, length));
      }
    }
    for (int count : new int[] {0, 1, 2, 33}) {
      samples.add(new WireMessage.Announce(ids(count)));
      samples.add(new WireMessage.Request(ids(count)));
    }
    samples.add(new WireMessage.GetAddr());
    samples.add(new WireMessage.Addr(List.of()));
    for (int count : new int[] {1, 2, 33}) {
      samples.add(new WireMessage.Addr(addresses(count)));
    }
    for (IpEndpoint endpoint : endpoints()) {
      samples.add(new WireMessage.Addr(List.of(new AddressRecord(endpoint, 0, 0))));
      samples.add(
          new WireMessage.Addr(List.of(new AddressRecord(endpoint, Integer.MAX_VALUE, -1))));
      samples.add(new WireMessage.Observed(endpoint));
    }
    for (int feature : FEATURES) {
      for (int length : new int[] {0, 1, 127, 128, 1000}) {
        samples.add(new WireMessage.Extension(feature, bytes(length)));
      }
    }
    samples.addAll(BlockSamples.small());
    samples.addAll(HeaderSamples.small());
    samples.addAll(ReachSamples.small());
    for (GoodbyeReason reason : GoodbyeReason.values()) {
      samples.add(new WireMessage.Goodbye(reason));
    }
    return samples;
  }

  /** Messages at the upper bounds of the protocol. */
  public static List<WireMessage> large() {
    List<WireMessage> samples = new ArrayList<>(BlockSamples.large());
    samples.addAll(HeaderSamples.large());
    samples.addAll(ReachSamples.large());
    samples.addAll(
        List.of(
            gossip(GossipMessage.Kind.BLOCK, 65_535),
            gossip(GossipMessage.Kind.BLOCK, 65_536),
            gossip(GossipMessage.Kind.EVIDENCE, 1 << 20),
            gossip(GossipMessage.Kind.TRANSACTION, GossipMessage.MAX_PAYLOAD_BYTES),
            new WireMessage.Announce(ids(WireMessage.MAX_IDS)),
            new WireMessage.Request(ids(WireMessage.MAX_IDS)),
            new WireMessage.Extension(
                WireMessage.MAX_FEATURE, bytes(WireMessage.MAX_EXTENSION_BYTES)),
            new WireMessage.Addr(addresses(WireMessage.MAX_ADDRESSES))));
    return samples;
  }

  /** A gossip message whose payload looks random, and is the same for the same length. */
  public static WireMessage.Gossip gossip(GossipMessage.Kind kind, int payloadBytes) {
    return new WireMessage.Gossip(kind.of(bytes(payloadBytes)));
  }

  static List<IpEndpoint> endpoints() {
    return List.of(
        new IpEndpoint(new IpAddress(0, 0), 1),
        new IpEndpoint(IpAddress.ofIpv4(0x7F000001), 255),
        new IpEndpoint(IpAddress.ofIpv4(-1), 256),
        new IpEndpoint(new IpAddress(0x2001_0DB8_0000_0000L, 1), 9000),
        new IpEndpoint(new IpAddress(-1, -1), 65535));
  }

  private static List<AddressRecord> addresses(int count) {
    SplittableRandom random = new SplittableRandom(count);
    return IntStream.range(0, count)
        .mapToObj(
            _ ->
                new AddressRecord(
                    new IpEndpoint(
                        new IpAddress(random.nextLong(), random.nextLong()),
                        random.nextInt(1, 65536)),
                    random.nextInt(Integer.MAX_VALUE),
                    random.nextLong()))
        .toList();
  }

  static Bytes bytes(int count) {
    byte[] bytes = new byte[count];
    new SplittableRandom(count).nextBytes(bytes);
    return Bytes.wrap(bytes);
  }

  static List<MessageId> ids(int count) {
    SplittableRandom random = new SplittableRandom(count);
    return IntStream.range(0, count)
        .mapToObj(
            _ ->
                new MessageId(
                    random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong()))
        .toList();
  }
}
