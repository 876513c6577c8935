package dev.waggle.cli.attack;

import dev.waggle.node.WaggleNode;
import dev.waggle.node.config.ConfigKeys;
import dev.waggle.node.config.NodeConfig;
import dev.waggle.ports.gossip.GossipApplication;
import dev.waggle.ports.transport.ListenFailed;
import java.io.IOException;

/** A node on loopback that dials nobody, for whatever dials it. */
final class OpenNode {
  static WaggleNode start(String transport, GossipApplication application)
      throws ListenFailed, IOException {
    NodeConfig config =
        NodeConfig.builder()
            .parse(ConfigKeys.P2P_ADDR, "127.0.0.1:0")
            .parse(ConfigKeys.TRANSPORT, transport)
            .build();
    return WaggleNode.builder(config).application(application).start();
  }

  private OpenNode() {}
}
