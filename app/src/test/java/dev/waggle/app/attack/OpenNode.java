package dev.waggle.app.attack;

import dev.waggle.app.config.ConfigKeys;
import dev.waggle.app.config.NodeConfig;
import dev.waggle.app.wiring.WaggleNode;
import dev.waggle.ports.gossip.GossipApplication;
import dev.waggle.ports.transport.ListenFailed;

/** A node on loopback that dials nobody, for whatever dials it. */
final class OpenNode {
  static WaggleNode start(String transport, GossipApplication application) throws ListenFailed {
    NodeConfig config =
        NodeConfig.builder()
            .parse(ConfigKeys.P2P_ADDR, "127.0.0.1:0")
            .parse(ConfigKeys.TRANSPORT, transport)
            .build();
    return WaggleNode.builder(config).application(application).start();
  }

  private OpenNode() {}
}
