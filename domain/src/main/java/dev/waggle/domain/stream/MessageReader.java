package dev.waggle.domain.stream;

import dev.waggle.domain.frame.RecordBuffers;
import dev.waggle.ports.wire.Feature;
import dev.waggle.ports.wire.MalformedMessage;
import dev.waggle.ports.wire.WireCodec;
import dev.waggle.ports.wire.WireMessage;
import dev.waggle.ports.wire.WireSlice;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The incoming half of the message stream (PROTOCOL §7.1).
 *
 * <p>A message that lies in one record is decoded where it lies. One that spans records is put
 * together in a buffer that grows with the bytes that arrive, whatever length was announced, and
 * whose memory is granted first where it is more than every link may have. A long payload keeps the
 * array in which it arrived, shorter ones are copied to arrays of their own. After a whole message
 * no buffer is held.
 *
 * <p>Owned by one thread.
 */
public final class MessageReader {
  /**
   * A shorter message is copied to an array of its own: to make one, which Java clears, costs as
   * much as to copy that little.
   */
  static final int MIN_OWN_BYTES = 16 * 1024;

  private static final byte[] NOTHING = new byte[0];

  private final WireCodec codec;
  private final List<Integer> features;
  private final Assembly assembly;
  private final WireSlice slice = new WireSlice();
  private final MessageLength lengthReader = new MessageLength();

  private byte[] plaintext = NOTHING;
  private boolean plaintextIsGiven;
  private int start;
  private int position;
  private int end;

  /** Bytes of the message that is being read, or {@link MessageLength#INCOMPLETE}. */
  private int length;

  /** Whether the last record that could hold a long message held one, and nothing else. */
  private boolean filledByOne;

  private int refusedBytes;
  private int lastBytes;

  /**
   * At the beginning of the stream.
   *
   * @param features those in force: a message of another one breaks the rules (PROTOCOL §7.4)
   */
  public MessageReader(
      WireCodec codec, List<Integer> features, RecordBuffers buffers, AssemblyMemory memory) {
    this.codec = codec;
    this.features = features;
    this.assembly = new Assembly(buffers, memory);
  }

  /**
   * Points the reader at the next stretch of the stream, the plaintext of a record. All messages of
   * the last one were taken.
   *
   * @param borrowed until {@link #next} has answered null
   */
  public void feed(byte[] borrowed, int offset, int count) {
    point(borrowed, offset, count);
    plaintextIsGiven = false;
  }

  /**
   * The same with all that is in {@code owned}, which the caller gives away: a message that fills
   * it keeps it.
   */
  public void give(byte[] owned) {
    point(owned, 0, owned.length);
    plaintextIsGiven = true;
  }

  private void point(byte[] array, int offset, int count) {
    if (position != end) {
      throw new IllegalStateException((end - position) + " bytes are not read yet");
    }
    plaintext = array;
    start = offset;
    position = offset;
    end = offset + count;
    if (count >= MIN_OWN_BYTES) {
      filledByOne = false;
    }
  }

  /**
   * Whether the next {@code count} bytes of the stream, a record, are probably one long message,
   * since those of the last long record were: then it pays to {@link #give} them in an array of
   * their own.
   */
  public boolean expectsOneMessage(int count) {
    return filledByOne && count >= MIN_OWN_BYTES && length == MessageLength.INCOMPLETE;
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
        forgetGiven();
        return null;
      }
      length = lengthReader.add(plaintext[position++]);
    }
    int count = Math.min(length - assembly.arrived(), end - position);
    if (count == length) {
      return inPlace();
    }
    if (count > 0 && hasRoomFor(count)) {
      assembly.add(plaintext, position, count);
      position += count;
    }
    if (assembly.arrived() < length) {
      forgetGiven();
      return null;
    }
    return assembled();
  }

  /** The message that lies in this record as a whole. */
  private WireMessage inPlace() throws MalformedMessage {
    int from = position;
    position += length;
    if (length >= MIN_OWN_BYTES) {
      filledByOne = position == end && from - start <= MessageLength.MAX_LENGTH_BYTES;
    }
    WireMessage message =
        decode(
            plaintextIsGiven
                ? slice.give(plaintext, from, length)
                : slice.reset(plaintext, from, length));
    length = MessageLength.INCOMPLETE;
    return message;
  }

  /**
   * Whether the next {@code count} bytes of the stream are all of one long message, and there is
   * room for them: then they may be put into {@link #assembly}, behind the {@link #arrived} ones,
   * and {@link #put}, instead of being fed.
   */
  public boolean expects(int count) {
    return count > 0 && count <= length - assembly.arrived() && hasRoomFor(count);
  }

  private boolean hasRoomFor(int count) {
    if (!assembly.makeRoom(count, length)) {
      refusedBytes = length;
      return false;
    }
    return true;
  }

  /** The array in which a long message is put together. Lent until {@link #put}. */
  public byte[] assembly() {
    return assembly.array();
  }

  /** How many bytes of the message are there. */
  public int arrived() {
    return assembly.arrived();
  }

  /** Takes note of {@code count} bytes that were {@link #expects expected} and are there. */
  public void put(int count) {
    assembly.added(count);
  }

  private WireMessage assembled() throws MalformedMessage {
    WireMessage message = decode(assembly.all(slice));
    slice.reset(NOTHING, 0, 0);
    length = MessageLength.INCOMPLETE;
    assembly.release();
    return message;
  }

  private WireMessage decode(WireSlice bytes) throws MalformedMessage {
    lastBytes = length;
    WireMessage message = codec.decode(bytes);
    int feature = Feature.of(message);
    if (feature != Feature.NONE && !features.contains(feature)) {
      throw new MalformedMessage(
          "a message of the feature 0x%04x, which is not in force".formatted(feature));
    }
    return message;
  }

  /** Bytes of the message that was read last, as it is encoded. */
  public int lastBytes() {
    return lastBytes;
  }

  /**
   * The length of a message for which no memory was granted, or 0: nothing can be read after that.
   */
  public int refusedBytes() {
    return refusedBytes;
  }

  /** Gives up the part of a message, if there is one: the connection is gone. */
  public void release() {
    assembly.release();
  }

  /** Keeps no array in memory that only an application may need. */
  private void forgetGiven() {
    if (plaintextIsGiven) {
      plaintextIsGiven = false;
      plaintext = NOTHING;
      position = 0;
      end = 0;
      slice.reset(NOTHING, 0, 0);
    }
  }
}
