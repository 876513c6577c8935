package dev.waggle.domain.stream;

import dev.waggle.domain.channel.RecordSealer;
import dev.waggle.domain.frame.RecordBuffers;
import dev.waggle.ports.wire.WireCodec;
import dev.waggle.ports.wire.WireMessage;

/**
 * The outgoing half of the message stream (PROTOCOL §7.1).
 *
 * <p>The codec writes straight into the record that is open. So every byte is copied once, however
 * messages and records lie to each other, and a link needs no memory beyond one shared buffer;
 * between {@link #flush} and the next message it holds none.
 *
 * <p>Owned by one thread.
 */
public final class MessageWriter {
  private final WireCodec codec;
  private final RecordWriter records;
  private int lastBytes;

  public MessageWriter(WireCodec codec, RecordSealer sealer, RecordBuffers buffers) {
    this.codec = codec;
    this.records = new RecordWriter(sealer, buffers);
  }

  /**
   * Appends {@code message} to the stream.
   *
   * @param out takes the records that are full now; the rest waits for more messages, or for {@link
   *     #flush}. Of a long message that it does not take to its end, the rest waits for {@link
   *     #appendRest}
   * @return whether all of it is appended
   * @throws IllegalArgumentException if the message exceeds {@link
   *     MessageLength#MAX_MESSAGE_BYTES}; nothing is written then
   */
  public boolean append(WireMessage message, RecordOutput out) {
    int length = codec.encodedLength(message);
    begin(length, out);
    lastBytes = length;
    long end = records.written() + length;
    codec.encode(message, records);
    if (records.written() != end) {
      throw new IllegalStateException(codec.name() + " did not put out " + length + " bytes");
    }
    return records.hasPutAll();
  }

  /** Bytes of the message that was appended last, as it is encoded. */
  public int lastBytes() {
    return lastBytes;
  }

  /** Announces a message; its {@code length} bytes must follow. */
  private void begin(int length, RecordOutput out) {
    if (length < 1 || length > MessageLength.MAX_MESSAGE_BYTES) {
      throw new IllegalArgumentException("a message cannot have " + length + " bytes");
    }
    records.outputTo(out);
    records.keepTogether(MessageLength.bytesOf(length) + length);
    MessageLength.put(length, records);
  }

  /**
   * Goes on with a long message, as far as {@code out} takes it.
   *
   * @return whether all of it is appended
   */
  public boolean appendRest(RecordOutput out) {
    records.outputTo(out);
    return records.putRest();
  }

  /**
   * Seals what was appended since the last record, and hands it out; not what waits for {@link
   * #appendRest}.
   */
  public void flush(RecordOutput out) {
    records.outputTo(out);
    records.flush();
  }

  /**
   * Seals what was appended, and after it the record that ends the key; not that one if the key has
   * sealed too little.
   */
  public void endKey(RecordOutput out) {
    records.outputTo(out);
    records.endKey();
  }

  /** Gives up what was appended since the last record: the connection is gone. */
  public void release() {
    records.release();
  }
}
