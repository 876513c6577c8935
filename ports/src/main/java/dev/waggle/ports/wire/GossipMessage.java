package dev.waggle.ports.wire;

import dev.waggle.ports.Bytes;

/**
 * Something that every node of the network shall learn. The payload's meaning is the application's.
 */
public sealed interface GossipMessage {
  /**
   * Bytes of a payload at most: a message of 8 MiB (PROTOCOL §7.1) less what a codec puts around
   * it.
   */
  int MAX_PAYLOAD_BYTES = 8 * 1024 * 1024 - 64;

  Bytes payload();

  Kind kind();

  /** What a gossip message carries; the tag is its first byte when it is hashed (PROTOCOL §8.1). */
  enum Kind {
    TRANSACTION(0),
    BLOCK(1),
    EVIDENCE(2);

    private final int tag;

    Kind(int tag) {
      this.tag = tag;
    }

    public int tag() {
      return tag;
    }

    public GossipMessage of(Bytes payload) {
      return switch (this) {
        case TRANSACTION -> new Transaction(payload);
        case BLOCK -> new Block(payload);
        case EVIDENCE -> new Evidence(payload);
      };
    }
  }

  /** A transfer that waits to be included in a block. */
  record Transaction(Bytes payload) implements GossipMessage {
    public Transaction {
      requireBounded(payload);
    }

    @Override
    public Kind kind() {
      return Kind.TRANSACTION;
    }
  }

  /** A block of the chain. */
  record Block(Bytes payload) implements GossipMessage {
    public Block {
      requireBounded(payload);
    }

    @Override
    public Kind kind() {
      return Kind.BLOCK;
    }
  }

  /** Proof that somebody broke the rules of the chain. */
  record Evidence(Bytes payload) implements GossipMessage {
    public Evidence {
      requireBounded(payload);
    }

    @Override
    public Kind kind() {
      return Kind.EVIDENCE;
    }
  }

  private static void requireBounded(Bytes payload) {
    if (payload.length() > MAX_PAYLOAD_BYTES) {
      throw new IllegalArgumentException(
          "a payload has at most " + MAX_PAYLOAD_BYTES + " bytes, not " + payload.length());
    }
  }
}
