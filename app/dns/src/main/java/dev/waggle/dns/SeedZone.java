package dev.waggle.dns;

import dev.waggle.ports.IpAddress;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.TextParseException;

/**
 * A zone of seeds (PROTOCOL §9.6), and how nodes become its records.
 *
 * <p>Nodes at the usual port are addresses of the zone itself. All others of one port are the
 * addresses of one name, {@code p<port>}, to which an SRV record leads: so a node learns many with
 * the few questions that it asks. Nodes whose PeerId is known have a TXT record besides.
 */
public final class SeedZone {
  /** Seconds for which records may be remembered; nodes come and go. */
  static final int TTL = 60;

  /** Nodes of a printed zone: each set of records must fit into a message, of 64 KiB. */
  static final int MAX_PRINTED = 256;

  private static final int REFRESH_SECONDS = 300;
  private static final int RETRY_SECONDS = 60;
  private static final int EXPIRE_SECONDS = 3600;
  private static final int MAX_WEIGHT = 0xFFFF;

  private final Name origin;
  private final Name nameServer;
  private final Name hostmaster;

  /**
   * The zone of {@code name}.
   *
   * @param nameServer the name of the host that serves it; not inside the zone, where a node's
   *     question for addresses would find it
   * @throws IllegalArgumentException if these are no such names; in words for the operator
   */
  public SeedZone(String name, String nameServer) {
    this.origin = SeedNames.zone(name);
    this.nameServer = SeedNames.name(nameServer);
    this.hostmaster = inside("hostmaster");
    if (this.nameServer.subdomain(origin)) {
      throw new IllegalArgumentException(
          "the name server "
              + this.nameServer.toString(true)
              + " must have its name outside of the zone "
              + origin.toString(true)
              + ", whose addresses are nodes");
    }
  }

  /**
   * The zone as a file for any DNS server (RFC 1035 §5), with the first {@value #MAX_PRINTED}
   * nodes.
   *
   * @param now becomes the serial number, in seconds
   */
  public String print(List<SeedNode> nodes, Instant now) {
    List<SeedNode> printed = nodes.stream().distinct().limit(MAX_PRINTED).toList();
    List<Record> records = new ArrayList<>(List.of(soa(now), nameServer()));
    Map<Name, List<SeedNode>> owners =
        printed.stream()
            .collect(Collectors.groupingBy(this::owner, TreeMap::new, Collectors.toList()));
    owners.forEach((owner, group) -> records.addAll(addresses(owner, group)));
    records.addAll(services(printed));
    records.addAll(pins(printed));
    return records.stream()
        .map(record -> record + "\n")
        .collect(
            Collectors.joining(
                "",
                "; " + printed.size() + " nodes of " + nodes.size() + ", at " + now + "\n",
                ""));
  }

  Name origin() {
    return origin;
  }

  Name service() {
    return SeedNames.service(origin);
  }

  /** The name whose addresses the nodes at this node's port are. */
  Name owner(SeedNode node) {
    int port = node.endpoint().port();
    if (port == SeedNames.DEFAULT_PORT) {
      return origin;
    }
    return inside("p" + port);
  }

  private Name inside(String label) {
    try {
      return Name.fromString(label, origin);
    } catch (TextParseException e) {
      throw new AssertionError("shorter than the name of the service, which has room", e);
    }
  }

  SOARecord soa(Instant now) {
    return new SOARecord(
        origin,
        DClass.IN,
        TTL,
        nameServer,
        hostmaster,
        now.getEpochSecond() & 0xFFFF_FFFFL,
        REFRESH_SECONDS,
        RETRY_SECONDS,
        EXPIRE_SECONDS,
        TTL);
  }

  NSRecord nameServer() {
    return new NSRecord(origin, DClass.IN, TTL, nameServer);
  }

  /** A and AAAA of {@code owner} for each address once. */
  static List<Record> addresses(Name owner, List<SeedNode> nodes) {
    return nodes.stream()
        .map(node -> node.endpoint().address())
        .distinct()
        .map(address -> address(owner, address))
        .toList();
  }

  /** One SRV for each port but the usual one; the more nodes have it, the more it weighs. */
  List<Record> services(List<SeedNode> nodes) {
    Map<Integer, List<SeedNode>> ports =
        nodes.stream()
            .filter(node -> node.endpoint().port() != SeedNames.DEFAULT_PORT)
            .collect(
                Collectors.groupingBy(
                    node -> node.endpoint().port(), TreeMap::new, Collectors.toList()));
    List<Record> services = new ArrayList<>();
    ports.forEach(
        (port, group) ->
            services.add(
                new SRVRecord(
                    service(),
                    DClass.IN,
                    TTL,
                    0,
                    Math.min(MAX_WEIGHT, group.size()),
                    port,
                    owner(group.getFirst()))));
    return services;
  }

  /** One TXT for each node whose PeerId is known. */
  List<Record> pins(List<SeedNode> nodes) {
    return nodes.stream()
        .filter(node -> node.peerId() != null)
        .<Record>map(node -> new TXTRecord(origin, DClass.IN, TTL, SeedNames.pin(node)))
        .toList();
  }

  private static Record address(Name owner, IpAddress address) {
    if (address.isIpv4()) {
      byte[] bytes = ByteBuffer.allocate(Integer.BYTES).putInt(address.ipv4Bits()).array();
      return new ARecord(owner, DClass.IN, TTL, bytes);
    }
    byte[] bytes =
        ByteBuffer.allocate(2 * Long.BYTES).putLong(address.high()).putLong(address.low()).array();
    return new AAAARecord(owner, DClass.IN, TTL, bytes);
  }

  @Override
  public String toString() {
    return origin.toString(true);
  }
}
