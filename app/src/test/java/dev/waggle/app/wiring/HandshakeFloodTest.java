package dev.waggle.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.app.config.ConfigKeys;
import dev.waggle.app.config.NodeConfig;
import dev.waggle.domain.admission.AdmissionSettings;
import dev.waggle.ports.gossip.Delivery;
import dev.waggle.ports.gossip.GossipApplication;
import dev.waggle.ports.gossip.Verdict;
import dev.waggle.ports.node.PeerInfo;
import dev.waggle.ports.node.PeerObserver;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Somebody opens connections and says nothing (PROTOCOL §4.7). */
@Timeout(60)
class HandshakeFloodTest {
  private static final int CAP = AdmissionSettings.DEFAULTS.maxTotal();
  private static final int TOO_MANY = 16;

  @Test
  void connectionsBeyondTheCap_areClosedAtOnce_andPlacesThatGetFreeAreGivenOut() throws Exception {
    BlockingQueue<Socket> turnedAway = new LinkedBlockingQueue<>();
    BlockingQueue<PeerInfo> connected = new LinkedBlockingQueue<>();
    PeerObserver observer =
        new PeerObserver() {
          @Override
          public void peerConnected(PeerInfo peer) {
            connected.add(peer);
          }
        };
    List<Socket> flood = new ArrayList<>();
    try (WaggleNode node = WaggleNode.builder(config()).application(ACCEPTING).start()) {
      for (int i = 0; i < CAP + TOO_MANY; i++) {
        Socket socket = new Socket(node.address().host(), node.address().port());
        flood.add(socket);
        Thread.ofVirtual().start(() -> awaitEnd(socket, turnedAway));
      }
      for (int i = 0; i < TOO_MANY; i++) {
        flood.remove(turnedAway.take());
      }
      assertThat(flood).hasSize(CAP);

      for (Socket silent : flood) {
        silent.close();
      }
      NodeConfig honest =
          config().toBuilder()
              .parse(ConfigKeys.SEEDS, node.peerId() + "@" + node.address())
              .build();
      try (WaggleNode peer =
          WaggleNode.builder(honest).application(ACCEPTING).observer(observer).start()) {
        assertThat(connected.take().id()).isEqualTo(node.peerId());
        assertThat(peer.peers()).hasSize(1);
      }
    } finally {
      for (Socket socket : flood) {
        socket.close();
      }
    }
  }

  private static void awaitEnd(Socket socket, BlockingQueue<Socket> ended) {
    try {
      if (socket.getInputStream().read() < 0) {
        ended.add(socket);
      }
    } catch (IOException e) {
      if (!socket.isClosed()) {
        ended.add(socket); // reset by the node
      }
    }
  }

  private static NodeConfig config() {
    return NodeConfig.builder().parse(ConfigKeys.P2P_ADDR, "127.0.0.1:0").build();
  }

  private static final GossipApplication ACCEPTING =
      new GossipApplication() {
        @Override
        public Verdict validate(Delivery candidate) {
          return new Verdict.Accept();
        }

        @Override
        public void deliver(Delivery accepted) {}
      };
}
