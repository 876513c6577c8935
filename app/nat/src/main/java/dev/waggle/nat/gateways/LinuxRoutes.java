package dev.waggle.nat.gateways;

import dev.waggle.ports.IpAddress;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Default routes out of {@code /proc/net/route} and {@code /proc/net/ipv6_route} (proc_net(5)). */
final class LinuxRoutes {
  /** A router of the whole Internet has a million routes; ours stand near the front. */
  static final int MAX_LINES = 10_000;

  private static final Path IPV4 = Path.of("/proc/net/route");
  private static final Path IPV6 = Path.of("/proc/net/ipv6_route");

  private static final int UP = 0x1;
  private static final int THROUGH_ROUTER = 0x2;
  private static final int REJECT = 0x200;

  private static final String NO_ADDRESS = "0".repeat(32);

  private final ByteOrder order;

  /**
   * @param order of this machine, in which the kernel prints addresses of IPv4
   */
  LinuxRoutes(ByteOrder order) {
    this.order = order;
  }

  List<DefaultRoute> read() throws IOException {
    List<DefaultRoute> routes = new ArrayList<>();
    for (Path file : List.of(IPV4, IPV6)) {
      if (Files.exists(file)) { // A kernel without IPv6 has no such file.
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.US_ASCII)) {
          routes.addAll(file.equals(IPV4) ? ipv4(lines) : ipv6(lines));
        } catch (IOException e) {
          throw new IOException("cannot read " + file + ": " + e.getMessage(), e);
        }
      }
    }
    return routes;
  }

  /** The default routes of {@code /proc/net/route}, the preferred one first. */
  List<DefaultRoute> ipv4(BufferedReader lines) throws IOException {
    return parsed(lines, this::ipv4);
  }

  /** The default routes of {@code /proc/net/ipv6_route}, the preferred one first. */
  List<DefaultRoute> ipv6(BufferedReader lines) throws IOException {
    return parsed(lines, LinuxRoutes::ipv6);
  }

  private static List<DefaultRoute> parsed(
      BufferedReader lines, Function<String[], @Nullable DefaultRoute> parser) throws IOException {
    List<DefaultRoute> routes = new ArrayList<>();
    for (int i = 0; i < MAX_LINES; i++) {
      String line = lines.readLine();
      if (line == null) {
        break;
      }
      DefaultRoute route = parser.apply(line.strip().split("\\s+", -1));
      if (route != null) {
        routes.add(route);
      }
    }
    routes.sort(Comparator.comparingLong(DefaultRoute::metric));
    return routes;
  }

  /**
   * Iface Destination Gateway Flags RefCnt Use Metric Mask ...; numbers in base 16, metric in 10.
   */
  private @Nullable DefaultRoute ipv4(String[] fields) {
    if (fields.length < 8) {
      return null;
    }
    long destination = hex(fields[1]);
    long router = hex(fields[2]);
    long flags = hex(fields[3]);
    long metric = number(fields[6], 10);
    long mask = hex(fields[7]);
    if (destination != 0 || mask != 0 || router <= 0 || metric < 0 || !isThroughRouter(flags)) {
      return null;
    }
    int bits = order == ByteOrder.LITTLE_ENDIAN ? Integer.reverseBytes((int) router) : (int) router;
    return new DefaultRoute(IpAddress.ofIpv4(bits).toString(), fields[0], metric);
  }

  /** Destination, its length, source, its length, next hop, metric, two counters, flags, Iface. */
  private static @Nullable DefaultRoute ipv6(String[] fields) {
    if (fields.length < 10
        || !fields[0].equals(NO_ADDRESS)
        || hex(fields[1]) != 0
        || hex(fields[3]) != 0
        || fields[4].equals(NO_ADDRESS)
        || !fields[4].matches("[0-9a-fA-F]{32}")
        || !isThroughRouter(hex(fields[8]))) {
      return null;
    }
    IpAddress router =
        new IpAddress(
            Long.parseUnsignedLong(fields[4].substring(0, 16), 16),
            Long.parseUnsignedLong(fields[4].substring(16), 16));
    return router.isIpv4()
        ? null
        : new DefaultRoute(router.toString(), fields[9], Math.max(hex(fields[5]), 0));
  }

  private static boolean isThroughRouter(long flags) {
    return flags >= 0 && (flags & (UP | THROUGH_ROUTER | REJECT)) == (UP | THROUGH_ROUTER);
  }

  private static long hex(String digits) {
    return number(digits, 16);
  }

  /** A number of 32 bits, or -1. */
  private static long number(String digits, int radix) {
    try {
      return Integer.toUnsignedLong(Integer.parseUnsignedInt(digits, radix));
    } catch (NumberFormatException e) {
      return -1;
    }
  }
}
