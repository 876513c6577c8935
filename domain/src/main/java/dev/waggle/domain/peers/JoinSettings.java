package dev.waggle.domain.peers;

import dev.waggle.ports.IpEndpoint;
import dev.waggle.ports.PeerAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a node finds others (PROTOCOL §9.1).
 *
 * @param seeds whom to dial to join; addresses that turn out to be this node itself are dropped
 * @param permanent whom to be linked with always, beside the others
 * @param dnsSeeds names of zones that list nodes to join through
 * @param discovers whether to learn addresses from peers and dial them; if not, the seeds are all
 *     that the node ever dials, besides the permanent ones
 * @param privateNetwork whether private, loopback and reserved addresses count too
 * @param external where others can dial this node, or null if it has to find out
 */
public record JoinSettings(
    List<PeerAddress> seeds,
    List<PeerAddress> permanent,
    List<String> dnsSeeds,
    boolean discovers,
    boolean privateNetwork,
    @Nullable IpEndpoint external) {
  public JoinSettings {
    seeds = Collections.unmodifiableList(new ArrayList<>(seeds));
    permanent = Collections.unmodifiableList(new ArrayList<>(permanent));
    dnsSeeds = Collections.unmodifiableList(new ArrayList<>(dnsSeeds));
  }

  /** To dial these, as many as are wanted, and nobody else. */
  public static JoinSettings only(List<PeerAddress> addresses) {
    return new JoinSettings(addresses, List.of(), List.of(), false, true, null);
  }

  /** To join through these, and to find the others from there. */
  public static JoinSettings through(List<PeerAddress> seeds, boolean privateNetwork) {
    return new JoinSettings(seeds, List.of(), List.of(), true, privateNetwork, null);
  }
}
