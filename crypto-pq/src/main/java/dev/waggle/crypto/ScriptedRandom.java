package dev.waggle.crypto;

import java.security.SecureRandom;
import java.security.SecureRandomSpi;
import java.util.Arrays;

/**
 * A {@link SecureRandom} that hands out given bytes, once and in order.
 *
 * <p>The JDK takes seeds only in this way. It throws where the JDK draws more, and {@link
 * #requireUsedUp} where it draws less: keys made from other bytes than ours must not pass
 * unnoticed, least of all an identity expanded from its seed. Owned by one thread.
 */
final class ScriptedRandom extends SecureRandom {
  private static final long serialVersionUID = 1L;

  private final byte[] script;
  private int position;

  /**
   * @param script lent until {@link #requireUsedUp}, then wiped
   */
  ScriptedRandom(byte[] script) {
    super(NoEngine.INSTANCE, null);
    this.script = script;
  }

  @Override
  public void nextBytes(byte[] target) {
    if (target.length > script.length - position) {
      throw new IllegalStateException("more randomness was drawn than the algorithm needs");
    }
    System.arraycopy(script, position, target, 0, target.length);
    position += target.length;
  }

  /** Checks that every byte was drawn, and wipes them. */
  void requireUsedUp() {
    Arrays.fill(script, (byte) 0);
    if (position != script.length) {
      throw new IllegalStateException("less randomness was drawn than the algorithm needs");
    }
  }

  /** What the constructor of {@link SecureRandom} asks for; it is never reached. */
  private static final class NoEngine extends SecureRandomSpi {
    private static final long serialVersionUID = 1L;
    static final NoEngine INSTANCE = new NoEngine();

    @Override
    protected void engineSetSeed(byte[] seed) {
      throw new IllegalStateException("a script takes no seed");
    }

    @Override
    protected void engineNextBytes(byte[] bytes) {
      throw new IllegalStateException("a script hands out its own bytes only");
    }

    @Override
    protected byte[] engineGenerateSeed(int length) {
      throw new IllegalStateException("a script generates no seed");
    }
  }
}
