package dev.waggle.cli.attack;

/** What a peer may do to one that catches up, after it has shown it a block from far ahead. */
enum HeaderLie {
  /** Headers that follow whatever is asked for, and prove nothing. */
  WITHOUT_WORK,

  /** The headers of the chain, and never a block. */
  WITHHELD,

  /** Headers that have cost their work, of blocks that nobody is given. */
  MADE_UP,

  /** Says that it has all that follows, and sends none of it. */
  SILENT,

  /** The headers of the chain, and a block now and then. */
  DRIPPING,

  /** Blocks whose parents nobody has. */
  ORPHANS
}
