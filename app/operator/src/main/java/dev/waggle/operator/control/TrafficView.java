package dev.waggle.operator.control;

import dev.waggle.ports.operator.Traffic;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What was sent and received.
 *
 * @param messages by type; those of which there were none are left out
 */
record TrafficView(
    long sentBytes,
    long receivedBytes,
    long sentMessages,
    long receivedMessages,
    Map<String, OfType> messages) {

  record OfType(long sentMessages, long sentBytes, long receivedMessages, long receivedBytes) {}

  static TrafficView of(Traffic traffic) {
    Map<String, OfType> messages = new LinkedHashMap<>();
    long sent = 0;
    long received = 0;
    for (Traffic.OfType each : traffic.messages()) {
      sent += each.sentMessages();
      received += each.receivedMessages();
      if (each.sentMessages() + each.receivedMessages() > 0) {
        messages.put(
            each.type().word(),
            new OfType(
                each.sentMessages(),
                each.sentBytes(),
                each.receivedMessages(),
                each.receivedBytes()));
      }
    }
    return new TrafficView(traffic.sentBytes(), traffic.receivedBytes(), sent, received, messages);
  }
}
