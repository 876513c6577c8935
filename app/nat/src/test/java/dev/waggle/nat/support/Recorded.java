package dev.waggle.nat.support;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Objects;

/** What a real router was asked and answered; its file says which, and who is who. */
public final class Recorded {
  private static final String FILE = "miniupnpd-2.3.1.hex";

  private Recorded() {}

  public static byte[] question(String name) {
    return bytes(name + " q ");
  }

  public static byte[] answer(String name) {
    return bytes(name + " a ");
  }

  private static byte[] bytes(String start) {
    try (InputStream in = Objects.requireNonNull(Recorded.class.getResourceAsStream(FILE))) {
      String text = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
      return text.lines()
          .filter(line -> line.startsWith(start))
          .map(line -> HexFormat.of().parseHex(line.substring(start.length())))
          .findFirst()
          .orElseThrow(() -> new IllegalArgumentException("nothing recorded: " + start));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
