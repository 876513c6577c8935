package dev.waggle.bench.link;

import io.netty.channel.ChannelHandler;

/** One end of a link of the peer's, the last handler of its channel. */
interface NettyEnd extends ChannelHandler {
  /** Hands a message over for sending. Safe from any thread; the array is lent until sent. */
  void send(byte[] payload);
}
