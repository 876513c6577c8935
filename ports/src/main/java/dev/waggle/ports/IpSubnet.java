package dev.waggle.ports;

import org.jspecify.annotations.Nullable;

/**
 * The addresses of one family that begin with the same bits; as many bits as the family has are one
 * address.
 *
 * <p>{@code ::ffff:a.b.c.d} is an address of IPv4, and in the subnets of IPv4 only: {@code ::/0} is
 * all of IPv6 and nothing of IPv4.
 *
 * @param first its lowest address; any other of its addresses may be given, and becomes that one
 * @param length how many bits all of them share: 0 to 32 of IPv4, 0 to 128 of IPv6
 */
public record IpSubnet(IpAddress first, int length) {
  private static final int IPV4_BITS = 32;
  private static final int IPV6_BITS = 128;
  private static final int MAPPED_BITS = IPV6_BITS - IPV4_BITS;

  public IpSubnet {
    int bits = bits(first);
    if (length < 0 || length > bits) {
      throw new IllegalArgumentException(
          "a subnet of " + first + " has a length of 0 to " + bits + " bits, and not of " + length);
    }
    first = masked(first, length);
  }

  /** One address alone. */
  public static IpSubnet of(IpAddress address) {
    return new IpSubnet(address, bits(address));
  }

  /**
   * Parses an address, or an address, a slash and a length in bits.
   *
   * @throws IllegalArgumentException if {@code text} is anything else; the message says what is
   *     expected
   */
  public static IpSubnet parse(String text) {
    int slash = text.indexOf('/');
    String literal = slash < 0 ? text : text.substring(0, slash);
    IpAddress address = literal.indexOf('%') < 0 ? IpAddress.ofLiteral(literal) : null;
    int length = slash < 0 ? 0 : number(text.substring(slash + 1));
    if (address == null || length < 0) {
      throw new IllegalArgumentException(
          "expected an IP address, or one with a length like 192.0.2.0/24, not '" + text + "'");
    }
    if (slash < 0) {
      return of(address);
    }
    boolean mapped = address.isIpv4() && literal.indexOf(':') >= 0;
    return new IpSubnet(address, mapped ? length - MAPPED_BITS : length);
  }

  /** A number of 1 to 3 digits, or -1. */
  private static int number(String digits) {
    boolean plain = !digits.isEmpty() && digits.length() <= 3;
    for (int i = 0; i < digits.length(); i++) {
      plain &= digits.charAt(i) >= '0' && digits.charAt(i) <= '9';
    }
    return plain ? Integer.parseInt(digits) : -1;
  }

  /** The subnet of this length that an address lies in, or null if its family has not so many. */
  public static @Nullable IpSubnet around(IpAddress address, int length) {
    return length > bits(address) ? null : new IpSubnet(address, length);
  }

  /** How many bits the addresses of this one's family have. */
  private static int bits(IpAddress address) {
    return address.isIpv4() ? IPV4_BITS : IPV6_BITS;
  }

  /** Whether {@code address} is one of these. */
  public boolean contains(IpAddress address) {
    return address.isIpv4() == first.isIpv4() && masked(address, length).equals(first);
  }

  /** Whether it is of one address only. */
  public boolean isSingle() {
    return length == bits(first);
  }

  private static IpAddress masked(IpAddress address, int length) {
    int kept = address.isIpv4() ? MAPPED_BITS + length : length;
    return new IpAddress(
        address.high() & mask(Math.min(kept, Long.SIZE)),
        address.low() & mask(Math.max(kept - Long.SIZE, 0)));
  }

  /** The first {@code length} of 64 bits. */
  private static long mask(int length) {
    return length == 0 ? 0 : -1L << (Long.SIZE - length);
  }

  /** The address, and a slash and the length unless it is alone; {@link #parse} reads it back. */
  @Override
  public String toString() {
    return isSingle() ? first.toString() : first + "/" + length;
  }
}
