package dev.waggle.domain.session;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.SplittableRandom;

/** Two sessions back to back, over a stream that cuts where it likes. */
final class SessionPump {
  private SessionPump() {}

  /** Moves bytes in random pieces until nothing moves any more; work takes its time too. */
  static void run(SessionPeer one, SessionPeer other, SplittableRandom random, int maxChunk) {
    one.start();
    other.start();
    Wire toOther = new Wire(one, other);
    Wire toOne = new Wire(other, one);
    boolean moved = true;
    while (moved) {
      moved = toOther.move(random.nextInt(1, maxChunk + 1));
      moved |= toOne.move(random.nextInt(1, maxChunk + 1));
      for (SessionPeer peer : List.of(one, other)) {
        if (!peer.works.isEmpty() && (!moved || random.nextInt(4) == 0)) {
          peer.work();
          moved = true;
        }
      }
    }
  }

  /** One direction of a stream, which stops while the receiver does not want to read. */
  private static final class Wire {
    private final SessionPeer from;
    private final SessionPeer to;
    private byte[] underWay = new byte[0];
    private int position;

    Wire(SessionPeer from, SessionPeer to) {
      this.from = from;
      this.to = to;
    }

    boolean move(int count) {
      if (position == underWay.length) {
        underWay = from.takeWritten();
        position = 0;
      }
      boolean reads = to.readings.isEmpty() || to.readings.getLast();
      int moved = reads ? Math.min(count, underWay.length - position) : 0;
      to.session.receive(ByteBuffer.wrap(underWay, position, moved), to);
      position += moved;
      return moved > 0;
    }
  }
}
