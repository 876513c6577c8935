package dev.waggle.kryo;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.KryoException;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.WireMessage;
import java.util.ArrayList;
import java.util.List;

/** The fields of the messages by which a node catches up, as {@link KryoCodec} lists them. */
final class SyncSerializers {
  /** Of a header's length, at least. */
  private static final int LENGTH_BYTES = 1;

  private SyncSerializers() {}

  static void register(Kryo kryo) {
    kryo.register(
        WireMessage.GetHeaders.class, new GetHeadersSerializer(), MessageClasses.GET_HEADERS);
    kryo.register(WireMessage.Headers.class, new HeadersSerializer(), MessageClasses.HEADERS);
  }

  private static final class GetHeadersSerializer
      extends MessageSerializer<WireMessage.GetHeaders> {
    @Override
    void put(WireMessage.GetHeaders ask, WireOutput out) {
      out.writeIds(ask.locator());
      out.writeShort(ask.count());
    }

    @Override
    WireMessage.GetHeaders take(WireInput in) {
      List<MessageId> locator = in.takeIds(WireMessage.MAX_LOCATOR);
      if (locator.isEmpty()) {
        throw new KryoException("a locator without ids");
      }
      int count = in.readShortUnsigned();
      if (count > WireMessage.MAX_HEADERS_ASKED) {
        throw new KryoException(
            "at most " + WireMessage.MAX_HEADERS_ASKED + " headers can be asked for, not " + count);
      }
      return new WireMessage.GetHeaders(locator, count);
    }
  }

  private static final class HeadersSerializer extends MessageSerializer<WireMessage.Headers> {
    @Override
    void put(WireMessage.Headers headers, WireOutput out) {
      out.writeId(headers.after());
      out.writeInt((int) headers.further());
      out.writeLength(headers.headers().size());
      for (int i = 0; i < headers.headers().size(); i++) {
        out.writeBytesWithLength(headers.headers().get(i));
      }
    }

    @Override
    WireMessage.Headers take(WireInput in) {
      MessageId after = in.takeId();
      long further = Integer.toUnsignedLong(in.readInt());
      int count = in.readLength(WireMessage.MAX_HEADERS, LENGTH_BYTES + 1);
      List<Bytes> headers = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        headers.add(in.takeHeader());
      }
      return new WireMessage.Headers(after, further, headers);
    }
  }
}
