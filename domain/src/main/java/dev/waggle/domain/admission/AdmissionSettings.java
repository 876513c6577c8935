package dev.waggle.domain.admission;

/**
 * How many handshakes a node takes up from others (PROTOCOL §4.7).
 *
 * @param maxTotal inbound handshakes under way at once, from everywhere
 * @param maxPerPrefix of those, from one prefix
 * @param burstPerPrefix handshakes that one prefix may begin in quick succession
 * @param perSecondPerPrefix handshakes that one prefix may begin a second after that
 * @param limitLoopback whether this machine's own addresses count as a prefix; if not, only {@code
 *     maxTotal} holds for them, so that a whole test network can run on one machine
 */
public record AdmissionSettings(
    int maxTotal,
    int maxPerPrefix,
    int burstPerPrefix,
    int perSecondPerPrefix,
    boolean limitLoopback) {

  /** One core does some 800 handshakes a second; one prefix may take a hundredth of that. */
  public static final AdmissionSettings DEFAULTS = new AdmissionSettings(64, 8, 32, 8, false);

  public AdmissionSettings {
    if (maxTotal < 1 || maxPerPrefix < 1 || burstPerPrefix < 1 || perSecondPerPrefix < 1) {
      throw new IllegalArgumentException("limits of admission are at least 1");
    }
  }
}
