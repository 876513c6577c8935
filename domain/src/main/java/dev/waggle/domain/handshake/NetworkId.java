package dev.waggle.domain.handshake;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.crypto.HashFunction;
import java.nio.charset.StandardCharsets;

/** Names a network on the wire: a hash of the name that its operators gave it (PROTOCOL §2.1). */
public final class NetworkId {
  public static final int LENGTH = 32;

  private NetworkId() {}

  /**
   * The id of the network called {@code name}.
   *
   * @param name 1 to 64 characters of {@code a-z 0-9 . -}
   * @param sha256 SHA-256, whatever suite is used later
   * @throws IllegalArgumentException if the name has another form
   */
  public static Bytes of(String name, HashFunction sha256) {
    if (!HandshakeLimits.isNetworkName(name)) {
      throw new IllegalArgumentException(
          "a network has a name of 1 to %d characters a-z 0-9 . -, not '%s'"
              .formatted(HandshakeLimits.MAX_NETWORK_NAME_LENGTH, name));
    }
    Bytes ascii = Bytes.wrap(name.getBytes(StandardCharsets.US_ASCII));
    return Bytes.wrap(sha256.hash(Labels.join(Labels.NETWORK, ascii)));
  }
}
