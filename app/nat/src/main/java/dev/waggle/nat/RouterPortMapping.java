package dev.waggle.nat;

import dev.waggle.nat.gateways.Gateways;
import dev.waggle.nat.gateways.SystemGateways;
import dev.waggle.nat.pcp.NatPmpClient;
import dev.waggle.nat.pcp.PcpClient;
import dev.waggle.nat.router.Gateway;
import dev.waggle.nat.router.Patience;
import dev.waggle.nat.router.RouterClient;
import dev.waggle.nat.router.Stop;
import dev.waggle.nat.upnp.UpnpClient;
import dev.waggle.ports.nat.Mapping;
import dev.waggle.ports.nat.PortMapping;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Has the routers before this machine map a port, by PCP, NAT-PMP or UPnP.
 *
 * <p>Each open port has a daemon thread of its own, which asks one router after the other and holds
 * a few kilobytes; sockets live as long as a question. No router is asked more often than each 30
 * seconds, whatever it answers.
 */
public final class RouterPortMapping implements PortMapping {
  /** What routers are tried with unless an operator chooses: UPnP reads too much of strangers. */
  public static final List<Mapping.Method> AUTO =
      List.of(Mapping.Method.PCP, Mapping.Method.NATPMP);

  /**
   * Where routers are asked.
   *
   * @param pcp the UDP port of PCP and NAT-PMP
   * @param ssdp where to search for UPnP devices
   */
  record Places(int pcp, InetSocketAddress ssdp) {
    static final Places USUAL =
        new Places(5351, new InetSocketAddress(UpnpClient.SSDP_GROUP, UpnpClient.SSDP_PORT));
  }

  /** 7.5 s in all. RFC 6887 begins with 3 s, for servers across a provider's network. */
  private static final Patience PCP_PATIENCE = new Patience(Duration.ofMillis(500), 4);

  /** 7.75 s in all: RFC 6886 §3.1 begins so, and goes on for 64 s. */
  private static final Patience NAT_PMP_PATIENCE = new Patience(Duration.ofMillis(250), 5);

  private final List<Mapping.Method> methods;
  private final Gateways gateways;
  private final Places places;

  /**
   * Asks the routers on this system's default routes.
   *
   * @param methods to try with each router, in this order
   */
  public RouterPortMapping(List<Mapping.Method> methods) {
    this(methods, new SystemGateways(), Places.USUAL);
  }

  RouterPortMapping(List<Mapping.Method> methods, Gateways gateways, Places places) {
    if (methods.isEmpty() || methods.stream().distinct().count() < methods.size()) {
      throw new IllegalArgumentException("expected one or more methods, each once: " + methods);
    }
    this.methods = List.copyOf(methods);
    this.gateways = gateways;
    this.places = places;
  }

  @Override
  public Lease open(int port, Observer observer) {
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException("a port lies between 1 and 65535, and is not " + port);
    }
    Stop stop = new Stop();
    MappingRounds rounds =
        new MappingRounds(
            gateways, gateway -> clients(gateway, port, stop), observer, System::nanoTime, stop);
    return new RouterLease(rounds, stop, port).start();
  }

  private List<RouterClient> clients(Gateway gateway, int port, Stop stop) {
    List<RouterClient> clients = new ArrayList<>();
    for (Mapping.Method method : methods) {
      switch (method) {
        case PCP ->
            clients.add(
                new PcpClient(gateway, places.pcp(), port, PCP_PATIENCE, stop, System::nanoTime));
        case NATPMP -> {
          if (gateway.isIpv4()) {
            clients.add(
                new NatPmpClient(
                    gateway, places.pcp(), port, NAT_PMP_PATIENCE, stop, System::nanoTime));
          }
        }
        case UPNP -> {
          if (gateway.isIpv4()) {
            clients.add(new UpnpClient(gateway, places.ssdp(), port, stop));
          }
        }
      }
    }
    return clients;
  }
}
