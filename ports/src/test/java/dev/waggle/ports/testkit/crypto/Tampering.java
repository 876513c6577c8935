package dev.waggle.ports.testkit.crypto;

import dev.waggle.ports.Bytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What an attacker makes of honest bytes. */
public final class Tampering {
  private Tampering() {}

  /** Nothing, one byte too few, one too many, and twice as many. */
  public static List<Bytes> wrongLengths(Bytes honest) {
    byte[] bytes = honest.borrowArray();
    return List.of(
        Bytes.EMPTY,
        Bytes.wrap(Arrays.copyOf(bytes, bytes.length - 1)),
        Bytes.wrap(Arrays.copyOf(bytes, bytes.length + 1)),
        Bytes.wrap(Arrays.copyOf(bytes, 2 * bytes.length)));
  }

  /**
   * Copies with one flipped bit each: in the first byte, in the last, and in every {@code step}th,
   * a different bit from byte to byte.
   */
  public static List<Bytes> flippedBits(Bytes honest, int step) {
    List<Bytes> copies = new ArrayList<>();
    for (int at = 0; at < honest.length() - 1; at += step) {
      copies.add(flipped(honest, at, at / step % 8));
    }
    copies.add(flipped(honest, honest.length() - 1, 7));
    return copies;
  }

  private static Bytes flipped(Bytes honest, int at, int bit) {
    byte[] copy = honest.toArray();
    copy[at] ^= (byte) (1 << bit);
    return Bytes.wrap(copy);
  }
}
