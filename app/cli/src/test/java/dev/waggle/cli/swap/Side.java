package dev.waggle.cli.swap;

import dev.waggle.node.WaggleNode;
import dev.waggle.node.config.ConfigKeys;
import dev.waggle.node.config.NodeConfig;
import dev.waggle.ports.PeerAddress;
import dev.waggle.ports.gossip.Delivery;
import dev.waggle.ports.gossip.GossipApplication;
import dev.waggle.ports.gossip.Verdict;
import dev.waggle.ports.node.PeerInfo;
import dev.waggle.ports.node.PeerObserver;
import dev.waggle.ports.transport.ListenFailed;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** One node of a pair, with whatever can be observed of it. */
final class Side implements AutoCloseable {
  private static final GossipApplication ACCEPTING =
      new GossipApplication() {
        @Override
        public Verdict validate(Delivery candidate) {
          return new Verdict.Accept();
        }

        @Override
        public void deliver(Delivery accepted) {}
      };

  private final CompletableFuture<PeerInfo> connected = new CompletableFuture<>();
  private final CompletableFuture<String> disconnected = new CompletableFuture<>();
  private final Watch watch;
  private final WaggleNode node;

  private Side(NodeConfig.Builder config, String codec) throws ListenFailed, IOException {
    this.watch = new Watch(codec);
    this.node =
        WaggleNode.builder(config.parse(ConfigKeys.CODEC, Watch.CODEC).build())
            .modules(watch)
            .application(ACCEPTING)
            .observer(new Observer())
            .start();
  }

  static Side listening(NodeConfig.Builder config, String codec) throws ListenFailed, IOException {
    return new Side(config, codec);
  }

  static Side dialling(Side other, NodeConfig.Builder config, String codec)
      throws ListenFailed, IOException {
    String seed = other.node.peerId() + "@" + other.node.address();
    return new Side(config.parse(ConfigKeys.CONNECT, seed), codec);
  }

  WaggleNode node() {
    return node;
  }

  /** How many messages of each type have arrived. */
  Map<Class<?>, Integer> received() {
    return watch.received();
  }

  /** The first link, once it is established. */
  PeerInfo awaitPeer() throws Exception {
    return connected.get();
  }

  /** Completes when the peer has answered so many more Pings; fails if the link ends before. */
  CompletableFuture<Void> answeredPings(int more) {
    CompletableFuture<Void> answered = watch.answeredPings(more);
    CompletableFuture<Void> _ =
        disconnected.thenAccept(
            reason ->
                answered.completeExceptionally(new AssertionError("the link ended: " + reason)));
    return answered;
  }

  /** Why the link ended, once it has. */
  CompletableFuture<String> disconnected() {
    return disconnected;
  }

  /** Says Goodbye and stops, as closing does. */
  void leave() {
    node.close();
  }

  @Override
  public void close() {
    leave();
  }

  private final class Observer implements PeerObserver {
    @Override
    public void peerConnected(PeerInfo peer) {
      connected.complete(peer);
    }

    @Override
    public void peerDisconnected(PeerInfo peer, String reason) {
      disconnected.complete(reason);
    }

    @Override
    public void dialFailed(PeerAddress address, String reason, long retryInNanos) {
      connected.completeExceptionally(new AssertionError("the dial failed: " + reason));
    }
  }
}
