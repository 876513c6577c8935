package dev.waggle.domain.admission;

/**
 * How many handshakes a node takes up from others (PROTOCOL §4.7).
 *
 * @param maxHalfOpen inbound connections at once that have sent no whole Offer, from everywhere
 * @param maxUnderWay inbound handshakes at once whose Offer was taken, from everywhere
 * @param maxPerPrefix of both together, from one prefix
 * @param burstPerPrefix handshakes that one prefix may begin in quick succession
 * @param perSecondPerPrefix handshakes that one prefix may begin a second after that
 * @param limitLoopback whether this machine's own addresses count as a prefix; if not, only {@code
 *     maxHalfOpen} and {@code maxUnderWay} hold for them, so that a whole test network can run on
 *     one machine
 */
public record AdmissionSettings(
    int maxHalfOpen,
    int maxUnderWay,
    int maxPerPrefix,
    int burstPerPrefix,
    int perSecondPerPrefix,
    boolean limitLoopback) {

  /**
   * A connection without an Offer has cost a socket and at most 16 KiB for the part of a frame: 8
   * MiB for all of them. One core does some 800 handshakes a second; one prefix may take a
   * hundredth of that.
   */
  public static final AdmissionSettings DEFAULTS = new AdmissionSettings(512, 64, 8, 32, 8, false);

  public AdmissionSettings {
    if (maxHalfOpen < 1
        || maxUnderWay < 1
        || maxPerPrefix < 1
        || burstPerPrefix < 1
        || perSecondPerPrefix < 1) {
      throw new IllegalArgumentException("limits of admission are at least 1");
    }
  }
}
