package dev.waggle.domain.gossip;

/**
 * How many peers are likely to have a message when it is accepted here, and so how it is told on.
 */
enum News {
  /** Hardly anybody: it is pushed to some and announced to the rest. */
  FRESH,
  /** Most: it was missing, or waited for another one, and is announced only. */
  OLD,
  /** All that are not behind themselves: they hear of the last one, when that is reached. */
  CAUGHT_UP
}
