package dev.waggle.domain.codec;

import static dev.waggle.domain.codec.Bincode.LENGTH_BYTES;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.wire.MalformedMessage;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.WireBuffer;
import dev.waggle.ports.wire.WireMessage;
import dev.waggle.ports.wire.WireSlice;
import java.util.ArrayList;
import java.util.List;

/** The fields of the messages by which a node catches up, as {@link BincodeCodec} writes them. */
final class BincodeHeaders {
  private static final int COUNT_BYTES = 2;

  private BincodeHeaders() {}

  static int getHeadersLength(WireMessage.GetHeaders ask) {
    return LENGTH_BYTES + ask.locator().size() * MessageId.LENGTH + COUNT_BYTES;
  }

  static void putGetHeaders(WireBuffer out, WireMessage.GetHeaders ask) {
    Bincode.putIds(out, ask.locator());
    Bincode.putU16(out, ask.count());
  }

  static WireMessage.GetHeaders takeGetHeaders(WireSlice in) throws MalformedMessage {
    List<MessageId> locator = Bincode.takeIds(in, WireMessage.MAX_LOCATOR);
    if (locator.isEmpty()) {
      throw new MalformedMessage("a locator without ids");
    }
    int count = Bincode.takeU16(in);
    if (count > WireMessage.MAX_HEADERS_ASKED) {
      throw new MalformedMessage(
          "at most " + WireMessage.MAX_HEADERS_ASKED + " headers can be asked for, not " + count);
    }
    return new WireMessage.GetHeaders(locator, count);
  }

  static int headersLength(WireMessage.Headers headers) {
    int length = MessageId.LENGTH + Integer.BYTES + LENGTH_BYTES;
    for (int i = 0; i < headers.headers().size(); i++) {
      length += LENGTH_BYTES + headers.headers().get(i).length();
    }
    return length;
  }

  static void putHeaders(WireBuffer out, WireMessage.Headers headers) {
    Bincode.putId(out, headers.after());
    out.putIntLittleEndian((int) headers.further());
    out.putLongLittleEndian(headers.headers().size());
    for (int i = 0; i < headers.headers().size(); i++) {
      Bincode.putBytes(out, headers.headers().get(i));
    }
  }

  static WireMessage.Headers takeHeaders(WireSlice in) throws MalformedMessage {
    MessageId after = in.takeMessageId();
    long further = Integer.toUnsignedLong(in.takeIntLittleEndian());
    int count = Bincode.takeLength(in, WireMessage.MAX_HEADERS, LENGTH_BYTES + 1);
    List<Bytes> headers = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      headers.add(BincodeBlocks.takeHeader(in));
    }
    return new WireMessage.Headers(after, further, headers);
  }
}
