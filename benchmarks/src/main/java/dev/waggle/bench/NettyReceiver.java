package dev.waggle.bench;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.jspecify.annotations.Nullable;

/**
 * The receiving end of a link of the peer's.
 *
 * <p>It copies each payload once, from where Netty or TLS has put it into an array of its own,
 * which is what Waggle hands to an application too. Netty's own decoders would do more.
 */
final class NettyReceiver extends ChannelInboundHandlerAdapter {
  private final Arrivals arrivals;
  private int length;
  private int lengthBytes;
  private byte @Nullable [] payload;
  private int arrived;

  NettyReceiver(Arrivals arrivals) {
    this.arrivals = arrivals;
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
      arrivals.arrived(payload);
      payload = null;
      arrived = 0;
      length = 0;
      lengthBytes = 0;
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    arrivals.fail(cause.toString());
    var _ = context.close();
  }
}
