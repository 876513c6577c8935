package dev.waggle.kryo;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import dev.waggle.ports.wire.WireMessage;

/** What Kryo calls, over the reader and the writer that {@link MessageKryo} gives it. */
abstract class MessageSerializer<M extends WireMessage> extends Serializer<M> {
  MessageSerializer() {
    super(/* acceptsNull= */ false, /* immutable= */ true);
  }

  abstract void put(M message, WireOutput out);

  abstract M take(WireInput in);

  @Override
  public final void write(Kryo kryo, Output output, M message) {
    put(message, (WireOutput) output);
  }

  @Override
  public final M read(Kryo kryo, Input input, Class<? extends M> type) {
    return take((WireInput) input);
  }
}
