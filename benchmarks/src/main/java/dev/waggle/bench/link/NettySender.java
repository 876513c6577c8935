package dev.waggle.bench.link;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The sending half of an end of the peer's link, made as fast as Netty can be: messages with their
 * length in four bytes before each. {@link NettyReceiver} is the other half.
 *
 * <p>It drains a queue like Waggle's end, flushes once a drain, and makes no promise for any write.
 */
@SuppressWarnings("FutureReturnValueIgnored") // failures arrive by exceptionCaught
final class NettySender extends ChannelInboundHandlerAdapter implements NettyEnd {
  /** The plaintext of a full record (RFC 8446 §5.1). */
  private static final int TLS_RECORD_BYTES = 16 * 1024;

  private final Channel channel;
  private final boolean packed;
  private final NettyDelivery delivery;
  private final SendQueue<byte[]> queue = new SendQueue<>();
  private final Runnable drainTask = this::drain;
  private ArrayDeque<byte[]> sending = new ArrayDeque<>();
  private boolean draining;
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
        write(sending.remove());
      }
      writeOpen();
      channel.flush();
    }
    draining = false;
  }

  private boolean takeMore() {
    if (sending.isEmpty()) {
      sending = queue.takeAll();
    }
    return !sending.isEmpty();
  }

  private void write(byte[] payload) {
    if (packed) {
      pack(payload);
    } else {
      ByteBuf message = channel.alloc().directBuffer(Integer.BYTES + payload.length);
      message.writeInt(payload.length).writeBytes(payload);
      channel.write(message, channel.voidPromise());
    }
  }

  private void pack(byte[] payload) {
    if (open != null && open.writableBytes() < Integer.BYTES) {
      writeOpen();
    }
    ByteBuf record = openRecord().writeInt(payload.length);
    int from = 0;
    while (from < payload.length) {
      if (!record.isWritable()) {
        writeOpen();
        record = openRecord();
      }
      int count = Math.min(record.writableBytes(), payload.length - from);
      record.writeBytes(payload, from, count);
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
