package dev.waggle.kryo;

import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.io.Output;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.wire.IndexedItem;
import dev.waggle.ports.wire.MalformedMessage;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.ShortIds;
import dev.waggle.ports.wire.WireBuffer;
import dev.waggle.ports.wire.WireCodec;
import dev.waggle.ports.wire.WireMessage;
import dev.waggle.ports.wire.WireSlice;
import java.util.List;

/**
 * The codec {@code kryo}: the shorter encoding, for links whose both ends have it (PROTOCOL §7.2).
 *
 * <p>What goes over the wire is Kryo 5's format with references off, cut down to what has one
 * encoding only. The first byte is the message's class id; what follows is its fields:
 *
 * <table>
 * <caption>The fields of each message</caption>
 * <tr><th>message</th><th>class id</th><th>fields</th></tr>
 * <tr><td>Ping</td><td>{@code 10}</td><td>{@code u64} nonce</td></tr>
 * <tr><td>Pong</td><td>{@code 11}</td><td>{@code u64} nonce</td></tr>
 * <tr><td>Gossip</td><td>{@code 12}</td>
 *     <td>{@code u8} tag of the kind, {@code varint} length, payload</td></tr>
 * <tr><td>Announce</td><td>{@code 13}</td><td>{@code varint} count, 32 bytes each id</td></tr>
 * <tr><td>Request</td><td>{@code 14}</td><td>{@code varint} count, 32 bytes each id</td></tr>
 * <tr><td>GetAddr</td><td>{@code 15}</td><td>none</td></tr>
 * <tr><td>Addr</td><td>{@code 16}</td><td>{@code varint} count, for each record: {@code u32} age,
 *     {@code u64} services, 16 bytes of the address, {@code u16} port</td></tr>
 * <tr><td>Goodbye</td><td>{@code 17}</td><td>{@code u8} tag of the reason</td></tr>
 * <tr><td>Extension</td><td>{@code 18}</td>
 *     <td>{@code u16} feature, {@code varint} length, body</td></tr>
 * <tr><td>Observed</td><td>{@code 19}</td>
 *     <td>16 bytes of the address, {@code u16} port</td></tr>
 * <tr><td>Compact</td><td>{@code 1a}</td><td>{@code varint} length, header, {@code varint} length,
 *     proof, {@code u64} nonce, {@code varint} count, 6 bytes each short id, items</td></tr>
 * <tr><td>RequestItems</td><td>{@code 1b}</td><td>32 bytes of the block's id, {@code varint} count,
 *     for each range: {@code u16} first, {@code u16} count</td></tr>
 * <tr><td>Items</td><td>{@code 1c}</td><td>32 bytes of the block's id, items</td></tr>
 * <tr><td>Outline</td><td>{@code 21}</td><td>{@code varint} length, header, {@code varint} length,
 *     proof, {@code varint} count, 32 bytes each id</td></tr>
 * <tr><td>SendCompact</td><td>{@code 1d}</td><td>{@code u8} rank</td></tr>
 * <tr><td>RequestCompact</td><td>{@code 1e}</td>
 *     <td>{@code varint} count, 32 bytes each id</td></tr>
 * <tr><td>Preamble</td><td>{@code 1f}</td><td>32 bytes of the id, {@code u32} bytes</td></tr>
 * <tr><td>IDontWant</td><td>{@code 20}</td><td>{@code varint} count, 32 bytes each id</td></tr>
 * <tr><td>GetHeaders</td><td>{@code 22}</td>
 *     <td>{@code varint} count, 32 bytes each id, {@code u16} count of headers</td></tr>
 * <tr><td>Headers</td><td>{@code 23}</td><td>32 bytes of the id before, {@code u32} further,
 *     {@code varint} count, for each header: {@code varint} length, header</td></tr>
 * <tr><td>DialRequest</td><td>{@code 24}</td><td>16 bytes of the address, {@code u16} port,
 *     {@code u64} nonce, {@code varint} length, payment</td></tr>
 * <tr><td>DialBack</td><td>{@code 25}</td><td>{@code u64} nonce</td></tr>
 * <tr><td>DialResponse</td><td>{@code 26}</td>
 *     <td>{@code u64} nonce, {@code u8} outcome</td></tr>
 * <tr><td>Meet</td><td>{@code 27}</td><td>{@code varint} count, 32 bytes each PeerId</td></tr>
 * <tr><td>Relayed</td><td>{@code 28}</td>
 *     <td>32 bytes of the PeerId, {@code varint} length, body</td></tr>
 * </table>
 *
 * <p>Items are a {@code varint} count, and for each: {@code u16} index, {@code varint} length,
 * payload.
 *
 * <p>Integers have their least significant byte first, addresses their most significant; class ids
 * are hexadecimal, and tags are those of PROTOCOL §7.2 and §7.3. A {@code varint} has seven bits a
 * byte, the least significant first, the top bit of a byte set if another one follows, and as few
 * bytes as the number needs.
 *
 * <p>Canonical: no two strings of bytes decode to equal messages. Encoding allocates nothing,
 * decoding the message only. The peer can name no class and thus reaches no code but the
 * serializers of {@link MessageSerializers}, {@link RelaySerializers}, {@link SyncSerializers} and
 * {@link ReachSerializers}.
 */
