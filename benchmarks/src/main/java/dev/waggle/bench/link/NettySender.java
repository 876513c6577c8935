package dev.waggle.bench.link;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.ArrayDeque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The sending half of an end of the peer's link, made as fast as Netty can be: messages with their
 * length in four bytes before each. {@link NettyReceiver} is the other half.
 *
 * <p>It drains a queue like Waggle's end, flushes once a drain, and makes no promise for any write.
 */
@SuppressWarnings("FutureReturnValueIgnored") // failures arrive by exceptionCaught
final class NettySender extends ChannelInboundHandlerAdapter implements NettyEnd {
  private static final int PIECE_BYTES = 64 * 1024;

  /** The plaintext of a full record (RFC 8446 §5.1). */
  private static final int TLS_RECORD_BYTES = 16 * 1024;

  private final Channel channel;
  private final boolean packed;
  private final NettyDelivery delivery;
  private final SendQueue<byte[]> queue = new SendQueue<>();
  private final Runnable drainTask = this::drain;
  private ArrayDeque<byte[]> sending = new ArrayDeque<>();
  private boolean draining;

  /** The message that is being written, of which so much is. */
  private byte @Nullable [] payload;

  private int written;
  private @Nullable ByteBuf open;

  NettySender(Channel channel, boolean packed, NettyDelivery delivery) {
    this.channel = channel;
    this.packed = packed;
    this.delivery = delivery;
  }

  @Override
  public void send(byte[] payload) {
    if (queue.offer(payload)) {
      channel.eventLoop().execute(drainTask);
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    drain();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    delivery.fail(cause.toString());
    var _ = context.close();
  }

  /** A flush may make the channel writable again, and call back: the loop goes on instead. */
  private void drain() {
    if (draining) {
      return;
    }
    draining = true;
    while (channel.isWritable() && takeMore()) {
      while (channel.isWritable() && takeMore()) {
        writeNextPiece();
      }
      writeOpen();
      channel.flush();
    }
    draining = false;
  }

  private boolean takeMore() {
    if (payload != null) {
      return true;
    }
    if (sending.isEmpty()) {
      sending = queue.takeAll();
    }
    if (sending.isEmpty()) {
      return false;
    }
    payload = sending.remove();
    written = 0;
    return true;
  }

  /** Of a long message no more at once than the caches hold; its length comes first. */
  private void writeNextPiece() {
    byte[] source = Objects.requireNonNull(payload);
    int end = Math.min(source.length, written + PIECE_BYTES);
    if (packed) {
      pack(source, end);
    } else {
      ByteBuf piece = channel.alloc().directBuffer(Integer.BYTES + end - written);
      if (written == 0) {
        piece.writeInt(source.length);
      }
      channel.write(piece.writeBytes(source, written, end - written), channel.voidPromise());
    }
    written = end;
    if (end == source.length) {
      payload = null;
    }
  }

  private void pack(byte[] source, int end) {
    if (written == 0) {
      if (open != null && open.writableBytes() < Integer.BYTES) {
        writeOpen();
      }
      openRecord().writeInt(source.length);
    }
    int from = written;
    while (from < end) {
      ByteBuf record = openRecord();
      if (!record.isWritable()) {
        writeOpen();
        record = openRecord();
      }
      int count = Math.min(record.writableBytes(), end - from);
      record.writeBytes(source, from, count);
      from += count;
    }
  }

  private ByteBuf openRecord() {
    if (open == null) {
      open = channel.alloc().directBuffer(TLS_RECORD_BYTES, TLS_RECORD_BYTES);
    }
    return open;
  }

  private void writeOpen() {
    if (open != null) {
      channel.write(open, channel.voidPromise());
      open = null;
    }
  }
}
