package dev.waggle.crypto;

import dev.waggle.ports.crypto.RandomSource;
import java.security.SecureRandom;

/**
 * The operating system's random generator, as the JDK's default {@link SecureRandom} reads it.
 *
 * <p>Safe for use by any thread. On Linux and macOS it takes a lock of its own for well under a
 * microsecond, while a handshake draws some two hundred bytes in a millisecond of arithmetic: one
 * instance serves a whole node.
 */
public final class SystemRandom implements RandomSource {
  private final SecureRandom random = new SecureRandom();

  @Override
  public void fill(byte[] target) {
    random.nextBytes(target);
  }
}
