package dev.waggle.cli.calibrate;

import com.google.inject.Binder;
import com.google.inject.Module;
import com.google.inject.multibindings.MapBinder;
import dev.waggle.domain.codec.BincodeCodec;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.MalformedMessage;
import dev.waggle.ports.wire.WireBuffer;
import dev.waggle.ports.wire.WireCodec;
import dev.waggle.ports.wire.WireMessage;
import dev.waggle.ports.wire.WireSlice;
import java.util.concurrent.atomic.LongAdder;

/**
 * The codec of simulated nodes, which counts the blocks that it reads, whole or without their
 * items: a node drops those that it knows before anybody else could see them. On the wire it is no
 * other codec.
 */
final class CountingCodec implements WireCodec, Module {
  /** Its name for the configuration. */
  static final String KEY = "counting";

  private final WireCodec codec = new BincodeCodec();
  private final LongAdder blocks = new LongAdder();

  @Override
  public void configure(Binder binder) {
    MapBinder.newMapBinder(binder, String.class, WireCodec.class).addBinding(KEY).toInstance(this);
  }

  /** Blocks that were read, by all who have this codec. */
  long blocks() {
    return blocks.sum();
  }

  @Override
  public String name() {
    return codec.name();
  }

  @Override
  public int encodedLength(WireMessage message) {
    return codec.encodedLength(message);
  }

  @Override
  public void encode(WireMessage message, WireBuffer out) {
    codec.encode(message, out);
  }

  @Override
  public WireMessage decode(WireSlice in) throws MalformedMessage {
    WireMessage message = codec.decode(in);
    if (message instanceof WireMessage.Gossip(GossipMessage.Block _)
        || message instanceof WireMessage.Compact
        || message instanceof WireMessage.Outline) {
      blocks.increment();
    }
    return message;
  }
}
