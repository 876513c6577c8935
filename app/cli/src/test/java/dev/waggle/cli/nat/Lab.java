package dev.waggle.cli.nat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An internet on this machine, and hosts at it, public ones and such behind routers, each in a
 * network namespace. Nothing in it reaches anything outside: so its public addresses are those of
 * others without harm. Site {@code n} has {@code 9.n.0.0/16} and {@code 2600:n::/32}, network
 * groups of its own; all LANs have {@code 192.168.1.0/24}, as at home, and one of their site's
 * prefixes of IPv6, which their router lets nobody into; behind two routers there is no IPv6.
 * Closing it removes everything, and kills what still runs in there; the next lab does so for one
 * whose process was killed. Needs root: {@link Requirements}. Owned by the test's thread.
 */
final class Lab implements AutoCloseable {
  private static final AtomicInteger LABS = new AtomicInteger();
  private static final String HOST = "192.168.1.2";

  private final String prefix;
  private final Path dir;
  private final Namespace internet;
  private final List<MiniUpnpd> daemons = new ArrayList<>();
  private int sites;

  private Lab(String prefix, Path dir) {
    this.prefix = prefix;
    this.dir = dir;
    this.internet = new Namespace(prefix + "internet");
  }

  /**
   * An internet without anybody.
   *
   * @param dir for files of daemons
   */
  static Lab open(Path dir) throws IOException, InterruptedException {
    Leftovers.removeThoseOfTheDead();
    Lab lab = new Lab(Leftovers.prefix() + LABS.incrementAndGet() + "-", dir);
    try {
      new Wiring().namespace(lab.internet).forwards(lab.internet).lay();
    } catch (IOException | InterruptedException e) {
      lab.close();
      throw e;
    }
    return lab;
  }

  /** Adds a host at a site of its own. */
  Host host(NatKind kind) throws IOException, InterruptedException {
    Site site = new Site(++sites);
    Namespace host = new Namespace(prefix + kind + "-" + sites);
    List<Namespace> routers =
        switch (kind) {
          case PUBLIC -> publicSite(site, host);
          case FULL_CONE, RESTRICTED, PORT_RESTRICTED, SYMMETRIC, MINIUPNPD ->
              List.of(homeSite(kind, site, host));
          case DOUBLE -> doubleSite(site, host);
        };
    if (kind == NatKind.MINIUPNPD) {
      daemons.add(MiniUpnpd.start(routers.getFirst(), dir));
    }
    String ipv6 = routers.isEmpty() ? site.outside6() : site.inside6();
    return new Host(kind + "-" + sites, kind, host, site.outside(), ipv6, routers);
  }

  private List<Namespace> publicSite(Site site, Namespace host)
      throws IOException, InterruptedException {
    atInternet(new Wiring().namespace(host), site, host, "eth0").lay();
    return List.of();
  }

  private Namespace homeSite(NatKind kind, Site site, Namespace host)
      throws IOException, InterruptedException {
    Namespace router = new Namespace(host.name() + "-router");
    Wiring wiring = new Wiring().namespace(router).namespace(host).forwards(router);
    lan(atInternet(wiring, site, router, "wan"), router, host)
        .address(router, "lan", site.gateway6() + "/64")
        .address(host, "eth0", site.inside6() + "/64")
        .route(host, "default", site.gateway6())
        .route(internet, site.lan6(), site.outside6())
        .lay();
    rules(router, RouterRules.of(kind, site.outside(), HOST, RouterRules.HOME));
    return router;
  }

  private List<Namespace> doubleSite(Site site, Namespace host)
      throws IOException, InterruptedException {
    Namespace home = new Namespace(host.name() + "-router");
    Namespace provider = new Namespace(host.name() + "-provider");
    Wiring wiring = new Wiring().namespace(provider).namespace(home).namespace(host);
    wiring.forwards(provider).forwards(home);
    atInternet(wiring, site, provider, "wan")
        .wire(provider, "lan", home, "wan")
        .address(provider, "lan", "100.64.0.1/24")
        .address(home, "wan", "100.64.0.2/24")
        .route(home, "default", "100.64.0.1");
    lan(wiring, home, host).lay();
    NatKind each = NatKind.PORT_RESTRICTED;
    rules(provider, RouterRules.of(each, site.outside(), "100.64.0.2", RouterRules.PROVIDER));
    rules(home, RouterRules.of(each, "100.64.0.2", HOST, RouterRules.HOME));
    return List.of(home, provider);
  }

  private static void rules(Namespace router, String rules)
      throws IOException, InterruptedException {
    router.run(rules, "nft", "-f", "-");
  }

  private Wiring atInternet(Wiring wiring, Site site, Namespace first, String device) {
    return wiring
        .wire(internet, site.device(), first, device)
        .address(internet, site.device(), site.uplink() + "/16")
        .address(internet, site.device(), site.uplink6() + "/64")
        .address(first, device, site.outside() + "/16")
        .address(first, device, site.outside6() + "/64")
        .route(first, "default", site.uplink())
        .route(first, "default", site.uplink6());
  }

  private static Wiring lan(Wiring wiring, Namespace router, Namespace host) {
    return wiring
        .wire(router, "lan", host, "eth0")
        .address(router, "lan", "192.168.1.1/24")
        .address(host, "eth0", HOST + "/24")
        .route(host, "default", "192.168.1.1");
  }

  /**
   * The addresses of a site; {@code up} is where the internet begins, {@code in} what is hidden.
   */
  private record Site(int number) {
    String device() {
      return "site" + number;
    }

    String uplink() {
      return "9." + number + ".0.1";
    }

    String outside() {
      return "9." + number + ".0.2";
    }

    String uplink6() {
      return "2600:" + number + "::1";
    }

    String outside6() {
      return "2600:" + number + "::2";
    }

    String lan6() {
      return "2600:" + number + ":0:1::/64";
    }

    String gateway6() {
      return "2600:" + number + ":0:1::1";
    }

    String inside6() {
      return "2600:" + number + ":0:1::2";
    }
  }

  @Override
  public void close() throws IOException {
    daemons.forEach(MiniUpnpd::close);
    try {
      Leftovers.remove(prefix);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while it removed " + prefix + "*", e);
    }
  }
}
