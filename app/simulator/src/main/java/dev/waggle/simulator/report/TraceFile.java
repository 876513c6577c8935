package dev.waggle.simulator.report;

import dev.waggle.ports.wire.MessageId;
import dev.waggle.simulator.run.EventLines;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Writes the events of a run into a file, each as a JSON object on a line of its own: {@code
 * {"nanos":1200000,"node":4,"event":"block","peer":7,"message":"f3…"}}, without what an event has
 * not. A large run has tens of millions of them, so they are put together byte by byte. Owned by
 * the run's thread.
 */
public final class TraceFile implements EventLines, AutoCloseable {
  private static final int BUFFER_BYTES = 1 << 16;

  /** Longer than a line is without its event's name: keys, three numbers and an id. */
  private static final int LINE_BYTES = 256;

  /** A character takes six bytes at most: {@code \}{@code u0000}. */
  private static final int ESCAPE_BYTES = 6;

  private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] NANOS = ascii("{\"nanos\":");
  private static final byte[] NODE = ascii(",\"node\":");
  private static final byte[] EVENT = ascii(",\"event\":\"");
  private static final byte[] PEER = ascii(",\"peer\":");
  private static final byte[] MESSAGE = ascii(",\"message\":\"");

  private final Path file;
  private final OutputStream out;
  private byte[] buffer = new byte[BUFFER_BYTES];
  private final byte[] reversed = new byte[Long.SIZE];
  private int used;

  private TraceFile(Path file, OutputStream out) {
    this.file = file;
    this.out = out;
  }

  /**
   * Begins a file, in the place of one that is there.
   *
   * @throws CannotWrite if that cannot be
   */
  public static TraceFile create(Path file) {
    try {
      return new TraceFile(file, Files.newOutputStream(file));
    } catch (IOException e) {
      throw new CannotWrite(file, e);
    }
  }

  /** To a stream of the caller's, which is called {@code file} in messages. */
  static TraceFile to(Path file, OutputStream out) {
    return new TraceFile(file, out);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * {@inheritDoc}
   *
   * @throws CannotWrite if the file takes no more
   */
  @Override
  public void line(long nanos, int node, String event, int peer, @Nullable MessageId message) {
    // Nothing is written in the middle of a line, so that what is there is whole if the run ends.
    reserve(LINE_BYTES + ESCAPE_BYTES * event.length());
    put(NANOS);
    number(nanos);
    put(NODE);
    number(node);
    put(EVENT);
    text(event);
    put('"');
    if (peer >= 0) {
      put(PEER);
      number(peer);
    }
    if (message != null) {
      put(MESSAGE);
      hex(message.first());
      hex(message.second());
      hex(message.third());
      hex(message.fourth());
      put('"');
    }
    put('}');
    put('\n');
  }

  private void reserve(int bytes) {
    if (used + bytes > buffer.length) {
      flush();
    }
    if (bytes > buffer.length) {
      buffer = new byte[bytes];
    }
  }

  private void flush() {
    int bytes = used;
    used = 0; // What could not be written is not tried again by close().
    try {
      out.write(buffer, 0, bytes);
    } catch (IOException e) {
      throw new CannotWrite(file, e);
    }
  }

  private void put(byte[] ascii) {
    System.arraycopy(ascii, 0, buffer, used, ascii.length);
    used += ascii.length;
  }

  private void put(char ascii) {
    buffer[used++] = (byte) ascii;
  }

  /** One that is not negative: virtual time, and numbers of nodes. */
  private void number(long value) {
    int digits = 0;
    long rest = value;
    do {
      reversed[digits++] = DIGITS[(int) (rest % 10)];
      rest /= 10;
    } while (rest > 0);
    while (digits > 0) {
      buffer[used++] = reversed[--digits];
    }
  }

  private void hex(long word) {
    for (int shift = Long.SIZE - 4; shift >= 0; shift -= 4) {
      buffer[used++] = DIGITS[(int) (word >>> shift) & 0xF];
    }
  }

  private void text(String text) {
    for (int i = 0; i < text.length(); i++) {
      char one = text.charAt(i);
      if (one >= ' ' && one < 0x7F && one != '"' && one != '\\') {
        put(one);
      } else {
        put('\\');
        put('u');
        for (int shift = Character.SIZE - 4; shift >= 0; shift -= 4) {
          buffer[used++] = DIGITS[(one >>> shift) & 0xF];
        }
      }
    }
  }

  /**
   * Writes what is left.
   *
   * @throws CannotWrite if the file does not take it
   */
  @Override
  public void close() {
    try (out) {
      flush();
    } catch (IOException e) {
      throw new CannotWrite(file, e);
    }
  }
}
