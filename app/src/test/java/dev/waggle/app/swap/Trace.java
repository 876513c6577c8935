package dev.waggle.app.swap;

import dev.waggle.ports.wire.GossipMessage;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * What became of a sequence of messages: how many, how long, and SHA-256 over the kind, length and
 * payload of each in order.
 */
record Trace(int messages, long payloadBytes, String sha256) {
  static Trace of(List<GossipMessage> messages) {
    Recorder recorder = new Recorder();
    messages.forEach(recorder::add);
    return recorder.trace();
  }

  /** Takes a trace while its messages pass. Owned by one thread. */
  static final class Recorder {
    private final MessageDigest sha256 = newSha256();
    private final ByteBuffer head = ByteBuffer.allocate(1 + Integer.BYTES);
    private int messages;
    private long payloadBytes;

    void add(GossipMessage message) {
      int length = message.payload().length();
      head.clear().put((byte) message.kind().tag()).putInt(length).flip();
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
      return new Trace(messages, payloadBytes, HexFormat.of().formatHex(sha256.digest()));
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
