package dev.waggle.nat.upnp;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An answer over HTTP/1.1 (RFC 9112).
 *
 * @param status 100 to 599
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares these.
record HttpAnswer(int status, byte[] body) {
  private static final int UNKNOWN = -1;

  /** A line's end and an empty line. */
  private static final int END_OF_HEAD = 4;

  private static final byte[] LAST_CHUNK = "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  /** Where the head of an answer ends, and what it says of the body. */
  private record Head(int status, int end, boolean chunked, int contentLength) {}

  /**
   * Reads an answer that the connection's end has ended, or its own length.
   *
   * @return null for what is none, or is cut off
   */
  static @Nullable HttpAnswer parse(byte[] bytes) {
    Head head = head(bytes, bytes.length);
    if (head == null) {
      return null;
    }
    byte[] rest = Arrays.copyOfRange(bytes, head.end(), bytes.length);
    if (head.chunked()) {
      byte[] body = unchunked(rest);
      return body == null ? null : new HttpAnswer(head.status(), body);
    }
    if (head.contentLength() == UNKNOWN) {
      return new HttpAnswer(head.status(), rest);
    }
    return rest.length < head.contentLength()
        ? null
        : new HttpAnswer(head.status(), Arrays.copyOf(rest, head.contentLength()));
  }

  /** Whether no byte is missing, by the answer's own word; not known of some before their end. */
  static boolean isWhole(byte[] buffer, int length) {
    Head head = head(buffer, length);
    if (head == null) {
      return false;
    }
    if (head.chunked()) {
      return endsWithLastChunk(buffer, length)
          && unchunked(Arrays.copyOfRange(buffer, head.end(), length)) != null;
    }
    return head.contentLength() != UNKNOWN && length - head.end() >= head.contentLength();
  }

  private static boolean endsWithLastChunk(byte[] buffer, int length) {
    int end = LAST_CHUNK.length;
    return length >= end && Arrays.equals(buffer, length - end, length, LAST_CHUNK, 0, end);
  }

  private static @Nullable Head head(byte[] buffer, int length) {
    int end = endOfHead(buffer, length);
    if (end < 0) {
      return null;
    }
    String[] lines =
        new String(buffer, 0, end - END_OF_HEAD, StandardCharsets.ISO_8859_1).split("\r\n", -1);
    String[] first = lines[0].split(" ", 3);
    int status =
        first.length < 2 || !first[0].matches("HTTP/1\\.[01]") ? UNKNOWN : number(first[1], 10);
    if (status < 100 || status > 599) {
      return null;
    }
    boolean chunked = false;
    int contentLength = UNKNOWN;
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      if (colon < 0) {
        return null;
      }
      String value = lines[i].substring(colon + 1).strip();
      switch (lines[i].substring(0, colon).toLowerCase(Locale.ROOT)) {
        case "transfer-encoding" -> {
          if (!value.equalsIgnoreCase("chunked")) {
            return null; // We have asked for nothing else.
          }
          chunked = true;
        }
        case "content-length" -> {
          contentLength = number(value, 10);
          if (contentLength == UNKNOWN) {
            return null;
          }
        }
        default -> {}
      }
    }
    return new Head(status, end, chunked, contentLength);
  }

  /** The index behind the empty line, or -1. */
  private static int endOfHead(byte[] buffer, int length) {
    for (int i = END_OF_HEAD - 1; i < length; i++) {
      if (buffer[i] == '\n'
          && buffer[i - 1] == '\r'
          && buffer[i - 2] == '\n'
          && buffer[i - 3] == '\r') {
        return i + 1;
      }
    }
    return -1;
  }

  /** What chunks hold (RFC 9112 §7.1), or null if they have no end. */
  private static byte @Nullable [] unchunked(byte[] bytes) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    int at = 0;
    while (true) {
      int line = at;
      while (line < bytes.length && bytes[line] != '\n') {
        line++;
      }
      if (line == bytes.length) {
        return null;
      }
      String size = new String(bytes, at, line - at, StandardCharsets.ISO_8859_1);
      int extension = size.indexOf(';');
      int length = number((extension < 0 ? size : size.substring(0, extension)).strip(), 16);
      at = line + 1;
      if (length == 0) {
        return body.toByteArray();
      }
      if (length < 0 || length > bytes.length - at - 2) {
        return null;
      }
      body.write(bytes, at, length);
      at += length + 2; // A line's end follows.
    }
  }

  /** A number of at most six digits, or -1. */
  private static int number(String digits, int radix) {
    if (!digits.matches("[0-9a-fA-F]{1,6}")) {
      return UNKNOWN;
    }
    try {
      return Integer.parseInt(digits, radix);
    } catch (NumberFormatException e) {
      return UNKNOWN;
    }
  }
}
