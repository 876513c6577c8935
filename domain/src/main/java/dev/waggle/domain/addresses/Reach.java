package dev.waggle.domain.addresses;

import dev.waggle.ports.IpAddress;

/** From where an address can be dialled (RFC 6890, the registries of special addresses). */
public enum Reach {
  /** From everywhere, by all that its number says. */
  PUBLIC,
  /** From this machine, a site, or nowhere but in examples: only on test networks of one's own. */
  PRIVATE,
  /** From nowhere: no single machine has it. */
  NONE;

  /** Of an address; one of a tunnel reaches as far as what it tunnels. */
  public static Reach of(IpAddress address) {
    if (address.isIpv4()) {
      return ofIpv4(Integer.toUnsignedLong(address.ipv4Bits()));
    }
    IpAddress tunnelled = Tunnels.tunnelled(address);
    return tunnelled != null ? of(tunnelled) : ofIpv6(address);
  }

  private static Reach ofIpv4(long bits) {
    if (within(bits, 0x00000000L, 8) || within(bits, 0xE0000000L, 4) || bits == 0xFFFFFFFFL) {
      return NONE;
    }
    boolean special =
        within(bits, 0x0A000000L, 8)
            || within(bits, 0x64400000L, 10)
            || within(bits, 0x7F000000L, 8)
            || within(bits, 0xA9FE0000L, 16)
            || within(bits, 0xAC100000L, 12)
            || within(bits, 0xC0000000L, 24)
            || within(bits, 0xC0000200L, 24)
            || within(bits, 0xC0586300L, 24)
            || within(bits, 0xC0A80000L, 16)
            || within(bits, 0xC6120000L, 15)
            || within(bits, 0xC6336400L, 24)
            || within(bits, 0xCB007100L, 24)
            || within(bits, 0xF0000000L, 4);
    return special ? PRIVATE : PUBLIC;
  }

  private static boolean within(long bits, long prefix, int length) {
    return (bits ^ prefix) >>> (Integer.SIZE - length) == 0;
  }

  private static Reach ofIpv6(IpAddress address) {
    long high = address.high();
    if (high >>> 56 == 0xFF || (high == 0 && address.low() == 0)) {
      return NONE;
    }
    boolean global = high >>> 61 == 1; // 2000::/3 is all that was ever given out.
    boolean special =
        high >>> 41 == 0x20010000L >>> 9 // 2001::/23, of protocols: Teredo is a tunnel
            || high >>> 32 == 0x20010DB8L
            || high >>> 44 == 0x3FFF0L; // 3fff::/20, for examples
    return global && !special ? PUBLIC : PRIVATE;
  }
}
