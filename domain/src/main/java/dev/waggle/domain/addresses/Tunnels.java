package dev.waggle.domain.addresses;

import dev.waggle.ports.IpAddress;
import org.jspecify.annotations.Nullable;

/**
 * IPv6 addresses that stand for one of IPv4, and cost no more to have than that.
 *
 * <p>Only such as a prefix that is nobody's tells, so that what is sent there arrives at that IPv4
 * address. Those of ISATAP (RFC 5214) are none of them: they are told by their last 64 bits, which
 * whoever has the first 64 chooses, and so could be in any group.
 */
public final class Tunnels {
  private static final long NAT64 = 0x0064FF9B_00000000L; // 64:ff9b::/96, RFC 6052
  private static final long NAT64_LOCAL = 0x0064FF9B_0001L; // 64:ff9b:1::/48, RFC 8215
  private static final long TEREDO = 0x20010000L; // 2001::/32, RFC 4380
  private static final long SIX_TO_FOUR = 0x2002L; // 2002::/16, RFC 3056
  private static final long TRANSLATED = 0xFFFF0000L; // ::ffff:0:a.b.c.d, RFC 7915

  private Tunnels() {}

  /** The public address of IPv4 that it stands for, or else the address itself. */
  public static IpAddress end(IpAddress address) {
    IpAddress tunnelled = tunnelled(address);
    return tunnelled == null || Reach.of(tunnelled) != Reach.PUBLIC ? address : tunnelled;
  }

  /** The address of IPv4 that traffic to {@code address} goes to, or null if it is no tunnel's. */
  static @Nullable IpAddress tunnelled(IpAddress address) {
    long high = address.high();
    long low = address.low();
    boolean lastBits =
        (high == NAT64 && low >>> 32 == 0)
            || high >>> 16 == NAT64_LOCAL
            || (high == 0 && low >>> 32 == TRANSLATED);
    if (lastBits) {
      return IpAddress.ofIpv4((int) low);
    }
    if (high >>> 48 == SIX_TO_FOUR) {
      return IpAddress.ofIpv4((int) (high >>> 16));
    }
    if (high >>> 32 == TEREDO) {
      return IpAddress.ofIpv4((int) ~low); // Hidden from NATs that rewrite addresses.
    }
    return null;
  }
}
