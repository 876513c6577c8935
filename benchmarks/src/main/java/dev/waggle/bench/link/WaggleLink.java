package dev.waggle.bench.link;

import dev.waggle.bench.workload.Messages;
import dev.waggle.bench.workload.Payloads;
import dev.waggle.bench.workload.Settings;
import dev.waggle.domain.frame.RecordBuffers;
import dev.waggle.domain.session.SessionSettings;
import dev.waggle.ports.Endpoint;
import dev.waggle.ports.transport.ListenFailed;
import dev.waggle.ports.transport.Transport;
import dev.waggle.ports.wire.WireMessage;
import java.time.Duration;
import java.util.function.Supplier;

/** Waggle's link: two sessions that have shaken hands, over two transports. */
final class WaggleLink implements LoopbackLink {
  private final Transport near;
  private final Transport far;
  private final Messages messages;
  private final WaggleEnd sender;
  private long number;

  /**
   * Connects, and returns when both ends are established.
   *
   * @param near sends, on one I/O thread; closed with the link
   * @param far receives, on one I/O thread; closed with the link
   */
  WaggleLink(Transport near, Transport far, Payloads payloads, Ends ends) {
    this(near, far, Settings::session, payloads, ends);
  }

  /**
   * The same.
   *
   * @param settings makes what an end brings along, for each of the two
   */
  WaggleLink(
      Transport near,
      Transport far,
      Supplier<SessionSettings> settings,
      Payloads payloads,
      Ends ends) {
    this.near = near;
    this.far = far;
    messages = new Messages(payloads);
    WaggleEnd receiver = WaggleEnd.responder(settings.get(), new RecordBuffers(), ends.far());
    sender = WaggleEnd.initiator(settings.get(), new RecordBuffers(), ends.near());
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
    sender.send(messages.of(number++));
  }

  @Override
  public void ping(long nonce) {
    sender.send(new WireMessage.Ping(nonce));
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
