package dev.waggle.domain.admission;

import java.util.List;
import org.jspecify.annotations.Nullable;

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

  private static final int IPV6_GROUPS = 8;

  /**
   * The prefix that one party is likely to hold: a /24 of IPv4, a /56 of IPv6.
   *
   * @param host an IP literal, without brackets; a zone behind {@code %} is ignored
   */
  static AddressPrefix of(String host) {
    int zone = host.indexOf('%');
    String literal = zone < 0 ? host : host.substring(0, zone);
    if (literal.indexOf(':') < 0) {
      long address = ipv4(literal);
      return address < 0 ? UNKNOWN : ofIpv4(address);
    }
    int[] groups = ipv6(literal);
    return groups == null ? UNKNOWN : ofIpv6(groups);
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

  private static AddressPrefix ofIpv4(long address) {
    return address >> 24 == 127 ? LOOPBACK : finest(Family.IPV4, address >> 8);
  }

  private static AddressPrefix ofIpv6(int[] groups) {
    boolean zeros = true;
    for (int i = 0; i < 5; i++) {
      zeros &= groups[i] == 0;
    }
    if (zeros && groups[5] == 0xFFFF) { // An IPv4 address in an IPv6 socket (RFC 4291 §2.5.5.2).
      return ofIpv4(((long) groups[6] << 16) | groups[7]);
    }
    if (zeros && groups[5] == 0 && groups[6] == 0 && groups[7] == 1) {
      return LOOPBACK;
    }
    long bits = 0;
    for (int i = 0; i < 4; i++) {
      bits = (bits << 16) | groups[i];
    }
    return finest(Family.IPV6, bits >>> 8);
  }

  /** Four decimal numbers with dots between them as one number, or -1. */
  private static long ipv4(String literal) {
    String[] parts = literal.split("\\.", -1);
    if (parts.length != 4) {
      return -1;
    }
    long address = 0;
    for (String part : parts) {
      int value = number(part, 10, 3);
      if (value < 0 || value > 255) {
        return -1;
      }
      address = (address << 8) | value;
    }
    return address;
  }

  /** Eight groups (RFC 4291 §2.2), or null. */
  private static int @Nullable [] ipv6(String literal) {
    int gap = literal.indexOf("::");
    int[] groups = new int[IPV6_GROUPS];
    if (gap < 0) {
      return groups(literal, groups, true) == IPV6_GROUPS ? groups : null;
    }
    int[] tail = new int[IPV6_GROUPS];
    int before = groups(literal.substring(0, gap), groups, false);
    int after = groups(literal.substring(gap + 2), tail, true);
    if (before < 0 || after < 0 || before + after >= IPV6_GROUPS) {
      return null;
    }
    System.arraycopy(tail, 0, groups, IPV6_GROUPS - after, after);
    return groups;
  }

  /**
   * Reads groups with colons between them; returns how many there are, or -1.
   *
   * @param atEnd whether the address ends here, which may be in the form of IPv4
   */
  private static int groups(String text, int[] target, boolean atEnd) {
    if (text.isEmpty()) {
      return 0;
    }
    int count = 0;
    String[] parts = text.split(":", -1);
    for (int i = 0; i < parts.length; i++) {
      if (atEnd && i == parts.length - 1 && parts[i].indexOf('.') >= 0) {
        long address = ipv4(parts[i]);
        if (address < 0 || count + 2 > target.length) {
          return -1;
        }
        target[count++] = (int) (address >> 16);
        target[count++] = (int) (address & 0xFFFF);
      } else {
        int value = number(parts[i], 16, 4);
        if (value < 0 || count + 1 > target.length) {
          return -1;
        }
        target[count++] = value;
      }
    }
    return count;
  }

  /** A number of 1 to {@code maxDigits} digits, or -1. */
  private static int number(String digits, int radix, int maxDigits) {
    if (digits.isEmpty() || digits.length() > maxDigits) {
      return -1;
    }
    int value = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(i) < 128 ? Character.digit(digits.charAt(i), radix) : -1;
      if (digit < 0) {
        return -1;
      }
      value = value * radix + digit;
    }
    return value;
  }
}
