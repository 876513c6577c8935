package dev.waggle.ports.operator;

import dev.waggle.ports.IpEndpoint;
import dev.waggle.ports.nat.Mapping;
import dev.waggle.ports.node.Reachability;
import java.util.List;
import java.util.Locale;

/**
 * Whether others can dial the node, and what it does about it (PROTOCOL §9.9, §9.10).
 *
 * @param state of the node: reachable if it is at any address
 * @param addresses where others might dial it, in no particular order; a dozen at most
 * @param mappings that routers have made, with the time that is left of each
 * @param punches links with peers that cannot be dialled either
 */
public record ReachStatus(
    Reachability state, List<Candidate> addresses, List<Mapping> mappings, Punches punches) {

  /** From where a node knows an address of its own. */
  public enum Source {
    /** Its operator says so. */
    EXTERNAL,
    /** It is this machine's. */
    DIRECT,
    /** A router has mapped it. */
    MAPPED,
    /** Peers see the node there. */
    OBSERVED;

    /** What operators read: {@code mapped}. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Where others might dial the node. */
  public record Candidate(IpEndpoint endpoint, Source source, Reachability state) {}

  /**
   * Attempts at a link with a peer that cannot be dialled, since the start.
   *
   * @param begun by either side
   * @param linked that led to a link
   * @param failed that did not
   * @param relayed messages that this node has passed on for two others
   */
  public record Punches(long begun, long linked, long failed, long relayed) {
    /** None yet. */
    public static final Punches NONE = new Punches(0, 0, 0, 0);
  }
}
