package dev.waggle.operator.page;

import dev.waggle.chain.AcceptedBlock;
import dev.waggle.ports.Endpoint;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.node.Direction;
import dev.waggle.ports.node.PeerInfo;
import dev.waggle.ports.wire.MessageId;
import java.util.List;

/** Things that happen in tests. */
final class Events {
  static PeerId peer(int number) {
    return PeerId.ofHex("%064x".formatted(number));
  }

  static PeerInfo link(int peer) {
    return new PeerInfo(
        peer(peer),
        new Endpoint("192.0.2." + peer, 9000),
        new Endpoint("127.0.0.1", 9001),
        Direction.OUTBOUND,
        "suite",
        "codec",
        List.of());
  }

  static AcceptedBlock block(int height) {
    return new AcceptedBlock(
        hash(height), height, 1_700_000_000_000L, peer(1), null, true, 0, 2, 300);
  }

  static MessageId hash(int number) {
    return MessageId.ofHex("%064x".formatted(number));
  }

  private Events() {}
}
