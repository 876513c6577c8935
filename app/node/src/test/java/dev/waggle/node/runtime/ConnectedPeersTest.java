package dev.waggle.node.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.Endpoint;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.node.Direction;
import dev.waggle.ports.node.PeerInfo;
import dev.waggle.ports.node.PeerObserver;
import java.lang.reflect.Method;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConnectedPeersTest {
  private static final PeerInfo DIALLED = link(1, Direction.OUTBOUND, 9000);
  private static final PeerInfo ACCEPTED = link(1, Direction.INBOUND, 40_000);
  private static final PeerInfo OTHER = link(2, Direction.INBOUND, 40_001);

  private final ConnectedPeers peers = new ConnectedPeers(PeerObserver.NONE);

  private static PeerInfo link(int peer, Direction direction, int port) {
    byte[] id = new byte[PeerId.LENGTH];
    id[0] = (byte) peer;
    return new PeerInfo(
        new PeerId(Bytes.wrap(id)),
        new Endpoint("192.0.2.1", port),
        new Endpoint("192.0.2.2", 9),
        direction,
        "suite",
        "codec",
        List.of());
  }

  @Test
  void eachPeer_isListedOnce_inTheOrderOfIds() {
    peers.peerConnected(OTHER);
    peers.peerConnected(DIALLED);
    peers.peerConnected(ACCEPTED);

    assertThat(peers.list()).containsExactly(DIALLED, OTHER);
  }

  @Test
  void newerOfTwoLinks_ends_andThePeerStays() {
    peers.peerConnected(DIALLED);
    peers.peerConnected(ACCEPTED);
    peers.peerDisconnected(ACCEPTED, "duplicate");

    assertThat(peers.list()).containsExactly(DIALLED);
  }

  @Test
  void olderOfTwoLinks_ends_andThePeerStays() {
    peers.peerConnected(DIALLED);
    peers.peerConnected(ACCEPTED);
    peers.peerDisconnected(DIALLED, "duplicate");

    assertThat(peers.list()).containsExactly(ACCEPTED);
  }

  @Test
  void lastLink_ends_andThePeerIsGone() {
    peers.peerConnected(DIALLED);
    peers.peerConnected(ACCEPTED);
    peers.peerDisconnected(DIALLED, "duplicate");
    peers.peerDisconnected(ACCEPTED, "remote");

    assertThat(peers.list()).isEmpty();
  }

  /** It stands before the operator's observer: what it does not override never comes there. */
  @Test
  void whateverAnObserverHears_isPassedOn() throws NoSuchMethodException {
    for (Method heard : PeerObserver.class.getMethods()) {
      Method here = ConnectedPeers.class.getMethod(heard.getName(), heard.getParameterTypes());
      assertThat(here.getDeclaringClass()).as("%s", heard).isEqualTo(ConnectedPeers.class);
    }
  }
}
