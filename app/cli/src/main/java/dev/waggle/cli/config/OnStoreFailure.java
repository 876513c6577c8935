package dev.waggle.cli.config;

/** What becomes of a node that cannot keep blocks any more. */
public enum OnStoreFailure {
  /** It ends, with an exit code of its own. */
  STOP,

  /** It stays linked, takes no blocks, and tries again with each that comes. */
  DEGRADE
}
