package dev.waggle.bench.link;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.netty.handler.codec.LengthFieldPrepender;
import java.util.concurrent.TimeUnit;

/**
 * An end of the peer's link as Netty's users write it: Netty's own codec of lengths, and a {@code
 * writeAndFlush} for each message by the thread that has it, which waits while the channel is not
 * writable. Payloads are wrapped, not copied, on their way out, and copied once on their way in.
 */
final class NettyUsualEnd extends SimpleChannelInboundHandler<ByteBuf> implements NettyEnd {
  private static final int LENGTH_BYTES = Integer.BYTES;
  private static final int MAX_MESSAGE_BYTES = 8 * 1024 * 1024;
  private static final long STALLED_MILLIS = 20_000;
  private static final long STALLED_NANOS = TimeUnit.MILLISECONDS.toNanos(STALLED_MILLIS);

  private final Channel channel;
  private final NettyDelivery delivery;

  private NettyUsualEnd(Channel channel, NettyDelivery delivery) {
    this.channel = channel;
    this.delivery = delivery;
  }

  static void addTo(ChannelPipeline pipeline, NettyDelivery delivery) {
    pipeline.addLast(
        new LengthFieldPrepender(LENGTH_BYTES),
        new LengthFieldBasedFrameDecoder(MAX_MESSAGE_BYTES, 0, LENGTH_BYTES, 0, LENGTH_BYTES),
        new NettyUsualEnd(pipeline.channel(), delivery));
  }

  @Override
  public void send(byte[] payload) {
    if (!channel.isWritable() && !channel.eventLoop().inEventLoop()) {
      awaitWritable();
    }
    var _ = channel.writeAndFlush(Unpooled.wrappedBuffer(payload));
  }

  /** Several threads may wait here, as a ping and the load beside it do. */
  private synchronized void awaitWritable() {
    long deadlineNanos = System.nanoTime() + STALLED_NANOS;
    try {
      while (!channel.isWritable()) {
        if (!channel.isActive() || System.nanoTime() - deadlineNanos >= 0) {
          throw new IllegalStateException("the channel takes nothing any more");
        }
        wait(STALLED_MILLIS);
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public synchronized void channelWritabilityChanged(ChannelHandlerContext context) {
    notifyAll();
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, ByteBuf message) {
    byte[] payload = new byte[message.readableBytes()];
    message.readBytes(payload);
    delivery.deliver(payload, this);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    delivery.fail(cause.toString());
    var _ = context.close();
  }

  @Override
  public synchronized void channelInactive(ChannelHandlerContext context) {
    delivery.fail("the channel is closed");
    notifyAll();
  }
}
