package dev.waggle.operator.metrics;

import dev.waggle.ports.operator.MessageType;
import dev.waggle.ports.operator.Traffic;
import io.micrometer.core.instrument.Tags;

/** What was sent and received, all links together. */
final class TrafficMeters {
  private static final Tags SENT = Tags.of("way", "sent");
  private static final Tags RECEIVED = Tags.of("way", "received");

  static void bind(Moments moments) {
    String connection = "What went over connections, with handshakes and encryption";
    moments.counter(
        "waggle.connection",
        Moments.BYTES,
        connection,
        SENT,
        moment -> moment.node().traffic().sentBytes());
    moments.counter(
        "waggle.connection",
        Moments.BYTES,
        connection,
        RECEIVED,
        moment -> moment.node().traffic().receivedBytes());
    for (MessageType type : MessageType.values()) {
      bind(moments, type);
    }
  }

  private static void bind(Moments moments, MessageType type) {
    Tags ofType = Tags.of("type", type.word());
    String messages = "Messages by their type";
    moments.counter(
        "waggle.messages",
        Moments.COUNT,
        messages,
        ofType.and(SENT),
        moment -> of(moment, type).sentMessages());
    moments.counter(
        "waggle.messages",
        Moments.COUNT,
        messages,
        ofType.and(RECEIVED),
        moment -> of(moment, type).receivedMessages());
    String bytes = "The encodings of messages, before encryption, by their type";
    moments.counter(
        "waggle.message",
        Moments.BYTES,
        bytes,
        ofType.and(SENT),
        moment -> of(moment, type).sentBytes());
    moments.counter(
        "waggle.message",
        Moments.BYTES,
        bytes,
        ofType.and(RECEIVED),
        moment -> of(moment, type).receivedBytes());
  }

  private static Traffic.OfType of(Moment moment, MessageType type) {
    return moment.node().traffic().messages().stream()
        .filter(messages -> messages.type() == type)
        .findFirst()
        .orElseThrow();
  }

  private TrafficMeters() {}
}
