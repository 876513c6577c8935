package dev.waggle.dns;

import dev.waggle.ports.IpEndpoint;
import dev.waggle.ports.PeerAddress;
import dev.waggle.ports.node.SeedDirectory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.xbill.DNS.Name;
import org.xbill.DNS.ResolverConfig;

/**
 * DNS seeds (PROTOCOL §9.6): asks recursive resolvers for the nodes of a zone.
 *
 * <p>A look-up sends at most {@value SeedLookUp#MAX_QUESTIONS} questions, each at most {@value
 * DnsClient#MAX_ATTEMPTS} times to at most {@value DnsClient#MAX_SERVERS} servers, and returns at
 * most {@value SeedLookUp#MAX_NODES} addresses. It holds an answer of at most 64 KiB for each
 * question. The caller's thread waits, on virtual threads that end with the look-up; who interrupts
 * it ends the look-up.
 */
public final class DnsSeedDirectory implements SeedDirectory {
  /** How long a look-up of a name takes at most. */
  public static final Duration DEADLINE = Duration.ofSeconds(10);

  private final List<InetSocketAddress> servers;
  private final Duration deadline;

  /** Asks the system's resolvers, as they are configured at the time of each look-up. */
  public DnsSeedDirectory() {
    this(List.of(), DEADLINE);
  }

  /**
   * Asks these resolvers.
   *
   * @param resolvers the system's if there are none
   * @param deadline of each look-up, at most a day
   */
  public DnsSeedDirectory(List<IpEndpoint> resolvers, Duration deadline) {
    if (!deadline.isPositive() || deadline.compareTo(Duration.ofDays(1)) > 0) {
      throw new IllegalArgumentException("a deadline lies within a day, and is not " + deadline);
    }
    this.servers =
        resolvers.stream()
            .map(resolver -> new InetSocketAddress(resolver.address().toString(), resolver.port()))
            .toList();
    this.deadline = deadline;
  }

  @Override
  public List<PeerAddress> lookUp(String name) throws IOException {
    Name zone;
    try {
      zone = SeedNames.zone(name);
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e);
    }
    long nanos = deadline.toNanos();
    DnsClient client =
        new DnsClient(
            servers.isEmpty() ? systemServers() : servers,
            System.nanoTime() + nanos,
            Math.max(1, nanos / DnsClient.MAX_ATTEMPTS));
    return new SeedLookUp(client, zone).nodes().stream().map(SeedNode::address).toList();
  }

  private static List<InetSocketAddress> systemServers() throws IOException {
    ResolverConfig.refresh(); // A laptop has moved to another network since.
    List<InetSocketAddress> servers =
        ResolverConfig.getCurrentConfig().servers().stream()
            .filter(server -> !server.isUnresolved())
            .toList();
    if (servers.isEmpty()) {
      throw new IOException("this system has no DNS resolver configured");
    }
    return servers;
  }
}
