package dev.waggle.domain.frame;

import static dev.waggle.domain.frame.FrameBounds.HEADER_BYTES;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Puts frames together from whatever chunks the network delivers them in (PROTOCOL §5).
 *
 * <p>A frame goes into a buffer with its header, which its seal covers: a frame that arrives in one
 * piece is copied once, one that arrives in many is moved as it grows. No buffer is taken for bytes
 * that are only promised, and none is held between frames.
 *
 * <p>Owned by one thread.
 */
public final class FrameReader {
  /** What {@link #read} came upon. */
  public enum Progress {
    /** All bytes are consumed, and the frame is not whole yet. */
    INCOMPLETE,
    /** A frame is whole; bytes that follow it are not consumed. */
    COMPLETE,
    /** The length that the peer announced is out of bounds; nothing more can be read. */
    OUT_OF_BOUNDS
  }

  private final RecordBuffers buffers;
  private FrameBounds bounds = FrameBounds.HANDSHAKE;

  private int headerRead;
  private int length;
  private int arrived;
  private @Nullable HeapBuffer frame;

  /**
   * A reader that expects a handshake first.
   *
   * @param buffers where the memory for frames comes from
   */
  public FrameReader(RecordBuffers buffers) {
    this.buffers = buffers;
  }

  /** Sets the bounds of the frames to come. Between frames only. */
  public void expect(FrameBounds bounds) {
    if (headerRead > 0) {
      throw new IllegalStateException("in the middle of a frame");
    }
    this.bounds = bounds;
  }

  /**
   * Consumes bytes up to the end of one frame.
   *
   * <p>After {@code COMPLETE} the frame lies in {@link #frame} until {@link #release}, which must
   * come before the next call.
   */
  public Progress read(ByteBuffer chunk) {
    while (headerRead < HEADER_BYTES) {
      if (!chunk.hasRemaining()) {
        return Progress.INCOMPLETE;
      }
      length = (length << 8) | (chunk.get() & 0xFF);
      headerRead++;
    }
    if (!bounds.admit(length)) {
      return Progress.OUT_OF_BOUNDS;
    }
    int count = Math.min(length - arrived, chunk.remaining());
    if (count > 0) {
      chunk.get(withRoomFor(count).array(), HEADER_BYTES + arrived, count);
      arrived += count;
    }
    return arrived == length ? Progress.COMPLETE : Progress.INCOMPLETE;
  }

  private HeapBuffer withRoomFor(int count) {
    int needed = HEADER_BYTES + arrived + count;
    if (frame == null) {
      frame = buffers.take(needed);
      FrameBounds.putHeader(frame.array(), length);
    } else {
      frame = buffers.grow(frame, HEADER_BYTES + arrived, needed);
    }
    return frame;
  }

  /** The array that holds a whole frame from index 0 on, header first. Lent until release. */
  public byte[] frame() {
    if (frame == null) {
      throw new IllegalStateException("no frame is there");
    }
    return frame.array();
  }

  /** Bytes of a whole frame, its header not counted. */
  public int length() {
    return length;
  }

  /** What the header says, be it out of bounds. */
  public long announcedLength() {
    return Integer.toUnsignedLong(length);
  }

  /** Gives up the frame read last or, when the connection is gone, the part of one. */
  public void release() {
    headerRead = 0;
    length = 0;
    arrived = 0;
    if (frame != null) {
      buffers.giveBack(frame);
      frame = null;
    }
  }
}
