package dev.waggle.node;

import com.google.inject.Module;
import com.google.inject.multibindings.MapBinder;
import dev.waggle.domain.codec.BincodeCodec;
import dev.waggle.ports.wire.MalformedMessage;
import dev.waggle.ports.wire.WireBuffer;
import dev.waggle.ports.wire.WireCodec;
import dev.waggle.ports.wire.WireMessage;
import dev.waggle.ports.wire.WireSlice;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Bincode under another name, which remembers what a node has sent. */
final class CountingCodec implements WireCodec {
  static final String NAME = "counting";

  private final WireCodec inner = new BincodeCodec();
  private final List<WireMessage> sent = new CopyOnWriteArrayList<>();

  /** Has a node use it, as {@link #NAME}. */
  Module module() {
    return binder ->
        MapBinder.newMapBinder(binder, String.class, WireCodec.class)
            .addBinding(NAME)
            .toInstance(this);
  }

  /** All messages that were sent, or begun to be, since the last call. */
  List<WireMessage> takeSent() {
    List<WireMessage> taken = List.copyOf(sent);
    sent.clear();
    return taken;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int encodedLength(WireMessage message) {
    return inner.encodedLength(message);
  }

  @Override
  public void encode(WireMessage message, WireBuffer out) {
    sent.add(message);
    inner.encode(message, out);
  }

  @Override
  public WireMessage decode(WireSlice in) throws MalformedMessage {
    return inner.decode(in);
  }
}
