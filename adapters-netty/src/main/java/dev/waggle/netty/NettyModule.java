package dev.waggle.netty;

import com.google.inject.AbstractModule;
import com.google.inject.multibindings.ProvidesIntoMap;
import com.google.inject.multibindings.StringMapKey;
import dev.waggle.ports.transport.Transport;
import dev.waggle.ports.transport.TransportSettings;
import dev.waggle.ports.transport.TransportUnavailable;

/** Offers the transport {@code netty} to a node that has this jar on its class path. */
public final class NettyModule extends AbstractModule {
  @ProvidesIntoMap
  @StringMapKey(NettyTransport.NAME)
  Transport netty(TransportSettings settings) {
    NettyIo io = settings.option(NettyIo.OPTION).map(NettyModule::parse).orElse(NettyIo.AUTO);
    int threads = settings.ioThreads();
    return new NettyTransport(
        io, threads == 0 ? NettyTransport.allProcessors() : threads, settings.source());
  }

  private static NettyIo parse(String text) {
    try {
      return NettyIo.parse(text);
    } catch (IllegalArgumentException e) {
      throw new TransportUnavailable(NettyIo.OPTION, text, String.valueOf(e.getMessage()), e);
    }
  }
}
