package dev.waggle.ports.nat;

import dev.waggle.ports.IpAddress;
import dev.waggle.ports.IpEndpoint;
import java.time.Duration;

/**
 * What a router says it does for this node: who dials {@code external} comes to where the node
 * listens. No more than the router's word: nobody has dialled it yet.
 *
 * @param method how the router was asked
 * @param router the router's address
 * @param external where others would dial; for IPv6 usually an address of this machine, which the
 *     router's firewall then lets through
 * @param lifetime for how long from now, unless it is renewed; more than zero
 */
public record Mapping(Method method, IpAddress router, IpEndpoint external, Duration lifetime) {
  /** In which protocol a router is asked. */
  public enum Method {
    PCP("PCP"),
    NATPMP("NAT-PMP"),
    UPNP("UPnP");

    private final String word;

    Method(String word) {
      this.word = word;
    }

    /** What operators read: {@code NAT-PMP}. */
    public String word() {
      return word;
    }
  }

  public Mapping {
    if (!lifetime.isPositive()) {
      throw new IllegalArgumentException("a mapping needs time, not " + lifetime);
    }
  }

  /** Whether {@code other} is the same mapping, at whatever moment of its life. */
  public boolean isSameAs(Mapping other) {
    return method == other.method && router.equals(other.router) && external.equals(other.external);
  }
}
