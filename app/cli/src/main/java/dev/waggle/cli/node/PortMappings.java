package dev.waggle.cli.node;

import dev.waggle.nat.RouterPortMapping;
import dev.waggle.node.config.NodeConfig;
import dev.waggle.ports.nat.Mapping;
import dev.waggle.ports.nat.PortMapping;
import java.util.List;

/** How routers are asked to let others through to a node, by its settings. */
final class PortMappings {
  static PortMapping of(NodeConfig config) {
    List<Mapping.Method> methods = config.mappingMethods();
    return methods.isEmpty() ? PortMapping.NONE : new RouterPortMapping(methods);
  }

  private PortMappings() {}
}
