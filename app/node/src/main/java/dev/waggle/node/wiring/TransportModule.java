package dev.waggle.node.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.multibindings.ProvidesIntoMap;
import com.google.inject.multibindings.StringMapKey;
import dev.waggle.netty.NettyIoUnavailable;
import dev.waggle.netty.NettyTransport;
import dev.waggle.nio.NioTransport;
import dev.waggle.node.config.ConfigKeys;
import dev.waggle.node.config.ConfigProblem;
import dev.waggle.node.config.NodeConfig;
import dev.waggle.ports.transport.Transport;

/** The transports that come with Waggle, by the name under which {@code transport} selects them. */
final class TransportModule extends AbstractModule {
  @ProvidesIntoMap
  @StringMapKey("netty")
  Transport netty(NodeConfig config) {
    try {
      return config.ioThreads() == 0
          ? new NettyTransport(config.nettyIo())
          : new NettyTransport(config.nettyIo(), config.ioThreads());
    } catch (NettyIoUnavailable e) {
      throw ConfigProblem.because(
          ConfigKeys.NETTY_IO.name(), config.nettyIo().toString(), e.getMessage());
    }
  }

  @ProvidesIntoMap
  @StringMapKey("nio")
  Transport nio(NodeConfig config) {
    return new NioTransport(config.ioThreads());
  }
}
