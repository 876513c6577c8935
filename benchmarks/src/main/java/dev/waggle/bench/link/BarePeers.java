package dev.waggle.bench.link;

import dev.waggle.bench.workload.Settings;
import dev.waggle.domain.frame.RecordBuffers;
import dev.waggle.netty.NettyIo;
import dev.waggle.netty.NettyTransport;
import dev.waggle.ports.Endpoint;
import dev.waggle.ports.transport.Transport;
import java.time.Duration;

/**
 * Peers of a node that are no nodes themselves: sessions that one I/O thread drives, so that a load
 * costs little beside what it loads. Owned by one thread.
 */
public final class BarePeers implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Transport transport;
  private final RecordBuffers buffers = new RecordBuffers();

  /** Over the best that Netty has here, whatever the node's own transport is. */
  public BarePeers() {
    transport = new NettyTransport(NettyIo.AUTO, 1);
  }

  /** One more peer, with an identity of its own; returns when it has shaken hands. */
  public WaggleEnd connect(Endpoint node, Application application) {
    WaggleEnd end = WaggleEnd.initiator(Settings.session(), buffers, application);
    Transport.Dial _ = transport.dial(node, PATIENCE, end);
    end.awaitEstablished();
    return end;
  }

  public String describe() {
    return transport.describe();
  }

  /** Breaks all links; every application hears that. */
  @Override
  public void close() {
    transport.close();
  }
}
