package dev.waggle.kryo;

import com.esotericsoftware.kryo.Kryo;
import dev.waggle.ports.wire.MalformedMessage;
import dev.waggle.ports.wire.WireBuffer;
import dev.waggle.ports.wire.WireMessage;
import dev.waggle.ports.wire.WireSlice;

/**
 * A Kryo that knows the messages of the protocol, with the reader and the writer that it uses.
 *
 * <p>Costly to make, and kept in a {@link KryoPool}. Owned by one thread at a time; between two
 * calls it refers to nothing of its callers'.
 */
final class MessageKryo {
  private final Kryo kryo = new Kryo(new MessageClasses(), null);
  private final WireInput input = new WireInput();
  private final WireOutput output = new WireOutput();

  MessageKryo() {
    kryo.setRegistrationRequired(true);
    kryo.setReferences(false);
    MessageSerializers.register(kryo);
  }

  void write(WireMessage message, WireBuffer out) {
    output.writeTo(out);
    try {
      kryo.writeClassAndObject(output, message);
      output.flush();
    } finally {
      output.release();
    }
  }

  /**
   * Reads the message that fills {@code in}.
   *
   * @throws com.esotericsoftware.kryo.KryoException if there is none
   */
  WireMessage read(WireSlice in) throws MalformedMessage {
    input.readFrom(in);
    try {
      WireMessage message = (WireMessage) kryo.readClassAndObject(input);
      input.requireEnd();
      return message;
    } finally {
      input.release();
    }
  }
}
