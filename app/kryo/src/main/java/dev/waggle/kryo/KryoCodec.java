package dev.waggle.kryo;

import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.io.Output;
import dev.waggle.ports.wire.MalformedMessage;
import dev.waggle.ports.wire.MessageId;
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
 * </table>
 *
 * <p>Integers have their least significant byte first, addresses their most significant; class ids
 * are hexadecimal, and tags are those of PROTOCOL §7.2 and §7.3. A {@code varint} has seven bits a
 * byte, the least significant first, the top bit of a byte set if another one follows, and as few
 * bytes as the number needs.
 *
 * <p>Canonical: no two strings of bytes decode to equal messages. Encoding allocates nothing,
 * decoding the message only. The peer can name no class and thus reaches no code but the ten
 * serializers of {@link MessageSerializers}.
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
          case WireMessage.Gossip gossip -> {
            int payload = gossip.message().payload().length();
            yield TAG_BYTES + varintLength(payload) + payload;
          }
          case WireMessage.Announce announce -> idsLength(announce.ids());
          case WireMessage.Request request -> idsLength(request.ids());
          case WireMessage.GetAddr _ -> 0;
          case WireMessage.Addr addr -> addressesLength(addr.addresses().size());
          case WireMessage.Goodbye _ -> TAG_BYTES;
          case WireMessage.Extension extension -> {
            int body = extension.body().length();
            yield Short.BYTES + varintLength(body) + body;
          }
          case WireMessage.Observed _ -> ENDPOINT_BYTES;
        };
  }

  private static int idsLength(List<MessageId> ids) {
    return varintLength(ids.size()) + ids.size() * MessageId.LENGTH;
  }

  private static int addressesLength(int count) {
    return varintLength(count) + count * ADDRESS_BYTES;
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
