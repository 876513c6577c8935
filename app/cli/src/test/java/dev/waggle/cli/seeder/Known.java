package dev.waggle.cli.seeder;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.Endpoint;
import dev.waggle.ports.IpAddress;
import dev.waggle.ports.IpEndpoint;
import dev.waggle.ports.node.KnownAddress;
import dev.waggle.ports.node.PeerMemory;
import java.util.List;
import java.util.Objects;

/** Entries of an address book. */
public final class Known {
  public static PeerMemory memory(KnownAddress... addresses) {
    return new PeerMemory(Bytes.EMPTY, List.of(addresses), List.of());
  }

  /** One that the node has been linked with. */
  public static KnownAddress reached(String endpoint, long secondsAgo) {
    return entry(endpoint, secondsAgo, true);
  }

  static KnownAddress entry(String endpoint, long succeededSecondsAgo, boolean tried) {
    return entry(endpoint, succeededSecondsAgo, 0, tried);
  }

  /** One that the node has been linked with a second ago, and dialled in vain since. */
  static KnownAddress failed(String endpoint, int failures) {
    return entry(endpoint, 1, failures, true);
  }

  private static KnownAddress entry(
      String endpoint, long succeededSecondsAgo, int failures, boolean tried) {
    return new KnownAddress(
        endpoint(endpoint),
        IpAddress.ofIpv4(0x08080808),
        1,
        null,
        5,
        5,
        succeededSecondsAgo,
        failures,
        tried);
  }

  static IpEndpoint endpoint(String text) {
    return Objects.requireNonNull(IpEndpoint.of(Endpoint.parse(text)));
  }

  private Known() {}
}
