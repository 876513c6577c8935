package dev.waggle.domain.node;

import dev.waggle.domain.admission.InboundLimits;
import dev.waggle.domain.gossip.GossipSettings;
import dev.waggle.domain.peers.PeerSettings;
import dev.waggle.domain.rates.RateSettings;
import dev.waggle.domain.reach.ReachSettings;
import dev.waggle.ports.PeerAddress;
import java.util.List;

/** Everything that can be set about a {@link P2PService}. */
public record P2PSettings(
    PeerSettings peers,
    GossipSettings gossip,
    InboundLimits inboundLimits,
    RateSettings rates,
    ReachSettings reach) {

  /** Of a node that nothing stands before. */
  public P2PSettings(
      PeerSettings peers, GossipSettings gossip, InboundLimits inboundLimits, RateSettings rates) {
    this(peers, gossip, inboundLimits, rates, ReachSettings.DIRECT);
  }

  /** With the default limits of inbound links from one place, and of what peers may tell. */
  public P2PSettings(PeerSettings peers, GossipSettings gossip) {
    this(peers, gossip, InboundLimits.DEFAULTS, RateSettings.DEFAULTS);
  }

  /** The protocol's defaults, with these seeds. */
  public static P2PSettings defaults(List<PeerAddress> seeds) {
    return new P2PSettings(PeerSettings.defaults(seeds), GossipSettings.DEFAULTS);
  }
}
