package dev.waggle.netty;

import dev.waggle.ports.transport.Transport.Dial;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * The order in which a dial tries the addresses of a name (RFC 8305 §4): that of the resolver, but
 * with the families in turn, so that a machine that has no way out over one of them is not lost in
 * a long row of its addresses. The family of the first answer begins, since resolvers put the one
 * that they prefer first.
 */
final class AddressOrder {
  private AddressOrder() {}

  /** Each address once, and at most {@link Dial#MAX_ADDRESSES} of them. */
  static List<InetAddress> of(List<InetAddress> resolved) {
    List<InetAddress> order = new ArrayList<>();
    List<InetAddress> others = new ArrayList<>();
    for (InetAddress address : new LinkedHashSet<>(resolved)) {
      boolean likeTheFirst = address.getClass() == resolved.getFirst().getClass();
      (likeTheFirst ? order : others).add(address);
    }
    for (int i = 0; i < others.size(); i++) {
      order.add(Math.min(2 * i + 1, order.size()), others.get(i));
    }
    return order.subList(0, Math.min(Dial.MAX_ADDRESSES, order.size()));
  }
}
