package dev.waggle.simulator.fidelity;

import dev.waggle.crypto.toy.ToySuite;
import dev.waggle.ports.crypto.CipherSuite;
import dev.waggle.ports.crypto.HashFunction;
import dev.waggle.simulator.engine.Seeds;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How much of the protocol is computed. */
public enum Depth {
  /** Messages are handed over, and what they would take is charged. */
  MESSAGES,
  /** Every byte is made, sealed, opened and read. */
  BYTES;

  /** The name of the suite that has no security, and is fast. */
  public static final String TOY = "toy";

  /**
   * Begins a run.
   *
   * @param suite whose handshakes are computed or charged, or null for {@link #TOY}
   */
  public Fidelity begin(Seeds seeds, @Nullable CipherSuite suite) {
    CipherSuite toy = ToySuite.create();
    HashFunction sha256 = toy.hash();
    CipherSuite chosen = suite == null ? toy : suite;
    return switch (this) {
      case MESSAGES -> new MessagesFidelity(seeds, chosen, sha256);
      case BYTES -> new BytesFidelity(seeds, chosen, sha256);
    };
  }

  /** Lower-case, for options and reports. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
