package dev.waggle.domain.peers;

/** What a link is for (PROTOCOL §9.1). */
enum Purpose {
  /** The peer has dialled. */
  ACCEPTED,
  /** The operator wants it. */
  PERMANENT,
  /** To join through, until the node has found others. */
  SEED,
  /** With a peer that cannot be dialled, as this node cannot, whichever of the two has dialled. */
  PUNCHED,
  /** One of those that the node has chosen itself, and keeps. */
  KEPT,
  /** To a guard that comes back: it is kept instead of another one, once it has stood. */
  RETURNING,
  /** One more, to somebody else every few minutes. */
  WANDERING,
  /** To find out who is there; it ends at once. */
  FEELER
}
