package dev.waggle.ports.operator;

import java.util.List;

/**
 * What was sent and received.
 *
 * @param sentBytes on the connection, with handshake and encryption
 * @param receivedBytes the same
 * @param messages one for each {@link MessageType}, in their order
 */
public record Traffic(long sentBytes, long receivedBytes, List<OfType> messages) {
  /** Messages of one type, and the bytes of their encoding, before encryption. */
  public record OfType(
      MessageType type,
      long sentMessages,
      long sentBytes,
      long receivedMessages,
      long receivedBytes) {}

  /** What was sent and received of one type. */
  public OfType of(MessageType type) {
    return messages.stream().filter(each -> each.type() == type).findAny().orElseThrow();
  }
}
