package dev.waggle.domain.peers;

import dev.waggle.crypto.toy.SeededRandom;
import dev.waggle.domain.admission.InboundLimits;
import dev.waggle.domain.chance.Draws;
import dev.waggle.domain.rates.Allowance;
import dev.waggle.domain.rates.RateSettings;
import dev.waggle.domain.time.Alarm;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.Endpoint;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.crypto.RandomSource;
import dev.waggle.ports.node.Direction;
import dev.waggle.ports.node.LinkId;
import dev.waggle.ports.node.PeerDirectory;
import dev.waggle.ports.node.PeerInfo;
import dev.waggle.ports.node.PeerMemory;
import dev.waggle.ports.node.PeerObserver;
import java.util.List;

/** Links of one peer, for tests that need nothing behind them. */
final class PeerLinks {
  private static final PeerId PEER = new PeerId(Bytes.wrap(new byte[PeerId.LENGTH]));

  private PeerLinks() {}

  static PeerLink inbound(long number) {
    return link(number, Direction.INBOUND, Purpose.ACCEPTED);
  }

  static PeerLink outbound(long number) {
    return link(number, Direction.OUTBOUND, Purpose.KEPT);
  }

  private static PeerLink link(long number, Direction direction, Purpose purpose) {
    RandomSource random = new SeededRandom(1);
    PeerManager manager =
        new PeerManager(
            PEER,
            PeerSettings.defaults(List.of()),
            InboundLimits.DEFAULTS,
            RateSettings.DEFAULTS,
            PeerMemory.NOTHING,
            new RecordingLinks(),
            PeerDirectory.NONE,
            PeerObserver.NONE,
            new Draws(random),
            new Alarm());
    PeerInfo info =
        new PeerInfo(
            PEER,
            new Endpoint("10.0.0.9", 1),
            new Endpoint("10.0.0.2", 9),
            direction,
            "toy",
            "bincode",
            List.of());
    Peer peer = new Peer(PEER, manager, new Allowance(RateSettings.DEFAULTS, 0));
    return new PeerLink(new LinkId(number), peer, info, purpose, 0);
  }
}
