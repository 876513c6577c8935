package dev.waggle.domain.admission;

import java.util.Collection;

/**
 * How many inbound links may come from one place (PROTOCOL §9.1): identities cost nothing, and
 * addresses do.
 *
 * @param perAddress from one address: an IPv4 address, 64 bits of an IPv6 one
 * @param perSubnet from one subnet: 24 bits, 56
 * @param perGroup from one network group: 16 bits, 32
 * @param limitLoopback whether that holds for this machine's own addresses; if not, they are held
 *     to no limit but that for all, so that a whole test network can run on one machine
 */
public record InboundLimits(int perAddress, int perSubnet, int perGroup, boolean limitLoopback) {
  /**
   * Of 117 places. Some honest nodes share an address, behind a router or a provider's translator,
   * and many share a group, that of a large host; none of these is all of a network.
   */
  public static final InboundLimits DEFAULTS = new InboundLimits(8, 16, 32, false);

  public InboundLimits {
    if (perAddress < 1 || perSubnet < 1 || perGroup < 1) {
      throw new IllegalArgumentException("limits of inbound links are at least 1");
    }
  }

  /*
   * A newcomer beyond a limit is turned away, and takes nobody's place. Whoever shares a subnet with
   * an attacker, as the customers of one provider do, is its victim one way or the other: if the
   * newcomer won, the attacker could put out those who are linked, as often as it likes and with one
   * address; as it is, it can only be there before them, and has to hold its links for that, at each
   * node of the network. And honest nodes behind one translator do not push each other out in turns.
   */

  /** Whether another link may come from {@code newcomer}, where {@code links} stand already. */
  public boolean admits(Origin newcomer, Collection<Origin> links) {
    if (newcomer.isLoopback() && !limitLoopback) {
      return true;
    }
    int ofAddress = 0;
    int ofSubnet = 0;
    int ofGroup = 0;
    for (Origin link : links) {
      ofAddress += link.sharesAddress(newcomer) ? 1 : 0;
      ofSubnet += link.sharesSubnet(newcomer) ? 1 : 0;
      ofGroup += link.group().equals(newcomer.group()) ? 1 : 0;
    }
    return ofAddress < perAddress && ofSubnet < perSubnet && ofGroup < perGroup;
  }
}
