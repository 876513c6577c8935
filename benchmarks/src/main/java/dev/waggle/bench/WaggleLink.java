package dev.waggle.bench;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.Endpoint;
import dev.waggle.ports.transport.ListenFailed;
import dev.waggle.ports.transport.Transport;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.WireMessage;
import java.time.Duration;

/** Waggle's link: two sessions that have shaken hands, over two transports. */
final class WaggleLink implements LoopbackLink {
  private final Transport near;
  private final Transport far;
  private final WireMessage[] messages;
  private final WaggleEnd sender;
  private int next;

  /**
   * Connects, and returns when both ends are established.
   *
   * @param near sends, on one I/O thread; owned
   * @param far receives, on one I/O thread; owned
   */
  WaggleLink(Transport near, Transport far, Payloads payloads, Arrivals arrivals) {
    this.near = near;
    this.far = far;
    messages = new WireMessage[payloads.count()];
    for (int i = 0; i < messages.length; i++) {
      Bytes payload = Bytes.wrap(payloads.of(i));
      messages[i] = new WireMessage.Gossip(new GossipMessage.Transaction(payload));
    }
    WaggleEnd receiver = WaggleEnd.responder(arrivals);
    sender = WaggleEnd.initiator(arrivals);
    try {
      Endpoint address = far.listen(new Endpoint("127.0.0.1", 0), _ -> receiver);
      Transport.Dial _ = near.dial(address, Duration.ofSeconds(10), sender);
    } catch (ListenFailed e) {
      throw new IllegalStateException(e);
    }
    receiver.awaitEstablished();
    sender.awaitEstablished();
  }

  @Override
  public void send() {
    sender.send(messages[next++ & (messages.length - 1)]);
  }

  @Override
  public String describe() {
    return near.describe();
  }

  @Override
  public void close() {
    near.close();
    far.close();
  }
}
