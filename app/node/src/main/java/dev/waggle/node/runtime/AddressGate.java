package dev.waggle.node.runtime;

import dev.waggle.domain.admission.BannedAddresses;
import dev.waggle.ports.Endpoint;
import dev.waggle.ports.IpAddress;
import java.util.function.LongSupplier;

/**
 * Keeps connections to and from banned addresses from being made (PROTOCOL §8.3). Asked by any
 * thread; what it goes by is replaced whole, by the node thread.
 */
final class AddressGate {
  private final LongSupplier nanoTime;
  private volatile BannedAddresses banned;

  /**
   * A gate.
   *
   * @param banned what was banned before the node has started
   * @param nanoTime the node's clock
   */
  AddressGate(BannedAddresses banned, LongSupplier nanoTime) {
    this.banned = banned;
    this.nanoTime = nanoTime;
  }

  void set(BannedAddresses current) {
    banned = current;
  }

  /** Whether there is to be no connection; a name, which has to be looked up first, may pass. */
  boolean isShut(Endpoint remote) {
    IpAddress address = IpAddress.ofLiteral(remote.host());
    return address != null && banned.contains(address, nanoTime.getAsLong());
  }
}
