package dev.waggle.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.domain.admission.AdmissionSettings;
import dev.waggle.node.config.ConfigKeys;
import dev.waggle.node.config.NodeConfig;
import dev.waggle.ports.Endpoint;
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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Somebody opens connections and says nothing (PROTOCOL §4.7). */
@Timeout(60)
@Tag("long")
class HandshakeFloodTest {
  /** Places for 16 connections, of which one prefix may have 8. */
  private static final AdmissionSettings FEW = new AdmissionSettings(16, 4, 8, 32, 8, false);

  private static final AdmissionSettings FEW_FOR_LOOPBACK_TOO =
      new AdmissionSettings(16, 4, 8, 32, 8, true);

  private static final int TOO_MANY = 16;

  private final BlockingQueue<PeerInfo> connected = new LinkedBlockingQueue<>();
  private final PeerObserver observer =
      new PeerObserver() {
        @Override
        public void peerConnected(PeerInfo peer) {
          connected.add(peer);
        }
      };

  /**
   * All places are taken by sockets that say nothing, and are taken again as soon as one gets free.
   * Before the oldest had to make room, the honest peer never came in.
   */
  @ParameterizedTest
  @CsvSource({"netty, 16, false", "nio, 16, false", "netty, 8, true", "nio, 8, true"})
  void honestPeer_comesIn_whileIdleSocketsHoldEveryPlace(
      String transport, int places, boolean limitLoopback) throws Exception {
    NodeConfig config = config().toBuilder().parse(ConfigKeys.TRANSPORT, transport).build();
    try (WaggleNode node =
        WaggleNode.builder(config)
            .application(ACCEPTING)
            .admission(limitLoopback ? FEW_FOR_LOOPBACK_TOO : FEW)
            .start()) {
      CountDownLatch open = new CountDownLatch(places);
      for (int i = 0; i < places; i++) {
        Thread.ofVirtual().start(() -> holdAPlace(node.address(), open));
      }
      open.await();
      NodeConfig honest =
          config.toBuilder().parse(ConfigKeys.SEEDS, node.peerId() + "@" + node.address()).build();
      try (WaggleNode peer =
          WaggleNode.builder(honest).application(ACCEPTING).observer(observer).start()) {
        assertThat(connected.take().id()).isEqualTo(node.peerId());
        assertThat(peer.peers()).hasSize(1);
      }
    }
  }

  /** Connects, and connects again whenever that has ended, until nobody listens. */
  private static void holdAPlace(Endpoint address, CountDownLatch open) {
    while (true) {
      try (Socket socket = new Socket(address.host(), address.port())) {
        open.countDown();
        awaitEnd(socket);
      } catch (IOException e) {
        return;
      }
    }
  }

  private static void awaitEnd(Socket socket) {
    try {
      int _ = socket.getInputStream().read();
    } catch (IOException e) {
      // It was reset, which is an end too.
    }
  }

  @ParameterizedTest
  @CsvSource({"netty", "nio"})
  void connectionsThatSayNothing_areAllClosed_withinAndBeyondTheCap(String transport)
      throws Exception {
    NodeConfig config = config().toBuilder().parse(ConfigKeys.TRANSPORT, transport).build();
    BlockingQueue<Socket> ended = new LinkedBlockingQueue<>();
    List<Socket> flood = new ArrayList<>();
    try (WaggleNode node =
        WaggleNode.builder(config).application(ACCEPTING).admission(FEW).start()) {
      for (int i = 0; i < FEW.maxHalfOpen() + TOO_MANY; i++) {
        Socket socket = new Socket(node.address().host(), node.address().port());
        flood.add(socket);
        Thread.ofVirtual()
            .start(
                () -> {
                  awaitEnd(socket);
                  ended.add(socket);
                });
      }
      for (int i = 0; i < flood.size(); i++) {
        assertThat(flood).contains(ended.take());
      }
    } finally {
      for (Socket socket : flood) {
        socket.close();
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
