package dev.waggle.ports.wire;

import dev.waggle.ports.IpEndpoint;

/**
 * What one node tells another of where a third one can be dialled (PROTOCOL §7.3). Nothing of it is
 * proven: whoever dials finds out.
 *
 * @param ageSeconds how long ago somebody was linked with that node, by hearsay; at least 0
 * @param services a bit for each thing that the node does for others (PROTOCOL §9.5); unknown ones
 *     are kept, and told on
 */
public record AddressRecord(IpEndpoint endpoint, int ageSeconds, long services) {
  /** Takes inbound links, forwards gossip, and answers requests. */
  public static final long SERVES_GOSSIP = 1;

  public AddressRecord {
    if (ageSeconds < 0) {
      throw new IllegalArgumentException("an age is not negative: " + ageSeconds);
    }
  }

  /** The same, so much later; not beyond what an age can be. */
  public AddressRecord older(long seconds) {
    int older = Math.clamp(ageSeconds + seconds, 0, Integer.MAX_VALUE);
    return new AddressRecord(endpoint, older, services);
  }
}
