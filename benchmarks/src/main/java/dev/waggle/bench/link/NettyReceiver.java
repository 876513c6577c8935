package dev.waggle.bench.link;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.jspecify.annotations.Nullable;

/**
 * The receiving half of an end of the peer's link, before its {@link NettySender}.
 *
 * <p>It copies each payload once, from where Netty or TLS has put it into an array of its own,
 * which is what Waggle hands to an application too. Netty's own decoders would do more.
 */
final class NettyReceiver extends ChannelInboundHandlerAdapter {
  private final NettyDelivery delivery;
  private final NettyEnd end;
  private int length;
  private int lengthBytes;
  private byte @Nullable [] payload;
  private int arrived;

  NettyReceiver(NettyDelivery delivery, NettyEnd end) {
    this.delivery = delivery;
    this.end = end;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    try {
      while (bytes.isReadable()) {
        read(bytes);
      }
    } finally {
      bytes.release();
    }
  }

  private void read(ByteBuf bytes) {
    if (payload == null) {
      if (lengthBytes == 0 && bytes.readableBytes() >= Integer.BYTES) {
        payload = new byte[bytes.readInt()];
      } else {
        length = (length << 8) | bytes.readUnsignedByte();
        if (++lengthBytes < Integer.BYTES) {
          return;
        }
        payload = new byte[length];
      }
    }
    int count = Math.min(bytes.readableBytes(), payload.length - arrived);
    bytes.readBytes(payload, arrived, count);
    arrived += count;
    if (arrived == payload.length) {
      delivery.deliver(payload, end);
      payload = null;
      arrived = 0;
      length = 0;
      lengthBytes = 0;
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    delivery.fail(cause.toString());
    var _ = context.close();
  }
}
