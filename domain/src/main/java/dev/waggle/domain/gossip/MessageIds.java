package dev.waggle.domain.gossip;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.crypto.HashFunction;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.MessageId;

/**
 * Computes the ids of messages: SHA-256 of kind and payload (PROTOCOL §8.1). Owned by one thread.
 */
public final class MessageIds {
  private final HashFunction.Digest digest;
  private final byte[] tag = new byte[1];

  /**
   * Ids by {@code sha256}.
   *
   * @throws IllegalArgumentException if that is another hash function, by the length of its hashes
   */
  public MessageIds(HashFunction sha256) {
    if (sha256.length() != MessageId.LENGTH) {
      throw new IllegalArgumentException("ids are SHA-256, not " + sha256.algorithm());
    }
    this.digest = sha256.digest();
  }

  public MessageId of(GossipMessage message) {
    Bytes payload = message.payload();
    tag[0] = (byte) message.kind().tag();
    digest.update(tag, 0, 1);
    payload.lendTo(digest::update);
    return MessageId.read(digest.finish(), 0);
  }
}
