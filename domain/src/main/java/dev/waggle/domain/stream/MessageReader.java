package dev.waggle.domain.stream;

import dev.waggle.domain.frame.FrameBounds;
import dev.waggle.domain.frame.HeapBuffer;
import dev.waggle.domain.frame.RecordBuffers;
import dev.waggle.ports.wire.MalformedMessage;
import dev.waggle.ports.wire.WireCodec;
import dev.waggle.ports.wire.WireMessage;
import dev.waggle.ports.wire.WireSlice;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The incoming half of the message stream (PROTOCOL §7.1).
 *
 * <p>A message that lies in one record is decoded where it lies. One that spans records is put
 * together in a buffer that grows with the bytes that arrive, whatever length was announced, and
 * whose memory is granted first where it is more than every link may have. After a whole message no
 * buffer is held.
 *
 * <p>Owned by one thread.
 */
public final class MessageReader {
  /** How long a message may be that every link may put together without asking. */
  private static final int UNASKED_BYTES = FrameBounds.MAX_PLAINTEXT_BYTES;

  private final WireCodec codec;
  private final List<Integer> features;
  private final RecordBuffers buffers;
  private final MemoryGrant grant;
  private final WireSlice slice = new WireSlice();
  private final MessageLength lengthReader = new MessageLength();

  private byte[] plaintext = new byte[0];
  private int position;
  private int end;

  /** Bytes of the message that is being read, or {@link MessageLength#INCOMPLETE}. */
  private int length;

  private int arrived;
  private @Nullable HeapBuffer assembly;
  private int refusedBytes;

  /**
   * At the beginning of the stream.
   *
   * @param features those in force: a message of another one breaks the rules (PROTOCOL §7.4)
   */
  public MessageReader(
      WireCodec codec, List<Integer> features, RecordBuffers buffers, AssemblyMemory memory) {
    this.codec = codec;
    this.features = features;
    this.buffers = buffers;
    this.grant = new MemoryGrant(memory, UNASKED_BYTES);
  }

  /**
   * Points the reader at the next stretch of the stream, the plaintext of a record. All messages of
   * the last one were taken.
   *
   * @param borrowed until {@link #next} has answered null
   */
  public void feed(byte[] borrowed, int offset, int count) {
    if (position != end) {
      throw new IllegalStateException((end - position) + " bytes are not read yet");
    }
    plaintext = borrowed;
    position = offset;
    end = offset + count;
  }

  /**
   * The next message that is whole, or null if there is none without more bytes, or, see {@link
   * #refusedBytes}, without more memory.
   *
   * @throws MalformedMessage if the peer broke a rule of the stream or the codec; nothing can be
   *     read after that
   */
  public @Nullable WireMessage next() throws MalformedMessage {
    while (length == MessageLength.INCOMPLETE) {
      if (position == end) {
        return null;
      }
      length = lengthReader.add(plaintext[position++]);
    }
    int count = Math.min(length - arrived, end - position);
    if (count == length) {
      WireMessage message = decode(plaintext, position, count);
      position += count;
      length = MessageLength.INCOMPLETE;
      return message;
    }
    if (count > 0 && makeRoom(count)) {
      System.arraycopy(plaintext, position, assembly(), arrived, count);
      position += count;
      arrived += count;
    }
    return arrived < length ? null : assembled();
  }

  /**
   * Whether the next {@code count} bytes of the stream are all of one long message, and there is
   * room for them: then they may be put into {@link #assembly}, behind the {@link #arrived} ones,
   * and {@link #put}, instead of being fed.
   */
  public boolean expects(int count) {
    return count > 0 && count <= length - arrived && makeRoom(count);
  }

  /** The array in which a long message is put together. Lent until {@link #put}. */
  public byte[] assembly() {
    return Objects.requireNonNull(assembly, "no message is put together").array();
  }

  /** How many bytes of the message are there. */
  public int arrived() {
    return arrived;
  }

  /** Takes note of {@code count} bytes that were {@link #expects expected} and are there. */
  public void put(int count) {
    arrived += count;
  }

  private boolean makeRoom(int count) {
    int room = RecordBuffers.sizeFor(arrived + count, length);
    if (length > UNASKED_BYTES && !grant.covers(room)) {
      refusedBytes = length;
      return false;
    }
    assembly = assembly == null ? buffers.take(room) : buffers.grow(assembly, arrived, room);
    return true;
  }

  private WireMessage assembled() throws MalformedMessage {
    WireMessage message = decode(assembly(), 0, length);
    length = MessageLength.INCOMPLETE;
    release();
    return message;
  }

  private WireMessage decode(byte[] bytes, int offset, int count) throws MalformedMessage {
    WireMessage message = codec.decode(slice.reset(bytes, offset, count));
    if (message instanceof WireMessage.Extension extension
        && !features.contains(extension.feature())) {
      throw new MalformedMessage(
          "a message of the feature 0x%04x, which is not in force".formatted(extension.feature()));
    }
    return message;
  }

  /**
   * The length of a message for which no memory was granted, or 0: nothing can be read after that.
   */
  public int refusedBytes() {
    return refusedBytes;
  }

  /** Gives up the part of a message, if there is one: the connection is gone. */
  public void release() {
    arrived = 0;
    if (assembly != null) {
      buffers.giveBack(assembly);
      assembly = null;
    }
    grant.giveBack();
  }
}
