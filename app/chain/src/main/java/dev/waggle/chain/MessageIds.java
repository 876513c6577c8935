package dev.waggle.chain;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.gossip.BlockFormat;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.MalformedMessage;
import dev.waggle.ports.wire.MessageId;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Computes ids of gossip messages: SHA-256 of one byte for the kind, then the payload, or of {@link
 * BlockFormat#HEADER_TAG} and the header of a block that can be taken apart (PROTOCOL §8.1). Blocks
 * and transactions are named by them too.
 */
public final class MessageIds {
  public static MessageId of(GossipMessage message) {
    if (message instanceof GossipMessage.Block(Bytes payload)) {
      try {
        return ofHeader(BlockLayout.takeApart(payload).header());
      } catch (MalformedMessage e) {
        // Named by all of its bytes, like any message.
      }
    }
    return of(message.kind().tag(), message.payload(), sha256());
  }

  static MessageId ofTransaction(Bytes payload) {
    return ofTransaction(payload, sha256());
  }

  /** The same by a digest at its beginning, to which it returns. */
  static MessageId ofTransaction(Bytes payload, MessageDigest digest) {
    return of(GossipMessage.Kind.TRANSACTION.tag(), payload, digest);
  }

  /** The id of the block that has this header. */
  static MessageId ofHeader(Bytes header) {
    return ofHeader(header, sha256());
  }

  /** The same by a digest at its beginning, to which it returns. */
  static MessageId ofHeader(Bytes header, MessageDigest digest) {
    return of(BlockFormat.HEADER_TAG, header, digest);
  }

  private static MessageId of(int tag, Bytes rest, MessageDigest digest) {
    digest.update((byte) tag);
    rest.lendTo(digest::update);
    return MessageId.read(digest.digest(), 0);
  }

  /** A digest that waits for a block's header; it can be cloned. */
  public static MessageDigest startHeader() {
    MessageDigest digest = sha256();
    digest.update((byte) BlockFormat.HEADER_TAG);
    return digest;
  }

  static Bytes sha256(Bytes of) {
    MessageDigest digest = sha256();
    of.lendTo(digest::update);
    return Bytes.wrap(digest.digest());
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
