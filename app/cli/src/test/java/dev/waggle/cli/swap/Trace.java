package dev.waggle.cli.swap;

import dev.waggle.ports.wire.GossipMessage;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * What became of a sequence of messages: how many, how long, and SHA-256 over the kind, length and
 * payload of each in order; once for blocks, which may overtake, and once for the others.
 */
record Trace(int messages, long payloadBytes, String sha256OfBlocks, String sha256OfOthers) {
  static Trace of(List<GossipMessage> messages) {
    Recorder recorder = new Recorder();
    messages.forEach(recorder::add);
    return recorder.trace();
  }

  /** Takes a trace while its messages pass. Owned by one thread. */
  static final class Recorder {
    private final MessageDigest blocks = newSha256();
    private final MessageDigest others = newSha256();
    private final ByteBuffer head = ByteBuffer.allocate(1 + Integer.BYTES);
    private int messages;
    private long payloadBytes;

    void add(GossipMessage message) {
      int length = message.payload().length();
      head.clear().put((byte) message.kind().tag()).putInt(length).flip();
      MessageDigest sha256 = message.kind() == GossipMessage.Kind.BLOCK ? blocks : others;
      sha256.update(head);
      sha256.update(message.payload().borrowArray());
      messages++;
      payloadBytes += length;
    }

    int messages() {
      return messages;
    }

    /** The trace so far; nothing can be added to it afterwards. */
    Trace trace() {
      HexFormat hex = HexFormat.of();
      return new Trace(
          messages, payloadBytes, hex.formatHex(blocks.digest()), hex.formatHex(others.digest()));
    }

    private static MessageDigest newSha256() {
      try {
        return MessageDigest.getInstance("SHA-256");
      } catch (NoSuchAlgorithmException e) {
        throw new AssertionError("every JDK has SHA-256", e);
      }
    }
  }
}
