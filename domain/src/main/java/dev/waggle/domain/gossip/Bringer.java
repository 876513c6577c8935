package dev.waggle.domain.gossip;

import dev.waggle.domain.neighbour.Neighbour;
import org.jspecify.annotations.Nullable;

/**
 * Who has brought a message.
 *
 * @param peer null if it was made here
 * @param answers whether the peer is at fault if the message is invalid. Not so for a block of
 *     which it has sent the header: that may be passed on by who has not seen the rest
 */
record Bringer(@Nullable Neighbour peer, boolean answers) {
  /** Nobody: the message was made here. */
  static final Bringer US = new Bringer(null, false);

  static Bringer ofAll(Neighbour peer) {
    return new Bringer(peer, true);
  }

  static Bringer ofTheHeader(@Nullable Neighbour peer) {
    return new Bringer(peer, false);
  }
}
