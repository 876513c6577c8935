package dev.waggle.cli.control;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** A transaction's memo, for a terminal. */
public final class Memo {
  private static final int MAX_CHARACTERS = 400;

  /** As text where it is some, and else as it is; what is long is cut. */
  public static String shown(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    String text = text(bytes);
    return text != null ? cut(text, bytes.length) : cut(hex, bytes.length) + " (hexadecimal)";
  }

  private static @Nullable String text(byte[] bytes) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return Printable.is(text) ? text : null;
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  private static String cut(String shown, int bytes) {
    return shown.length() <= MAX_CHARACTERS
        ? shown
        : shown.substring(0, shown.offsetByCodePoints(0, shown.codePointCount(0, MAX_CHARACTERS)))
            + "... ("
            + bytes
            + " bytes)";
  }

  private Memo() {}
}
