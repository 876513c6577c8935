package dev.waggle.domain.reach;

/**
 * What a node does to be reached.
 *
 * @param traverses whether it may be behind a router that translates addresses: then it dials from
 *     the port that it listens at, until it knows better, and meets others who cannot be dialled
 */
public record ReachSettings(boolean traverses) {
  /** Of a node that nothing stands before, or that shall not care. */
  public static final ReachSettings DIRECT = new ReachSettings(false);

  /** Of a node that may be anywhere. */
  public static final ReachSettings ANYWHERE = new ReachSettings(true);
}
