package dev.waggle.simulator.checks;

/** Something that must always be true. */
public enum Invariant {
  /** The application is handed a message once in the life of a node. */
  DELIVERED_ONCE,
  /** The application judges a message once, as long as the seen-cache can know (PROTOCOL §8). */
  JUDGED_ONCE,
  /** Only valid messages are accepted, by rules that are checked here anew. */
  VALID,
  /** Whoever keeps to the protocol is never found to have sent something invalid. */
  HONEST_ARE_SPARED,
  /** No queue, table or cache is above its bound (PROTOCOL §10). */
  BOUNDED,
  /** Who is admitted is who it is taken for, by the proofs of both. */
  PROVED,
  /** Nobody comes in through a router that does not let him in. */
  ROUTERS_HOLD,
  /** An address is not dialled again at once (PROTOCOL §9.1). */
  BACKS_OFF,
  /** Who has sent too much that is invalid is not a peer for a while (PROTOCOL §8.3). */
  BANS,
  /** A link on which nothing is heard is closed (PROTOCOL §9.2). */
  NOTICES_SILENCE,
  /** A chain gives way only to one of more work (CHAIN §6). */
  MORE_WORK,
  /** A message passes from peer to peer within the bound of the model. */
  IN_TIME,
  /** Time goes on. */
  MOVES_ON,
  /** Two peers settle for one link, and both hold it. */
  ONE_LINK,
  /** Who wants peers, and knows where they are, has them. */
  FINDS_PEERS,
  /** Once the network has healed, chains agree. */
  AGREES,
  /** Every dial, connection, handshake and timer comes to its end. */
  ACCOUNTED
}
