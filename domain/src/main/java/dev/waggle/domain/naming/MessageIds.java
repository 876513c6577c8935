package dev.waggle.domain.naming;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.crypto.HashFunction;
import dev.waggle.ports.gossip.BlockFormat;
import dev.waggle.ports.gossip.BlockParts;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.MessageId;
import org.jspecify.annotations.Nullable;

/**
 * Computes the ids of messages: SHA-256 of kind and payload, or, of a block that is made of parts,
 * of its header, which commits to the rest (PROTOCOL §8.1). Owned by one thread.
 */
public final class MessageIds {
  private final HashFunction.Digest digest;
  private final @Nullable BlockFormat format;
  private final byte[] tag = new byte[1];

  /**
   * Ids of messages whose blocks are of one piece.
   *
   * @throws IllegalArgumentException as {@link #MessageIds(HashFunction, BlockFormat)}
   */
  public MessageIds(HashFunction sha256) {
    this(sha256, null);
  }

  /**
   * Ids by {@code sha256}.
   *
   * @param format what blocks are made of, or null if they are of one piece
   * @throws IllegalArgumentException if that is another hash function, by the length of its hashes
   */
  public MessageIds(HashFunction sha256, @Nullable BlockFormat format) {
    if (sha256.length() != MessageId.LENGTH) {
      throw new IllegalArgumentException("ids are SHA-256, not " + sha256.algorithm());
    }
    this.digest = sha256.digest();
    this.format = format;
  }

  public MessageId of(GossipMessage message) {
    return name(message).id();
  }

  /** Names a message, and says what it is made of, which has to be found out for that. */
  public Named name(GossipMessage message) {
    if (format != null && message instanceof GossipMessage.Block(Bytes payload)) {
      BlockParts parts = format.split(payload);
      if (parts != null) {
        return new Named(ofHeader(parts.header()), parts);
      }
    }
    return new Named(hash(message.kind().tag(), message.payload()), null);
  }

  /**
   * A message's name.
   *
   * @param parts of a block; null if it is of one piece, or the message is none
   */
  public record Named(MessageId id, @Nullable BlockParts parts) {}

  /** The id of the block that has this header. */
  public MessageId ofHeader(Bytes header) {
    return hash(BlockFormat.HEADER_TAG, header);
  }

  /** The id of the Transaction with this payload. */
  public MessageId ofItem(Bytes payload) {
    return hash(GossipMessage.Kind.TRANSACTION.tag(), payload);
  }

  private MessageId hash(int first, Bytes rest) {
    tag[0] = (byte) first;
    digest.update(tag, 0, 1);
    rest.lendTo(digest::update);
    return MessageId.read(digest.finish(), 0);
  }
}
