package dev.waggle.simulator.network;

/**
 * How many bytes a sender may have under way: the congestion window of a connection that loses
 * nothing (RFC 5681, RFC 6928, RFC 2861).
 *
 * <p>It doubles each round trip as long as the sender makes use of it, up to what the receiver's
 * buffer takes, and is halved for each timeout's length that the sender is idle. Acknowledgements
 * that have come are looked at when the sender wants to go on; so they cost no event.
 */
final class Window {
  private final Tcp tcp;
  private final long timeoutNanos;
  private int windowBytes;
  private int inFlightBytes;
  private int mostInFlightBytes;
  private long lastSentNanos;

  // A ring of what will have been acknowledged when.
  private long[] ackNanos = new long[4];
  private int[] ackBytes = new int[4];
  private int first;
  private int count;

  Window(Tcp tcp, long roundTripNanos, long nowNanos) {
    this.tcp = tcp;
    this.timeoutNanos = roundTripNanos + Tcp.RTO_MARGIN_NANOS;
    this.windowBytes = tcp.initialWindowBytes();
    this.lastSentNanos = nowNanos;
  }

  /**
   * How many of {@code wanted} bytes may be sent: none, rather than less than a segment.
   *
   * @param beside bytes under way that nobody told this window of
   */
  int room(int wanted, int beside, long nowNanos) {
    takeAcks(nowNanos);
    if (inFlightBytes == 0) {
      restartAfterIdle(nowNanos);
    }
    int room = Math.min(wanted, windowBytes - inFlightBytes - beside);
    return room < Math.min(wanted, tcp.segmentBytes()) ? 0 : room;
  }

  private void restartAfterIdle(long nowNanos) {
    long idleNanos = nowNanos - lastSentNanos - timeoutNanos;
    while (idleNanos > 0 && windowBytes > tcp.initialWindowBytes()) {
      windowBytes = Math.max(tcp.initialWindowBytes(), windowBytes / 2);
      idleNanos -= timeoutNanos;
    }
  }

  void sent(int bytes, long nowNanos) {
    inFlightBytes += bytes;
    mostInFlightBytes = Math.max(mostInFlightBytes, inFlightBytes);
    lastSentNanos = nowNanos;
  }

  /** The receiver has so much; its acknowledgement will be here at {@code nanos}. */
  void willBeAcked(int bytes, long nanos) {
    if (count == ackNanos.length) {
      grow();
    }
    int at = (first + count) & (ackNanos.length - 1);
    ackNanos[at] = nanos;
    ackBytes[at] = bytes;
    count++;
  }

  private void grow() {
    int length = ackNanos.length;
    long[] nanos = new long[2 * length];
    int[] bytes = new int[2 * length];
    for (int i = 0; i < count; i++) {
      nanos[i] = ackNanos[(first + i) & (length - 1)];
      bytes[i] = ackBytes[(first + i) & (length - 1)];
    }
    ackNanos = nanos;
    ackBytes = bytes;
    first = 0;
  }

  private void takeAcks(long nowNanos) {
    while (count > 0 && ackNanos[first] <= nowNanos) {
      int bytes = ackBytes[first];
      // Who sends less than the window allows does not learn that the path takes more.
      if (windowBytes < 2 * mostInFlightBytes) {
        windowBytes = Math.min(tcp.maxWindowBytes(), windowBytes + bytes);
      }
      inFlightBytes -= bytes;
      if (inFlightBytes == 0) {
        mostInFlightBytes = 0;
      }
      first = (first + 1) & (ackNanos.length - 1);
      count--;
    }
  }

  /** When the next acknowledgement comes, or {@link Long#MAX_VALUE} if none is on its way yet. */
  long nextAckNanos() {
    return count == 0 ? Long.MAX_VALUE : ackNanos[first];
  }
}
