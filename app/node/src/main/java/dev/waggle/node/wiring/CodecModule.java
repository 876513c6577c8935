package dev.waggle.node.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.multibindings.ProvidesIntoMap;
import com.google.inject.multibindings.StringMapKey;
import dev.waggle.domain.codec.BincodeCodec;
import dev.waggle.ports.wire.WireCodec;

/** The codec that every node has, by the name that goes over the wire. */
final class CodecModule extends AbstractModule {
  @ProvidesIntoMap
  @StringMapKey("bincode")
  WireCodec bincode() {
    return new BincodeCodec();
  }
}
