package dev.waggle.ports.node;

/**
 * Hears how a node catches up with a chain of which it is behind (PROTOCOL §8.6): for logs, events
 * and metrics. Called by the node's one thread; must not block, and cannot change what happens.
 */
public interface CatchUpObserver {
  /** Somebody who is not listening. */
  CatchUpObserver NONE = new CatchUpObserver() {};

  /**
   * It has begun, or goes on: every few seconds.
   *
   * @param accepted blocks so far
   * @param further as many follow as far as is known, by what peers have claimed: they may lie
   */
  default void catchingUp(long accepted, long further) {}

  /**
   * It has ended.
   *
   * @param accepted blocks in all
   * @param whole whether all were got that peers had told of; if not, it begins anew with what is
   *     heard of next
   */
  default void caughtUp(long accepted, boolean whole) {}
}
