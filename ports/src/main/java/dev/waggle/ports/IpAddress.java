package dev.waggle.ports;

import org.jspecify.annotations.Nullable;

/**
 * An IP address, as the number that it is: whoever spells it otherwise means the same one.
 *
 * <p>One of IPv4 stands as its IPv6 form {@code ::ffff:a.b.c.d} (RFC 4291 §2.5.5.2). No name is
 * ever looked up.
 *
 * @param high the first 64 bits
 * @param low the last 64 bits
 */
public record IpAddress(long high, long low) implements Comparable<IpAddress> {
  private static final long MAPPED = 0xFFFFL << 32;

  private static final long IPV4_BITS = 0xFFFF_FFFFL;

  private static final int GROUPS = 8;

  /** The IPv4 address of these 32 bits. */
  public static IpAddress ofIpv4(int bits) {
    return new IpAddress(0, MAPPED | Integer.toUnsignedLong(bits));
  }

  /**
   * Reads a literal, without brackets; a zone behind {@code %} is left out.
   *
   * @return null if {@code literal} is none, a name for example
   */
  public static @Nullable IpAddress ofLiteral(String literal) {
    int zone = literal.indexOf('%');
    String address = zone < 0 ? literal : literal.substring(0, zone);
    if (address.indexOf(':') < 0) {
      long bits = ipv4(address);
      return bits < 0 ? null : ofIpv4((int) bits);
    }
    int[] groups = ipv6(address);
    return groups == null ? null : new IpAddress(joined(groups, 0), joined(groups, GROUPS / 2));
  }

  public boolean isIpv4() {
    return high == 0 && (low & ~IPV4_BITS) == MAPPED;
  }

  /** Whether this is 0.0.0.0 or ::, which to a listener means all addresses of its machine. */
  public boolean isUnspecified() {
    return isIpv4() ? ipv4Bits() == 0 : high == 0 && low == 0;
  }

  /** The 32 bits of an address that {@link #isIpv4}. */
  public int ipv4Bits() {
    if (!isIpv4()) {
      throw new IllegalStateException(this + " is of IPv6");
    }
    return (int) low;
  }

  @Override
  public int compareTo(IpAddress other) {
    int first = Long.compareUnsigned(high, other.high);
    return first != 0 ? first : Long.compareUnsigned(low, other.low);
  }

  /** The literal: four decimal numbers, or the one text of RFC 5952. */
  @Override
  public String toString() {
    if (isIpv4()) {
      // By hand: a format would write the digits of the operator's language.
      return (low >> 24 & 0xFF)
          + "."
          + (low >> 16 & 0xFF)
          + "."
          + (low >> 8 & 0xFF)
          + "."
          + (low & 0xFF);
    }
    return ipv6Text();
  }

  private String ipv6Text() {
    int gapStart = -1;
    int gapLength = 1; // A single zero group is written out.
    for (int i = 0; i < GROUPS; i++) {
      int length = 0;
      while (i + length < GROUPS && group(i + length) == 0) {
        length++;
      }
      if (length > gapLength) {
        gapStart = i;
        gapLength = length;
      }
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < GROUPS; i++) {
      if (i == gapStart) {
        text.append("::");
        i += gapLength - 1;
      } else {
        if (!text.isEmpty() && text.charAt(text.length() - 1) != ':') {
          text.append(':');
        }
        text.append(Integer.toHexString(group(i)));
      }
    }
    return text.toString();
  }

  private int group(int index) {
    long half = index < GROUPS / 2 ? high : low;
    return (int) (half >>> (48 - 16 * (index % (GROUPS / 2)))) & 0xFFFF;
  }

  private static long joined(int[] groups, int from) {
    long bits = 0;
    for (int i = from; i < from + GROUPS / 2; i++) {
      bits = (bits << 16) | groups[i];
    }
    return bits;
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
    int[] groups = new int[GROUPS];
    if (gap < 0) {
      return groups(literal, groups, true) == GROUPS ? groups : null;
    }
    int[] tail = new int[GROUPS];
    int before = groups(literal.substring(0, gap), groups, false);
    int after = groups(literal.substring(gap + 2), tail, true);
    if (before < 0 || after < 0 || before + after >= GROUPS) {
      return null;
    }
    System.arraycopy(tail, 0, groups, GROUPS - after, after);
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
