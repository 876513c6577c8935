package dev.waggle.chain;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.MessageId;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Computes ids of gossip messages: SHA-256 of one byte for the kind, then the payload (PROTOCOL
 * §8.1). Blocks and transactions are named by them too.
 */
public final class MessageIds {
  public static MessageId of(GossipMessage message) {
    return of(message.kind(), message.payload());
  }

  static MessageId of(GossipMessage.Kind kind, Bytes payload) {
    MessageDigest digest = start(kind);
    payload.lendTo(digest::update);
    return MessageId.read(digest.digest(), 0);
  }

  /** A digest that has seen the kind and waits for the payload; it can be cloned. */
  public static MessageDigest start(GossipMessage.Kind kind) {
    MessageDigest digest = sha256();
    digest.update((byte) kind.tag());
    return digest;
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }

  private MessageIds() {}
}
