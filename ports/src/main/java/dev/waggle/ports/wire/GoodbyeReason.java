package dev.waggle.ports.wire;

import java.util.Locale;

/** Why a peer takes its leave (PROTOCOL §7.3). The tag is what goes over the wire. */
public enum GoodbyeReason {
  /** The node stops. */
  SHUTDOWN(0),
  /** Another connection between the same two peers is kept. */
  DUPLICATE(1),
  /** Every inbound place is taken. */
  TOO_MANY_PEERS(2),
  /** Nothing was heard for too long. */
  SILENCE(3),
  /** The peer's score fell too low. */
  MISBEHAVIOUR(4),
  /** The peer takes its messages too slowly. */
  SLOW(5),
  /** The sender has learnt what it dialled for, or has links enough. */
  NOT_NEEDED(6);

  private final int tag;

  GoodbyeReason(int tag) {
    this.tag = tag;
  }

  public int tag() {
    return tag;
  }

  /** The reason in an operator's words, for example {@code too-many-peers}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
