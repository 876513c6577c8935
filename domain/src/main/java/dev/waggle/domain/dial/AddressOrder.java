package dev.waggle.domain.dial;

import dev.waggle.ports.Endpoint;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The order in which a dial tries the addresses of a name (PROTOCOL §9.1, RFC 8305 §4): that of the
 * resolver, but with the families in turn, so that a machine that has no way out over one of them
 * is not lost in a long row of its addresses. The family of the first answer begins, since
 * resolvers put the one that they prefer first.
 */
final class AddressOrder {
  /**
   * So many addresses of a name are tried, the first ones, and hence so many sockets at once: four
   * of each family, as many as any name needs, while a name with thousands of addresses, which its
   * owner may have for nothing, takes no more.
   */
  static final int MAX_ADDRESSES = 8;

  private AddressOrder() {}

  /**
   * Each address once, and at most {@link #MAX_ADDRESSES} of them.
   *
   * @param resolved IP literals, with a port
   */
  static List<Endpoint> of(List<Endpoint> resolved) {
    Set<Endpoint> preferred = new LinkedHashSet<>();
    Set<Endpoint> others = new LinkedHashSet<>();
    for (Endpoint address : resolved) {
      boolean likeTheFirst = isIpv6(address) == isIpv6(resolved.getFirst());
      Set<Endpoint> family = likeTheFirst ? preferred : others;
      if (family.size() < MAX_ADDRESSES) {
        family.add(address);
      }
    }
    return inTurns(preferred.iterator(), others.iterator());
  }

  private static List<Endpoint> inTurns(Iterator<Endpoint> preferred, Iterator<Endpoint> others) {
    List<Endpoint> order = new ArrayList<>();
    while (order.size() < MAX_ADDRESSES && (preferred.hasNext() || others.hasNext())) {
      boolean othersTurn = order.size() % 2 == 1;
      boolean takesOther = others.hasNext() && (othersTurn || !preferred.hasNext());
      order.add(takesOther ? others.next() : preferred.next());
    }
    return order;
  }

  private static boolean isIpv6(Endpoint literal) {
    return literal.host().indexOf(':') >= 0;
  }
}
