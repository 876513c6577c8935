package dev.waggle.node.peers;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.Endpoint;
import dev.waggle.ports.IpAddress;
import dev.waggle.ports.IpEndpoint;
import dev.waggle.ports.IpSubnet;
import dev.waggle.ports.PeerAddress;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.node.Ban;
import dev.waggle.ports.node.KnownAddress;
import dev.waggle.ports.node.PeerMemory;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Memories of tests. */
final class Memories {
  /** A memory that has everything, at its extremes too, in a few hundred bytes. */
  static final PeerMemory SMALL = random(new Random(1), 2, 1);

  /** Another one. */
  static final PeerMemory OTHER = random(new Random(2), 3, 2);

  /** Random in every field, the extremes among them. */
  static PeerMemory random(Random random, int addresses, int anchors) {
    return new PeerMemory(
        bytes(random, PeerMemory.KEY_BYTES),
        Stream.generate(() -> address(random)).limit(addresses).toList(),
        Stream.generate(() -> anchor(random)).limit(anchors).toList(),
        Stream.generate(() -> anchor(random)).limit(random.nextInt(4)).toList(),
        Stream.generate(() -> ban(random)).limit(1 + random.nextInt(4)).toList());
  }

  /** As long as a line can be: every character of the reason is three bytes. */
  static Ban longestBan() {
    return new Ban(
        new Ban.Peer(new PeerId(Bytes.wrap(new byte[PeerId.LENGTH]))),
        Ban.Kind.MISBEHAVIOUR,
        Ban.MAX_SECONDS,
        "\u20ac".repeat(Ban.MAX_REASON_LENGTH));
  }

  static Ban ban(Random random) {
    Ban.Kind[] kinds = Ban.Kind.values();
    return new Ban(
        random.nextBoolean()
            ? new Ban.Peer(new PeerId(bytes(random, PeerId.LENGTH)))
            : new Ban.Subnet(subnet(random)),
        kinds[random.nextInt(kinds.length)],
        random.nextBoolean() ? random.nextInt(2) : random.nextLong(Ban.MAX_SECONDS + 1),
        random.nextBoolean() ? "left 1 reason new" : "Gr\u00fc\u00dfe, \u732b \ud83d\ude3a!");
  }

  private static IpSubnet subnet(Random random) {
    IpAddress address = ip(random);
    return new IpSubnet(address, random.nextInt(address.isIpv4() ? 33 : 129));
  }

  /** As long as an entry can be. */
  static KnownAddress longest() {
    IpAddress address = new IpAddress(0xFEDC_BA98_7654_3210L, 0xFEDC_BA98_7654_3210L);
    return new KnownAddress(
        new IpEndpoint(address, 65535),
        address,
        -1,
        new PeerId(Bytes.wrap(new byte[PeerId.LENGTH])),
        Long.MAX_VALUE,
        Long.MAX_VALUE,
        Long.MAX_VALUE,
        Integer.MAX_VALUE,
        true);
  }

  private static KnownAddress address(Random random) {
    return new KnownAddress(
        new IpEndpoint(ip(random), 1 + random.nextInt(65535)),
        ip(random),
        random.nextBoolean() ? random.nextInt(4) : random.nextLong(),
        id(random),
        age(random),
        age(random),
        age(random),
        random.nextBoolean() ? random.nextInt(10) : Integer.MAX_VALUE,
        random.nextBoolean());
  }

  private static IpAddress ip(Random random) {
    return switch (random.nextInt(3)) {
      case 0 -> IpAddress.ofIpv4(random.nextInt());
      case 1 -> new IpAddress(random.nextLong(), random.nextLong());
      default -> new IpAddress(0, random.nextInt(3)); // IPv6 with a gap
    };
  }

  private static @Nullable PeerId id(Random random) {
    return random.nextBoolean() ? null : new PeerId(bytes(random, PeerId.LENGTH));
  }

  private static long age(Random random) {
    return switch (random.nextInt(3)) {
      case 0 -> KnownAddress.NEVER;
      case 1 -> random.nextInt(100);
      default -> random.nextLong(1L << 62);
    };
  }

  private static PeerAddress anchor(Random random) {
    Endpoint endpoint =
        random.nextBoolean()
            ? new IpEndpoint(ip(random), 9000).endpoint()
            : new Endpoint("peer.example", 9000);
    return new PeerAddress(endpoint, id(random));
  }

  private static Bytes bytes(Random random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return Bytes.wrap(bytes);
  }

  private Memories() {}
}
