package dev.waggle.cli.nat;

import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A machine of the lab, and the routers before it.
 *
 * @param name unique in its lab: {@code symmetric-7}
 * @param outside the address that all others see
 * @param ipv6 its own address of that kind; it has none behind two routers
 * @param routers none if it is public; the one that is next to it first
 */
record Host(
    String name,
    NatKind kind,
    Namespace namespace,
    String outside,
    String ipv6,
    List<Namespace> routers) {
  private static final Pattern PACKETS = Pattern.compile("packets (\\d+)");

  /** How many packets from outside the routers have not let in so far. */
  long dropped() throws IOException, InterruptedException {
    long packets = 0;
    for (Namespace router : routers) {
      Matcher counter = PACKETS.matcher(router.run("", "nft", "list counter inet filter dropped"));
      if (!counter.find()) {
        throw new IOException("a router without a counter");
      }
      packets += Long.parseLong(counter.group(1));
    }
    return packets;
  }

  @Override
  public String toString() {
    return name;
  }
}
