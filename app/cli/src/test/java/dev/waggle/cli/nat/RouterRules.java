package dev.waggle.cli.nat;

/**
 * The nftables rules of a router with one host behind it, whose interfaces are {@code wan} and
 * {@code lan}.
 *
 * <p>Conntrack alone makes a port-restricted NAT: what comes in has to belong to a connection that
 * has gone out; a SYN that crosses another one does (RFC 9293 §3.5), and one that comes too early
 * vanishes without a word, as RFC 5382 REQ-4 wants it. But it would keep each port's number, and so
 * hide faults of who is behind it: so each port is another one outside, by an exclusive or, which
 * is the same for all whom the host dials. A symmetric NAT draws a port for each connection
 * instead. What else others may send to such a port is learned from what has gone out of it.
 */
final class RouterRules {
  /** What a home router changes ports by; leaves those from 8,192 on in that range. */
  static final int HOME = 0x1234;

  /** What a provider's router does: two that do the same would undo each other's. */
  static final int PROVIDER = 0x0765;

  private static final String TEMPLATE =
      """
      table inet filter {
        counter dropped { }
        set opened { type OPENED; flags dynamic,timeout; timeout 5m; }

        chain prerouting {
          type nat hook prerouting priority dstnat
          jump prerouting_miniupnpd
          LET_IN
        }
        chain postrouting {
          type nat hook postrouting priority srcnat
          jump postrouting_miniupnpd
          MAP
          oifname "wan" meta nfproto ipv4 masquerade
        }
        chain learn {
          type filter hook postrouting priority 300
          LEARN
        }
        chain input {
          type filter hook input priority filter
          ct state established,related accept
          iifname "wan" meta l4proto { tcp, udp } counter name dropped drop
        }
        chain forward {
          type filter hook forward priority filter; policy drop
          ct state established,related accept
          iifname "lan" accept
          ct status dnat accept
          jump miniupnpd
          counter name dropped
        }
        chain miniupnpd { }
        chain prerouting_miniupnpd { }
        chain postrouting_miniupnpd { }
      }
      """;

  private RouterRules() {}

  /**
   * For {@code nft -f -}.
   *
   * @param kind not {@link NatKind#PUBLIC}; of two routers in a row, what each of them is
   * @param wan the router's address on the side of the internet
   * @param host whom it does this for
   * @param shift the bits of a port that are turned round: {@link #HOME} or {@link #PROVIDER}
   */
  static String of(NatKind kind, String wan, String host, int shift) {
    boolean learns = kind.filtering() != NatKind.Filtering.ADDRESS_AND_PORT_DEPENDENT;
    return TEMPLATE
        .replace("OPENED", perAddress(kind, "inet_service . ipv4_addr", "inet_service"))
        .replace("LET_IN", learns ? letIn(kind, host, shift) : "")
        .replace("MAP", map(kind, wan, shift))
        .replace("LEARN", learns ? learn(kind) : "");
  }

  private static String map(NatKind kind, String wan, int shift) {
    return switch (kind.mapping()) {
      case ENDPOINT_INDEPENDENT ->
          "oifname \"wan\" meta l4proto tcp snat ip to %s : tcp sport ^ %d".formatted(wan, shift);
      case ADDRESS_AND_PORT_DEPENDENT ->
          "oifname \"wan\" meta nfproto ipv4 meta l4proto tcp masquerade fully-random";
    };
  }

  /** Sees packets as they leave: with the port that the others see. */
  private static String learn(NatKind kind) {
    return "oifname \"wan\" meta nfproto ipv4 update @opened { %s }"
        .formatted(perAddress(kind, "tcp sport . ip daddr", "tcp sport"));
  }

  private static String letIn(NatKind kind, String host, int shift) {
    return "iifname \"wan\" meta nfproto ipv4 %s @opened dnat ip to %s : tcp dport ^ %d"
        .formatted(perAddress(kind, "tcp dport . ip saddr", "tcp dport"), host, shift);
  }

  private static String perAddress(NatKind kind, String yes, String no) {
    return kind.filtering() == NatKind.Filtering.ADDRESS_DEPENDENT ? yes : no;
  }
}
