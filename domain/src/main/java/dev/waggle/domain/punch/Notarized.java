package dev.waggle.domain.punch;

import dev.waggle.ports.Bytes;

/**
 * What has come of a {@link Notarization}.
 *
 * @param holds whether what was to be checked holds, if anything was
 * @param body what was signed, with all that is sent; empty if nothing was
 */
public record Notarized(boolean holds, Bytes body) {
  /** It does not hold, or could not be done. */
  public static final Notarized REFUSED = new Notarized(false, Bytes.EMPTY);
}
