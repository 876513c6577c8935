package dev.waggle.domain.handshake;

import dev.waggle.domain.frame.FrameBounds;

/** The bounds of handshake messages (PROTOCOL §10). */
public final class HandshakeLimits {
  /** Bytes of one message: the largest, an Acceptance of suite 0x0002, has about 9 KiB. */
  public static final int MAX_MESSAGE_LENGTH = FrameBounds.MAX_HANDSHAKE_BYTES;

  /** Versions in a list: more than anyone will go on speaking. */
  public static final int MAX_VERSIONS = 8;

  /** Features in a list: many times as many as are defined, beside those of experiments. */
  public static final int MAX_FEATURES = 32;

  /** Suites in a list: five times as many as are registered. */
  public static final int MAX_SUITES = 16;

  /** Codecs in a list: more than anyone will compare on one network. */
  public static final int MAX_CODECS = 8;

  /** Characters of a codec's name. */
  public static final int MAX_CODEC_NAME_LENGTH = 32;

  /** Characters of a network's name: enough to say what it is for. */
  public static final int MAX_NETWORK_NAME_LENGTH = 64;

  private HandshakeLimits() {}

  /** Whether {@code name} can name a codec: 1 to 32 characters of {@code a-z 0-9 -}. */
  static boolean isCodecName(String name) {
    return hasLength(name, MAX_CODEC_NAME_LENGTH) && name.chars().allMatch(HandshakeLimits::plain);
  }

  /** Whether {@code name} can name a network: 1 to 64 characters of {@code a-z 0-9 . -}. */
  static boolean isNetworkName(String name) {
    return hasLength(name, MAX_NETWORK_NAME_LENGTH)
        && name.chars().allMatch(c -> plain(c) || c == '.');
  }

  private static boolean hasLength(String name, int max) {
    return !name.isEmpty() && name.length() <= max;
  }

  private static boolean plain(int c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  }
}
