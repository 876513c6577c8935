package dev.waggle.cli;

import dev.waggle.cli.config.InWords;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A file whose first line is a passphrase; a pipe will do. Whatever is wrong with it is told as
 * this file's fault, so that nobody looks for it in the identity.
 */
record PassphraseFile(Path path) {
  /** More is no passphrase but another file. */
  static final int MAX_BYTES = 4096;

  /** Stands before the text that some editors write. */
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  /**
   * Reads the passphrase.
   *
   * @return an array to be wiped
   * @throws IOException if there is none; the message tells the operator why, and what to do
   */
  char[] firstLine() throws IOException {
    byte[] bytes = content();
    try {
      CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      try {
        return firstLine(text.array(), text.limit());
      } finally {
        Arrays.fill(text.array(), '\0');
      }
    } catch (CharacterCodingException e) {
      throw unusable("is no text in UTF-8; write it in that encoding");
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  private byte[] content() throws IOException {
    if (Files.isDirectory(path)) {
      throw unusable("is a folder; name a file by " + PassphraseOption.FLAG);
    }
    byte[] bytes;
    try (InputStream in = Files.newInputStream(path)) {
      bytes = in.readNBytes(MAX_BYTES + 1);
    } catch (IOException e) {
      throw unusable(
          "cannot be read: " + InWords.of(e) + "; name another by " + PassphraseOption.FLAG);
    }
    if (bytes.length > MAX_BYTES) {
      throw unusable(
          "has more than " + MAX_BYTES + " bytes, which no passphrase has; name another");
    }
    return bytes;
  }

  private char[] firstLine(char[] text, int length) throws IOException {
    int start = length > 0 && text[0] == BYTE_ORDER_MARK ? 1 : 0;
    int end = start;
    while (end < length && text[end] != '\n' && text[end] != '\r') {
      end++;
    }
    if (end == start) {
      throw unusable("has an empty first line; write the passphrase into it");
    }
    return Arrays.copyOfRange(text, start, end);
  }

  private IOException unusable(String why) {
    return new IOException("passphrase file " + path + " " + why);
  }
}
