package dev.waggle.domain.rates;

import dev.waggle.ports.wire.GossipMessage;

/** What of a peer's telling is counted, each kind by itself (PROTOCOL §9.7). */
public enum Told {
  /** Transactions that nobody asked for, and that were new, but not accepted. */
  TRANSACTION,
  /** The same of blocks. */
  BLOCK,
  /** The same of evidence. */
  EVIDENCE,
  /** Ids in Announces, but for those that the peer was then the first to bring. */
  ANNOUNCED_ID,
  /** Ids in Requests, but for those that it was sent. */
  REQUESTED_ID,
  /** Headers asked for, and more for each id of the locator: what looking them up takes. */
  REQUESTED_HEADER,
  PING,
  GET_ADDR,
  OBSERVED,
  /** Addresses beyond the tokens of PROTOCOL §9.5, which are counted there. */
  ADDRESS;

  /** What a gossip message of a kind counts as. */
  public static Told of(GossipMessage.Kind kind) {
    return switch (kind) {
      case TRANSACTION -> TRANSACTION;
      case BLOCK -> BLOCK;
      case EVIDENCE -> EVIDENCE;
    };
  }
}
