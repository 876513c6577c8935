package dev.waggle.nio;

import com.google.inject.AbstractModule;
import com.google.inject.multibindings.ProvidesIntoMap;
import com.google.inject.multibindings.StringMapKey;
import dev.waggle.ports.transport.Transport;
import dev.waggle.ports.transport.TransportSettings;

/** Offers the transport {@code nio} to a node that has this jar on its class path. */
public final class NioModule extends AbstractModule {
  @ProvidesIntoMap
  @StringMapKey(NioTransport.NAME)
  Transport nio(TransportSettings settings) {
    return new NioTransport(settings.ioThreads(), settings.source());
  }
}
