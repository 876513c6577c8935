package dev.waggle.nat.router;

import dev.waggle.ports.IpAddress;
import java.net.InetAddress;
import java.nio.ByteBuffer;

/** Addresses as the JDK has them, and as 16 bytes, one of IPv4 as {@code ::ffff:a.b.c.d}. */
public final class IpBytes {
  private IpBytes() {}

  public static IpAddress of(InetAddress address) {
    ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
    return bytes.remaining() == Integer.BYTES ? IpAddress.ofIpv4(bytes.getInt()) : read(bytes);
  }

  /** Takes 16 bytes off. */
  public static IpAddress read(ByteBuffer bytes) {
    return new IpAddress(bytes.getLong(), bytes.getLong());
  }

  /** Appends 16 bytes. */
  public static void write(IpAddress address, ByteBuffer bytes) {
    bytes.putLong(address.high()).putLong(address.low());
  }
}
