package dev.waggle.node.config;

import dev.waggle.ports.IpAddress;
import dev.waggle.ports.nat.Mapping;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a node does about routers that stand between it and the others. */
public enum Nat {
  /** What helps most nodes; nothing where others need not, or cannot, dial the node. */
  AUTO,
  /** Nothing. */
  OFF,
  /** Asks them by PCP only. */
  PCP,
  /** Asks them by NAT-PMP only. */
  NATPMP,
  /** Asks them by UPnP only, for which it reads what anybody on its network may say. */
  UPNP;

  /**
   * Whether the node may be behind a router that it has to deal with. What its operator names is
   * done in any case.
   */
  boolean traverses(NodeConfig config) {
    return switch (this) {
      case OFF -> false;
      case AUTO -> !config.allowPrivate() && whyNobodyDials(config) == null;
      case PCP, NATPMP, UPNP -> true;
    };
  }

  /** By which protocols it asks routers, in this order. */
  List<Mapping.Method> methods(NodeConfig config) {
    return switch (this) {
      case OFF -> List.of();
      case AUTO ->
          traverses(config) && config.externalAddress().isEmpty()
              ? List.of(Mapping.Method.PCP, Mapping.Method.NATPMP)
              : List.of();
      case PCP -> List.of(Mapping.Method.PCP);
      case NATPMP -> List.of(Mapping.Method.NATPMP);
      case UPNP -> List.of(Mapping.Method.UPNP);
    };
  }

  /**
   * Lets a configuration through in which no router is asked in vain.
   *
   * @throws ConfigProblem for any other
   */
  void requireUse(NodeConfig config) {
    String why = whyNobodyDials(config);
    if (this != AUTO && this != OFF && why != null) {
      throw ConfigProblem.because(
          ConfigKeys.NAT.name(),
          name().toLowerCase(Locale.ROOT),
          "no router has anything to let through, for " + why);
    }
  }

  private static @Nullable String whyNobodyDials(NodeConfig config) {
    if (config.maxInbound() == 0) {
      return ConfigKeys.MAX_INBOUND.name() + " is 0, so nobody may dial the node";
    }
    if (isThisMachineOnly(config.p2pAddr().host())) {
      return ConfigKeys.P2P_ADDR.name()
          + " is "
          + config.p2pAddr()
          + ", where only this machine can dial the node";
    }
    return null;
  }

  /** No name is looked up for it, so of names there is only the one that RFC 6761 §6.3 has. */
  private static boolean isThisMachineOnly(String host) {
    IpAddress address = IpAddress.ofLiteral(host);
    if (address == null) {
      return host.equalsIgnoreCase("localhost");
    }
    return address.isIpv4()
        ? address.ipv4Bits() >>> 24 == 127
        : address.high() == 0 && address.low() == 1;
  }
}
