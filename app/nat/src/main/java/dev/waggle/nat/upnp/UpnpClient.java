package dev.waggle.nat.upnp;

import dev.waggle.nat.router.Gateway;
import dev.waggle.nat.router.Grants;
import dev.waggle.nat.router.IpBytes;
import dev.waggle.nat.router.Outcome;
import dev.waggle.nat.router.RouterClient;
import dev.waggle.nat.router.SilenceException;
import dev.waggle.nat.router.Stop;
import dev.waggle.nat.upnp.Soap.Result;
import dev.waggle.ports.IpAddress;
import dev.waggle.ports.nat.Mapping;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A mapping by UPnP IGD 1 or 2, of IPv4. One router is asked, and everything that is read is its
 * own: answers from its address, pages of its address, each within bounds.
 *
 * <p>UPnP has no nonce and no secret: another machine of this network may end the mapping.
 */
public final class UpnpClient implements RouterClient {
  /** Where devices are searched for (UPnP Device Architecture 1.0 §1.2.2). */
  public static final String SSDP_GROUP = "239.255.255.250";

  public static final int SSDP_PORT = 1900;

  /** How long is asked for; renewed at half of it. */
  static final int LEASE_SECONDS = 3600;

  /** How often another external port is tried where one is somebody else's. */
  static final int MAX_PORTS = 4;

  private static final Duration SEARCH_WAIT = Duration.ofMillis(1500);
  private static final Duration HTTP_DEADLINE = Duration.ofSeconds(3);

  private static final int OK = 200;

  // Errors of AddPortMapping (UPnP WANIPConnection 1 §2.4.16).
  private static final int CONFLICT_IN_MAPPING_ENTRY = 718;
  private static final int SAME_PORT_VALUES_REQUIRED = 724;
  private static final int ONLY_PERMANENT_LEASES_SUPPORTED = 725;

  private static final int FIRST_FREE_PORT = 1024;
  private static final int PORTS = 65_536;

  /** What the router may have: as much as is needed to end it. */
  private record Added(IgdService service, int externalPort) {}

  private final Gateway gateway;
  private final InetSocketAddress group;
  private final int port;
  private final Stop stop;
  private final RandomGenerator random = RandomGenerator.getDefault();
  private int wantedPort;
  private int leaseSeconds = LEASE_SECONDS;
  private @Nullable Added added;
  private @Nullable IpAddress external;

  /**
   * @param gateway of IPv4
   * @param group where to search for it
   * @param port of this machine, and outside if it is free there
   */
  public UpnpClient(Gateway gateway, InetSocketAddress group, int port, Stop stop) {
    if (!gateway.isIpv4()) {
      throw new IllegalArgumentException("UPnP maps IPv4, and not " + gateway);
    }
    this.gateway = gateway;
    this.group = group;
    this.port = port;
    this.stop = stop;
    this.wantedPort = port;
  }

  @Override
  public Mapping.Method method() {
    return Mapping.Method.UPNP;
  }

  @Override
  public Outcome map() {
    try {
      Outcome again = addWhereItWas();
      return again instanceof Outcome.Granted ? again : find();
    } catch (SilenceException e) {
      return e.outcome();
    }
  }

  /** Routers that have restarted may have their service elsewhere. */
  private @Nullable Outcome addWhereItWas() {
    Added before = added;
    try {
      return before == null ? null : add(before.service());
    } catch (SilenceException e) {
      return e.outcome();
    }
  }

  private Outcome find() throws SilenceException {
    RouterUrl url = new Ssdp(gateway, group, SEARCH_WAIT, stop).search();
    HttpAnswer description = http(HTTP_DEADLINE, stop).get(url);
    if (description.status() != OK) {
      return new Outcome.Refused("has no description: HTTP " + description.status());
    }
    List<IgdService> services = IgdService.all(description.body(), url);
    Outcome outcome = new Outcome.Refused("describes nothing that maps ports");
    for (IgdService service : services) {
      outcome = add(service);
      if (outcome instanceof Outcome.Granted) {
        break;
      }
    }
    return outcome;
  }

