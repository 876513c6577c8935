package dev.waggle.simulator.shape;

import dev.waggle.ports.transport.Connection;
import dev.waggle.simulator.engine.Timeline;
import dev.waggle.simulator.network.Host;
import dev.waggle.simulator.network.Network;
import dev.waggle.simulator.network.Pipe;
import org.jspecify.annotations.Nullable;

/**
 * One way of a shaped connection: how many bytes its writer has written, and how many of them the
 * model has let arrive. It holds none of them: they run ahead through the socket, and wait on the
 * reader's side.
 *
 * <p>Guarded by the lock of the {@link LiveTimeline}.
 */
final class Direction implements Pipe.Ends {
  /**
   * The model hands over so many at once, at most. A fourth of the quantum in which flows take
   * turns: smaller ones would not come earlier.
   */
  private static final int PIECE_BYTES = 16 * 1024;

  /** What stands for the end of a stream; it takes a byte, so that it arrives by itself. */
  private static final Object END = new Object();

  private final Timeline timeline;
  private final Pipe pipe;
  private @Nullable ShapedConnection writer;
  private @Nullable ShapedConnection reader;
  private int pendingBytes;
  private long arrivedBytes;
  private boolean ended;
  private boolean socketFull;
  private boolean writableOwed;

  Direction(Network network, Timeline timeline, Host from, Host to) {
    this.timeline = timeline;
    this.pipe = new Pipe(network, from, to, this);
  }

  void writtenBy(ShapedConnection connection) {
    writer = connection;
  }

  void readBy(ShapedConnection connection) {
    reader = connection;
  }

  long latencyNanos() {
    return pipe.latencyNanos();
  }

  // ---- for the writer

  private long unsentBytes() {
    return pendingBytes + pipe.unsentBytes();
  }

  /** Whether so many bytes more are not more than may ever wait. */
  boolean hasRoomFor(int bytes) {
    return unsentBytes() + bytes <= Connection.MAX_UNSENT_BYTES;
  }

  /** Whether the writer should go on; if not, it will be {@link #owesWritable owed} a call. */
  boolean invitesMore() {
    boolean more = unsentBytes() <= Connection.HIGH_WATER_BYTES && !socketFull;
    writableOwed |= !more;
    return more;
  }

  /**
   * Counts bytes that were written; they are sent with the next {@link #flush}.
   *
   * @param room what the socket has said to them
   */
  void wrote(int bytes, boolean room) {
    pendingBytes += bytes;
    socketFull |= !room;
  }

  /** The socket has room again. */
  void socketHasRoom() {
    socketFull = false;
  }

  /** Sends what was written. */
  void flush() {
    while (pendingBytes > 0) {
      int piece = Math.min(pendingBytes, PIECE_BYTES);
      pendingBytes -= piece;
      pipe.offer(piece, piece, timeline.nowNanos());
    }
    if (writableOwed && pipe.unsentBytes() > Connection.LOW_WATER_BYTES) {
      pipe.notifyBelow(Connection.LOW_WATER_BYTES);
    }
  }

  /** Whether the writer is to be told that there is room again, which is taken to be done then. */
  boolean owesWritable() {
    boolean due = writableOwed && !socketFull && unsentBytes() <= Connection.LOW_WATER_BYTES;
    writableOwed &= !due;
    return due;
  }

  /** Sends what was written, and the end of the stream. */
  void end() {
    flush();
    pipe.offer(1, END, timeline.nowNanos());
  }

  // ---- for the reader

  /** Takes up to so many of the bytes that have arrived, and says how many. */
  int take(int bytes) {
    int taken = (int) Math.min(bytes, arrivedBytes);
    arrivedBytes -= taken;
    return taken;
  }

  /** Whether the writer has ended the stream, and the reader has taken all of it. */
  boolean isOver() {
    return ended && arrivedBytes == 0;
  }

  /** The reader knows of the end, so the socket may end as well. */
  void endHeard() {
    if (writer != null) {
      writer.endHeard();
    }
  }

  void reading(boolean wanted) {
    pipe.reading(wanted);
  }

  void close() {
    pipe.close();
  }

  // ---- from the model

  @Override
  public void heard() {}

  @Override
  public void received(Object content) {
    if (content == END) {
      ended = true;
    } else {
      arrivedBytes += (Integer) content;
    }
    if (reader != null) {
      reader.arrived();
    }
  }

  @Override
  public void drained() {
    if (writer != null) {
      writer.drained();
    }
  }
}
