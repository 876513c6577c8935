package dev.waggle.domain.admission;

import dev.waggle.ports.IpAddress;
import java.util.List;

/**
 * A block of addresses, that one party is likely to hold or that lie next to each other (PROTOCOL
 * §4.7).
 *
 * @param family which addresses these are
 * @param length of the prefix, in bits
 * @param bits the prefix, right-aligned; 0 where the family has no prefixes
 */
record AddressPrefix(Family family, int length, long bits) {
  /** A kind of address. */
  enum Family {
    IPV4,
    IPV6,
    /** 127.0.0.0/8 and ::1: this machine. */
    LOOPBACK,
    /** Not an IP literal. Transports give literals; whatever else comes shares one prefix. */
    UNKNOWN
  }

  /** How many prefixes an address is counted by, from the coarsest to the finest. */
  static final int LEVELS = 3;

  /** What a provider has, a small one or a part of that, and one subnet. */
  private static final List<Integer> IPV4_LENGTHS = List.of(16, 20, 24);

  /** What a provider has, a site, and a household. */
  private static final List<Integer> IPV6_LENGTHS = List.of(32, 48, 56);

  private static final AddressPrefix LOOPBACK = finest(Family.LOOPBACK, 0);
  private static final AddressPrefix UNKNOWN = finest(Family.UNKNOWN, 0);

  private static final IpAddress IPV6_LOOPBACK = new IpAddress(0, 1);

  /**
   * The prefix that one party is likely to hold: a /24 of IPv4, a /56 of IPv6.
   *
   * @param host an IP literal, without brackets; a zone behind {@code %} is ignored
   */
  static AddressPrefix of(String host) {
    IpAddress address = IpAddress.ofLiteral(host);
    if (address == null) {
      return UNKNOWN;
    }
    if (address.isIpv4()) {
      long bits = Integer.toUnsignedLong(address.ipv4Bits());
      return bits >> 24 == 127 ? LOOPBACK : finest(Family.IPV4, bits >> 8);
    }
    return address.equals(IPV6_LOOPBACK) ? LOOPBACK : finest(Family.IPV6, address.high() >>> 8);
  }

  /**
   * The one of {@link #LEVELS} prefixes around this one, which is the finest: 0 is the coarsest.
   */
  AddressPrefix at(int level) {
    int shorter = lengths(family).get(level);
    return shorter == length
        ? this
        : new AddressPrefix(family, shorter, bits >>> (length - shorter));
  }

  private static List<Integer> lengths(Family family) {
    return family == Family.IPV6 ? IPV6_LENGTHS : IPV4_LENGTHS;
  }

  private static AddressPrefix finest(Family family, long bits) {
    return new AddressPrefix(family, lengths(family).getLast(), bits);
  }
}
