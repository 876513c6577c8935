package dev.waggle.cli.seeder;

import dev.waggle.dns.SeedNode;
import dev.waggle.domain.addresses.Reach;
import dev.waggle.ports.IpAddress;
import dev.waggle.ports.node.KnownAddress;
import dev.waggle.ports.node.PeerMemory;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/**
 * Which of the addresses that a node knows can be told to strangers: those that it has reached
 * itself, and lately, and that have not failed to answer again and again since. Hearsay is not
 * told, for anybody can send it.
 *
 * @param within how long ago it may have been linked with them
 * @param allowPrivate whether addresses that only a test network can dial are told too
 */
public record ReachedNodes(Duration within, boolean allowPrivate) {
  /** Dials in a row that may have failed: one or two may be the network's fault, or a restart's. */
  static final int MAX_FAILURES = 2;

  /**
   * The nodes, the one reached last first.
   *
   * @param since how long ago {@code memory} was read
   */
  public List<SeedNode> of(PeerMemory memory, Duration since) {
    long mostSeconds = within.minus(since).toSeconds();
    return memory.addresses().stream()
        .filter(KnownAddress::tried)
        .filter(known -> known.succeededSecondsAgo() != KnownAddress.NEVER)
        .filter(known -> known.succeededSecondsAgo() <= mostSeconds)
        .filter(known -> known.failures() <= MAX_FAILURES)
        .filter(known -> isDialable(known.endpoint().address()))
        .sorted(Comparator.comparingLong(KnownAddress::succeededSecondsAgo))
        .map(known -> new SeedNode(known.endpoint(), known.proven()))
        .toList();
  }

  private boolean isDialable(IpAddress address) {
    return switch (Reach.of(address)) {
      case PUBLIC -> true;
      case PRIVATE -> allowPrivate;
      case NONE -> false;
    };
  }
}
