package dev.waggle.domain.rates;

import java.time.Duration;

/**
 * How much of each kind one peer may tell (PROTOCOL §9.7).
 *
 * @param transactions that nobody asked for, and that were not accepted
 * @param blocks the same
 * @param evidence the same
 * @param announcedIds but for those that the peer was the first to bring
 * @param requestedIds but for those that it was sent
 * @param requestedHeaders with {@link #HEADERS_PER_ID} more for each id of the locator
 * @param pings that are answered
 * @param getAddrs that are looked at
 * @param observations that are looked at
 * @param addresses beyond those of PROTOCOL §9.5: only how many of them are a flood
 */
public record RateSettings(
    Rate transactions,
    Rate blocks,
    Rate evidence,
    Rate announcedIds,
    Rate requestedIds,
    Rate requestedHeaders,
    Rate pings,
    Rate getAddrs,
    Rate observations,
    Rate addresses) {

  /** To look up an id of a locator takes about as long as so many headers do. */
  public static final int HEADERS_PER_ID = 8;

  /*
   * What is useful is not counted, so these need not hold what a network can carry, but what an
   * honest peer tells in vain: what has become known, or unwelcome, while it was under way, or what
   * another one brings first. A full bucket costs about what a handshake does, some milliseconds:
   * so a new identity gains little.
   */
  public static final RateSettings DEFAULTS =
      new RateSettings(
          Rate.perSecond(2_000, 4_096), // A network of 1,000 a second, and none of them welcome.
          Rate.perSecond(16, 256), // Parents are missing, or forks meet: a chain is slower.
          Rate.perSecond(16, 256), // There is little to prove, and most of it once.
          Rate.perSecond(4_096, 16_384), // All that is pushed elsewhere, of four such networks.
          Rate.perSecond(256, 4_096), // Forgotten meanwhile: four full Requests at once.
          Rate.perSecond(2_048, 65_536), // So fast no blocks come over most lines.
          Rate.perSecond(
              1_024, 4_096), // §9.2: one in 15 s. But a Pong costs little more than none.
          Rate.every(Duration.ofSeconds(10), 16), // One a link, and a peer that comes again.
          Rate.every(Duration.ofSeconds(10), 16),
          Rate.every(Duration.ofSeconds(10), 1_000)); // As §9.5: as much again as may be.

  /** Everything is heard: for measurements and tests of what else bounds a flood. */
  public static final RateSettings UNLIMITED =
      new RateSettings(
          Rate.UNLIMITED,
          Rate.UNLIMITED,
          Rate.UNLIMITED,
          Rate.UNLIMITED,
          Rate.UNLIMITED,
          Rate.UNLIMITED,
          Rate.UNLIMITED,
          Rate.UNLIMITED,
          Rate.UNLIMITED,
          Rate.UNLIMITED);

  /** The rate of a kind. */
  public Rate of(Told what) {
    return switch (what) {
      case TRANSACTION -> transactions;
      case BLOCK -> blocks;
      case EVIDENCE -> evidence;
      case ANNOUNCED_ID -> announcedIds;
      case REQUESTED_ID -> requestedIds;
      case REQUESTED_HEADER -> requestedHeaders;
      case PING -> pings;
      case GET_ADDR -> getAddrs;
      case OBSERVED -> observations;
      case ADDRESS -> addresses;
    };
  }
}
