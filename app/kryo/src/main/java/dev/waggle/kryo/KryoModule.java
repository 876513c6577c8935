package dev.waggle.kryo;

import com.google.inject.AbstractModule;
import com.google.inject.Singleton;
import com.google.inject.multibindings.ProvidesIntoMap;
import com.google.inject.multibindings.StringMapKey;
import dev.waggle.ports.wire.WireCodec;

/** Offers the codec {@code kryo} to a node that has this jar on its class path. */
public final class KryoModule extends AbstractModule {
  @ProvidesIntoMap
  @StringMapKey(KryoCodec.NAME)
  @Singleton
  WireCodec kryo() {
    return new KryoCodec();
  }
}