  private Outcome add(IgdService service) throws SilenceException {
    Soap soap = soap(stop);
    for (int attempt = 0; attempt < MAX_PORTS; attempt++) {
      added = new Added(service, wantedPort);
      switch (soap.call(service, "AddPortMapping", mapping())) {
        case Result.Values yes -> {
          return granted(soap, service);
        }
        case Result.Fault(int code) when code == ONLY_PERMANENT_LEASES_SUPPORTED ->
            leaseSeconds = 0;
        case Result.Fault(int code) when code == CONFLICT_IN_MAPPING_ENTRY ->
            wantedPort = random.nextInt(FIRST_FREE_PORT, PORTS);
        case Result.Fault(int code)
            when code == SAME_PORT_VALUES_REQUIRED && wantedPort != port -> {
          forget();
          return new Outcome.Refused("has port " + port + " in use, and maps to no other");
        }
        case Result.Fault(int code) -> {
          forget();
          return new Outcome.Refused(words(code));
        }
      }
    }
    forget();
    return new Outcome.Refused("has each of " + MAX_PORTS + " ports in use");
  }

  private Outcome granted(Soap soap, IgdService service) throws SilenceException {
    IpAddress address = externalAddress(soap, service);
    // What never ends is asked for again as if it did, in case that the router forgets.
    Outcome outcome =
        address == null
            ? new Outcome.Refused("does not say its external address")
            : Grants.judge(true, address, wantedPort, LEASE_SECONDS);
    if (outcome instanceof Outcome.Granted) {
      external = address;
    } else {
      soap.call(service, "DeletePortMapping", entry(wantedPort));
      forget();
    }
    return outcome;
  }

  private static @Nullable IpAddress externalAddress(Soap soap, IgdService service)
      throws SilenceException {
    return soap.call(service, "GetExternalIPAddress", Map.of()) instanceof Result.Values values
        ? IpAddress.ofLiteral(values.value("NewExternalIPAddress"))
        : null;
  }

  private Map<String, String> mapping() {
    Map<String, String> arguments = entry(wantedPort);
    arguments.put("NewInternalPort", Integer.toString(port));
    arguments.put("NewInternalClient", internalClient());
    arguments.put("NewEnabled", "1");
    arguments.put("NewPortMappingDescription", "waggle");
    arguments.put("NewLeaseDuration", Integer.toString(leaseSeconds));
    return arguments;
  }

  private static Map<String, String> entry(int externalPort) {
    Map<String, String> arguments = new LinkedHashMap<>();
    arguments.put("NewRemoteHost", "");
    arguments.put("NewExternalPort", Integer.toString(externalPort));
    arguments.put("NewProtocol", "TCP");
    return arguments;
  }

  private String internalClient() {
    return IpBytes.of(gateway.source()).toString();
  }

  @Override
  public boolean isUnchanged() {
    Added before = added;
    if (before == null) {
      return false;
    }
    Soap soap = soap(stop);
    try {
      Result entry =
          soap.call(before.service(), "GetSpecificPortMappingEntry", entry(before.externalPort()));
      return entry instanceof Result.Values values
          && values.value("NewInternalClient").equals(internalClient())
          && values.value("NewInternalPort").equals(Integer.toString(port))
          && Objects.equals(externalAddress(soap, before.service()), external);
    } catch (SilenceException e) {
      return false;
    }
  }

  @Override
  public void remove(Duration within) {
    Added before = added;
    forget();
    if (before == null) {
      return;
    }
    try {
      new Soap(http(within, new Stop()))
          .call(before.service(), "DeletePortMapping", entry(before.externalPort()));
    } catch (SilenceException e) {
      // It ends with its lease; one without a lease stays until the router restarts.
    }
  }

  private void forget() {
    added = null;
    external = null;
  }

  private Soap soap(Stop until) {
    return new Soap(http(HTTP_DEADLINE, until));
  }

  private RouterHttp http(Duration deadline, Stop until) {
    return new RouterHttp(gateway, deadline, until);
  }

  private static String words(int code) {
    return switch (code) {
      case 401 -> "does not know the action (401)";
      case 402 -> "does not understand the request (402)";
      case 501 -> "fails (501)";
      case 606 -> "does not allow it (606)";
      case 715 -> "wants to know who dials (715)";
      case 716 -> "wants to choose the external port (716)";
      case 728 -> "has no room for a mapping (728)";
      default -> "refuses with error " + code;
    };
  }
}
