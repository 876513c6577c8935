package dev.waggle.ports.crypto;

/**
 * Where randomness comes from: the system's generator in production, a seeded one in a simulation.
 *
 * <p>Safe for use by any thread unless an implementation says otherwise.
 */
@FunctionalInterface
public interface RandomSource {
  /** Fills the whole of {@code target} with random bytes. */
  void fill(byte[] target);

  default byte[] bytes(int length) {
    byte[] fresh = new byte[length];
    fill(fresh);
    return fresh;
  }
}
