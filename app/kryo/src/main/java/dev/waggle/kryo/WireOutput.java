package dev.waggle.kryo;

import com.esotericsoftware.kryo.io.Output;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.IpEndpoint;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.WireBuffer;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Kryo's writer into a {@link WireBuffer}. Small fields gather in an array of its own, which is
 * passed on when it is full; payloads go past that array, and so are copied once.
 */
final class WireOutput extends Output {
  /** Room for the fields of most messages; those of long lists pass through it in turn. */
  private static final int BUFFER_BYTES = 512;

  private @Nullable WireBuffer target;

  WireOutput() {
    super(BUFFER_BYTES, BUFFER_BYTES);
  }

  /** Writes into {@code out} from here to {@link #release}. */
  void writeTo(WireBuffer out) {
    target = out;
  }

  /** Forgets the buffer, and what it did not take. */
  void release() {
    target = null;
    reset();
  }

  /** Passes on what has gathered. Kryo calls it when the array is full. */
  @Override
  public void flush() {
    target().putBytes(buffer, 0, position);
    position = 0;
  }

  void writeLength(int length) {
    writeVarInt(length, true);
  }

  /** How many there are, and these. */
  void writeBytesWithLength(Bytes bytes) {
    writeLength(bytes.length());
    flush();
    target().putBytes(bytes);
  }

  /** How many there are, and each. */
  void writeIds(List<MessageId> ids) {
    writeLength(ids.size());
    for (int i = 0; i < ids.size(); i++) {
      writeId(ids.get(i));
    }
  }

  void writePeer(PeerId peer) {
    flush();
    target().putBytes(peer.hash());
  }

  void writeId(MessageId id) {
    require(MessageId.LENGTH);
    id.copyTo(buffer, position);
    position += MessageId.LENGTH;
  }

  /** The address in the order of the network, and the port. */
  void writeEndpoint(IpEndpoint endpoint) {
    writeLong(Long.reverseBytes(endpoint.address().high()));
    writeLong(Long.reverseBytes(endpoint.address().low()));
    writeShort(endpoint.port());
  }

  private WireBuffer target() {
    return Objects.requireNonNull(target, "a released writer");
  }
}