public final class KryoCodec implements WireCodec {
  public static final String NAME = "kryo";

  private static final int CLASS_ID_BYTES = 1;
  private static final int TAG_BYTES = 1;

  private static final int ENDPOINT_BYTES = 16 + Short.BYTES;

  /** Of a record in an Addr. */
  static final int ADDRESS_BYTES = Integer.BYTES + Long.BYTES + ENDPOINT_BYTES;

  private final KryoPool pool = new KryoPool(KryoPool.defaultSlots());

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int encodedLength(WireMessage message) {
    return CLASS_ID_BYTES
        + switch (message) {
          case WireMessage.Ping _, WireMessage.Pong _ -> Long.BYTES;
          case WireMessage.Gossip gossip -> TAG_BYTES + bytesLength(gossip.message().payload());
          case WireMessage.Announce announce -> idsLength(announce.ids());
          case WireMessage.Request request -> idsLength(request.ids());
          case WireMessage.GetAddr _ -> 0;
          case WireMessage.Addr addr -> addressesLength(addr.addresses().size());
          case WireMessage.Goodbye _ -> TAG_BYTES;
          case WireMessage.Extension extension -> Short.BYTES + bytesLength(extension.body());
          case WireMessage.Observed _ -> ENDPOINT_BYTES;
          case WireMessage.Compact compact -> compactLength(compact);
          case WireMessage.RequestItems request ->
              MessageId.LENGTH
                  + varintLength(request.ranges().size())
                  + request.ranges().size() * 2 * Short.BYTES;
          case WireMessage.Items items -> MessageId.LENGTH + itemsLength(items.items());
          case WireMessage.Outline outline ->
              bytesLength(outline.header())
                  + bytesLength(outline.proof())
                  + idsLength(outline.ids());
          case WireMessage.SendCompact _ -> 1;
          case WireMessage.RequestCompact request -> idsLength(request.ids());
          case WireMessage.Preamble _ -> MessageId.LENGTH + Integer.BYTES;
          case WireMessage.IDontWant unwanted -> idsLength(unwanted.ids());
          case WireMessage.GetHeaders ask -> idsLength(ask.locator()) + Short.BYTES;
          case WireMessage.Headers headers -> headersLength(headers);
          case WireMessage.DialRequest request ->
              ENDPOINT_BYTES + Long.BYTES + bytesLength(request.payment());
          case WireMessage.DialBack _ -> Long.BYTES;
          case WireMessage.DialResponse _ -> Long.BYTES + 1;
          case WireMessage.Meet meet ->
              varintLength(meet.peers().size()) + meet.peers().size() * PeerId.LENGTH;
          case WireMessage.Relayed relayed -> PeerId.LENGTH + bytesLength(relayed.body());
        };
  }

  private static int idsLength(List<MessageId> ids) {
    return varintLength(ids.size()) + ids.size() * MessageId.LENGTH;
  }

  private static int addressesLength(int count) {
    return varintLength(count) + count * ADDRESS_BYTES;
  }

  private static int compactLength(WireMessage.Compact compact) {
    int ids = compact.shortIds().count();
    return bytesLength(compact.header())
        + bytesLength(compact.proof())
        + Long.BYTES
        + varintLength(ids)
        + ids * ShortIds.BYTES
        + itemsLength(compact.prefilled());
  }

  private static int itemsLength(List<IndexedItem> items) {
    int length = varintLength(items.size());
    for (int i = 0; i < items.size(); i++) {
      length += Short.BYTES + bytesLength(items.get(i).payload());
    }
    return length;
  }

  private static int headersLength(WireMessage.Headers headers) {
    int length = MessageId.LENGTH + Integer.BYTES + varintLength(headers.headers().size());
    for (int i = 0; i < headers.headers().size(); i++) {
      length += bytesLength(headers.headers().get(i));
    }
    return length;
  }

  private static int bytesLength(Bytes bytes) {
    return varintLength(bytes.length()) + bytes.length();
  }

  private static int varintLength(int value) {
    return Output.varIntLength(value, true);
  }

  @Override
  public void encode(WireMessage message, WireBuffer out) {
    MessageKryo kryo = pool.take();
    try {
      kryo.write(message, out);
    } finally {
      pool.giveBack(kryo);
    }
  }

  @Override
  public WireMessage decode(WireSlice in) throws MalformedMessage {
    MessageKryo kryo = pool.take();
    try {
      return kryo.read(in);
    } catch (KryoException e) {
      throw new MalformedMessage(NAME + ": " + e.getMessage());
    } finally {
      pool.giveBack(kryo);
    }
  }
}
