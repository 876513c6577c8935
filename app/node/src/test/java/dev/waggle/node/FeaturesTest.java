package dev.waggle.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.inject.Module;
import com.google.inject.multibindings.Multibinder;
import dev.waggle.node.config.ConfigKeys;
import dev.waggle.node.config.NodeConfig;
import dev.waggle.node.runtime.ItemBlocks;
import dev.waggle.node.runtime.ToyChain;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.gossip.BlockFormat;
import dev.waggle.ports.gossip.Delivery;
import dev.waggle.ports.gossip.GossipApplication;
import dev.waggle.ports.gossip.HeaderChain;
import dev.waggle.ports.gossip.Verdict;
import dev.waggle.ports.node.Extension;
import dev.waggle.ports.node.LinkId;
import dev.waggle.ports.node.PeerInfo;
import dev.waggle.ports.node.PeerObserver;
import dev.waggle.ports.wire.Feature;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which features of its own a node has in force with its peers (PROTOCOL §7.4). */
@Timeout(60)
class FeaturesTest {
  private final BlockingQueue<PeerInfo> connected = new LinkedBlockingQueue<>();

  private static NodeConfig.Builder config() {
    return NodeConfig.builder()
        .parse(ConfigKeys.P2P_ADDR, "127.0.0.1:0")
        .parse(ConfigKeys.TRANSPORT, "nio");
  }

  @ParameterizedTest
  @CsvSource({
    "true, true, true, FORMAT_AND_CHAIN, '[1, 2, 3, 4, 5]'",
    "true, true, true, FORMAT, '[1, 2, 4, 5]'",
    "true, true, true, CHAIN, '[2, 4, 5]'",
    "true, true, true, NOTHING, '[2, 4, 5]'",
    "false, true, true, FORMAT_AND_CHAIN, '[2, 3, 4, 5]'",
    "true, false, true, FORMAT_AND_CHAIN, '[1, 3, 4, 5]'",
    "true, true, false, FORMAT_AND_CHAIN, '[1, 2, 4, 5]'",
    "false, false, false, FORMAT_AND_CHAIN, '[4, 5]'",
    "true, false, true, NOTHING, '[4, 5]'",
  })
  void aNode_offersWhatItsOperatorAndItsApplicationAllow(
      boolean compactBlocks,
      boolean earlyNotices,
      boolean headersFirst,
      Blocks blocks,
      String offered)
      throws Exception {
    NodeConfig.Builder config =
        config()
            .set(ConfigKeys.COMPACT_BLOCKS, compactBlocks)
            .set(ConfigKeys.EARLY_NOTICES, earlyNotices)
            .set(ConfigKeys.HEADERS_FIRST, headersFirst);
    try (WaggleNode one = start(config(), Blocks.FORMAT_AND_CHAIN);
        WaggleNode _ = start(dialling(config, one), blocks)) {
      assertThat(connected.take().features()).hasToString(offered);
    }
  }

  /** And the list that a handshake carries is ascending, whatever the extensions are. */
  @ParameterizedTest
  @ValueSource(ints = {6, 0xFF01})
  void featuresOfTheNode_andOfItsExtensions_areInForceTogether(int feature) throws Exception {
    Module extended =
        binder ->
            Multibinder.newSetBinder(binder, Extension.class)
                .addBinding()
                .toInstance(new Mute(feature));
    try (WaggleNode one = start(config(), Blocks.FORMAT_AND_CHAIN, extended);
        WaggleNode _ = start(dialling(config(), one), Blocks.FORMAT_AND_CHAIN, extended)) {
      assertThat(connected.take().features())
          .containsExactly(
              Feature.COMPACT_BLOCKS,
              Feature.EARLY_NOTICES,
              Feature.HEADERS_FIRST,
              Feature.DIAL_BACK,
              Feature.HOLE_PUNCHING,
              feature);
    }
  }

  /** Has nothing to say. */
  private record Mute(int feature) implements Extension {
    @Override
    public void received(LinkId link, Bytes body) {}
  }

  private static NodeConfig.Builder dialling(NodeConfig.Builder config, WaggleNode seed) {
    return config.parse(ConfigKeys.SEEDS, seed.peerId() + "@" + seed.address());
  }

  /** What an application says of its blocks. */
  enum Blocks {
    NOTHING,
    FORMAT,
    CHAIN,
    FORMAT_AND_CHAIN
  }

  private WaggleNode start(NodeConfig.Builder config, Blocks blocks, Module... modules)
      throws Exception {
    return WaggleNode.builder(config.build())
        .application(
            new Silent(
                blocks == Blocks.FORMAT || blocks == Blocks.FORMAT_AND_CHAIN
                    ? new ItemBlocks()
                    : null,
                blocks == Blocks.CHAIN || blocks == Blocks.FORMAT_AND_CHAIN
                    ? new ToyChain()
                    : null))
        .observer(
            new PeerObserver() {
              @Override
              public void peerConnected(PeerInfo peer) {
                connected.add(peer);
              }
            })
        .modules(modules)
        .start();
  }

  /** Takes nothing. */
  private record Silent(@Nullable BlockFormat blockFormat, @Nullable HeaderChain headerChain)
      implements GossipApplication {
    @Override
    public Verdict validate(Delivery candidate) {
      return new Verdict.Ignore("nothing is published here");
    }

    @Override
    public void deliver(Delivery accepted) {}
  }
}
