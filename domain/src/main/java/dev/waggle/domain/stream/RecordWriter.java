package dev.waggle.domain.stream;

import static dev.waggle.domain.frame.FrameBounds.HEADER_BYTES;
import static dev.waggle.domain.frame.FrameBounds.MAX_FRAME_BYTES;
import static dev.waggle.domain.frame.FrameBounds.MAX_PLAINTEXT_BYTES;
import static dev.waggle.domain.frame.FrameBounds.TAG_BYTES;

import dev.waggle.domain.channel.RecordSealer;
import dev.waggle.domain.frame.HeapBuffer;
import dev.waggle.domain.frame.RecordBuffers;
import dev.waggle.ports.wire.WireBuffer;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An endless string of bytes, put into one record after the other.
 *
 * <p>What is written goes straight into the plaintext of the open record, where it is sealed and
 * handed out as soon as a byte more does not fit. A large part of a string is sealed from where it
 * lies, and not copied before; its end ends the record, so that whoever opens it can put it where
 * it belongs. What the output does not take yet stays there, unsealed, until {@link #putRest}.
 * Owned by one thread.
 */
final class RecordWriter implements WireBuffer {
  private static final int PLAINTEXT_END = HEADER_BYTES + MAX_PLAINTEXT_BYTES;

  /**
   * Fewer bytes are copied: a plaintext in two parts costs half a microsecond more a record, as
   * much as to copy about that many ({@code HotPathBenchmark.send} at 1 KiB and at 24,000 bytes).
   */
  private static final int MIN_TAIL_BYTES = 16 * 1024;

  /** So much of a string ends its record: the largest part, and thus nothing large behind it. */
  private static final int MIN_LAST_BYTES = MAX_PLAINTEXT_BYTES / 2;

  private static final byte[] NO_RECORD = new byte[0];

  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final RecordSealer sealer;
  private final RecordBuffers buffers;
  private RecordOutput output = RecordWriter::refuse;

  /** The open record; without one there is no room in {@link #record}. */
  private @Nullable HeapBuffer open;

  private byte[] record = NO_RECORD;
  private int position;
  private int end;
  private long sealedBytes;

  /** A string that the output did not take to its end; while there is one, no record is open. */
  private byte @Nullable [] rest;

  private int restPosition;
  private int restEnd;

  RecordWriter(RecordSealer sealer, RecordBuffers buffers) {
    this.sealer = sealer;
    this.buffers = buffers;
  }

  private static void refuse(ByteBuffer record) {
    throw new IllegalStateException("no output for " + record);
  }

  /** Sets who takes the records that are full from here on. */
  void outputTo(RecordOutput out) {
    output = out;
  }

  /** Whether all that was written is in a record, and nothing waits for {@link #putRest}. */
  boolean hasPutAll() {
    return rest == null;
  }

  /** How many bytes were written since the beginning. */
  long written() {
    int unsealed = restEnd - restPosition;
    return unsealed + (open == null ? sealedBytes : sealedBytes + position - HEADER_BYTES);
  }

  /**
   * Begins another record where so many bytes would fit into one, but not into the rest of this.
   */
  void keepTogether(int length) {
    if (rest != null) {
      putAllOfRest();
    }
    if (length > end - position && length <= MAX_PLAINTEXT_BYTES && position > HEADER_BYTES) {
      sealWhatIsThere();
      position = HEADER_BYTES;
    }
  }

  @Override
  public void putByte(int value) {
    if (position == end) {
      makeRoom();
    }
    record[position++] = (byte) value;
  }

  @Override
  public void putBytes(byte[] source, int offset, int length) {
    int from = offset;
    int to = offset + length;
    while (from < to) {
      from += putIntoRecord(source, from, to);
    }
  }

  /** Puts as much of a string as the output takes, and lets it take the rest when it can. */
  @Override
  public void borrow(byte[] array, int offset, int length) {
    if (rest != null) {
      putAllOfRest();
    }
    putWhileTaken(array, offset, length);
  }

  /**
   * Goes on with a long string, as far as the output takes it.
   *
   * @return whether all that was written is in a record now
   */
  boolean putRest() {
    if (rest == null) {
      return true;
    }
    byte[] source = rest;
    int from = restPosition;
    int length = restEnd - restPosition;
    forgetRest();
    putWhileTaken(source, from, length);
    return rest == null;
  }

  private void putWhileTaken(byte[] source, int offset, int length) {
    int from = offset;
    int to = offset + length;
    while (from < to) {
      long before = sealedBytes;
      from += putIntoRecord(source, from, to);
      boolean sealed = sealedBytes != before;
      if (sealed && to - from >= MIN_TAIL_BYTES && !output.takesMore()) {
        giveRecordBack();
        rest = source;
        restPosition = from;
        restEnd = to;
        return;
      }
    }
  }

  /** Whoever writes on does not wait. */
  private void putAllOfRest() {
    byte[] source = Objects.requireNonNull(rest);
    int from = restPosition;
    int length = restEnd - restPosition;
    forgetRest();
    putBytes(source, from, length);
  }

  private void forgetRest() {
    rest = null;
    restPosition = 0;
    restEnd = 0;
  }

  /** Puts as much of a string as fits into one record; returns how much. */
  private int putIntoRecord(byte[] source, int from, int to) {
    if (position == end) {
      makeRoom();
    }
    int count = Math.min(to - from, end - position);
    boolean fills = count == end - position && count >= MIN_TAIL_BYTES;
    if (fills || count >= MIN_LAST_BYTES) {
      sealWithTail(source, from, count);
    } else {
      System.arraycopy(source, from, record, position, count);
      position += count;
    }
    return count;
  }

  /** Ends the record with bytes that need not lie in it, and begins another one. */
  private void sealWithTail(byte[] tail, int offset, int length) {
    output(sealer.seal(record, position - HEADER_BYTES, tail, offset, length));
    position = HEADER_BYTES;
  }

  // The compiler merges the stores of whole words; only those across two records go byte by byte.

  @Override
  public void putIntLittleEndian(int value) {
    if (end - position < Integer.BYTES) {
      for (int i = 0; i < Integer.BYTES; i++) {
        putByte(value >>> (8 * i));
      }
      return;
    }
    INTS.set(record, position, value);
    position += Integer.BYTES;
  }

  @Override
  public void putLongLittleEndian(long value) {
    if (end - position < Long.BYTES) {
      putIntLittleEndian((int) value);
      putIntLittleEndian((int) (value >>> Integer.SIZE));
      return;
    }
    LONGS.set(record, position, value);
    position += Long.BYTES;
  }

  private void makeRoom() {
    if (rest != null) {
      putAllOfRest();
      if (position < end) {
        return;
      }
    }
    if (open != null) {
      sealWhatIsThere();
    } else {
      open = buffers.take(MAX_FRAME_BYTES);
      record = open.array();
    }
    position = HEADER_BYTES;
    end = PLAINTEXT_END;
  }

  private void sealWhatIsThere() {
    output(sealer.seal(record, position - HEADER_BYTES));
  }

  private void output(int frameLength) {
    sealedBytes += frameLength - HEADER_BYTES - TAG_BYTES;
    output.write(Objects.requireNonNull(open).first(frameLength));
  }

  /** Seals and hands out the open record, if it is not empty, and gives its buffer back. */
  void flush() {
    if (position > HEADER_BYTES) {
      sealWhatIsThere();
    }
    giveRecordBack();
  }

  /** The same, and then ends the key if it may end. */
  void endKey() {
    flush();
    if (sealer.mayEndKey()) {
      HeapBuffer last = buffers.take(RecordSealer.LAST_RECORD_BYTES);
      output.write(last.first(sealer.sealLast(last.array())));
      buffers.giveBack(last);
    }
  }

  /** Gives up the open record and what is not in a record yet, unsent. */
  void release() {
    forgetRest();
    giveRecordBack();
  }

  private void giveRecordBack() {
    if (open != null) {
      buffers.giveBack(open);
      open = null;
      record = NO_RECORD;
      position = 0;
      end = 0;
    }
  }
}
