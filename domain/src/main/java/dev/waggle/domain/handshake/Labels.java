package dev.waggle.domain.handshake;

import dev.waggle.ports.Bytes;
import java.nio.charset.StandardCharsets;

/**
 * The strings that keep one use of a key or hash apart from every other (PROTOCOL §4.4).
 *
 * <p>A label is ASCII without a zero byte and is followed by one, so no two joins of different
 * labels or contents are equal.
 */
final class Labels {
  static final String NETWORK = "waggle/1 network";
  static final String TRANSCRIPT = "waggle/1 transcript";
  static final String MASTER_SECRET = "waggle/1 master secret";

  private Labels() {}

  /** {@code label || 0x00 || content}. */
  static byte[] join(String label, Bytes content) {
    byte[] ascii = ascii(label);
    byte[] joined = new byte[ascii.length + 1 + content.length()];
    System.arraycopy(ascii, 0, joined, 0, ascii.length);
    content.copyTo(joined, ascii.length + 1);
    return joined;
  }

  static byte[] ascii(String label) {
    return label.getBytes(StandardCharsets.US_ASCII);
  }
}
