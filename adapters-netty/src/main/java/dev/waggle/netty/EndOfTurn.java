package dev.waggle.netty;

import io.netty.util.concurrent.FastThreadLocal;
import java.util.ArrayList;
import java.util.List;

/**
 * What an event loop does when it has run its tasks, and before it looks at its sockets again: it
 * sends what was written meanwhile.
 *
 * <p>As a task of the loop's own, a flush would be followed by the next one as soon as the socket
 * has taken all, for as long as there is something to write: Netty looks at no socket before it has
 * run all tasks, or has done so for a second.
 *
 * <p>Owned by one event loop.
 */
final class EndOfTurn {
  private static final FastThreadLocal<EndOfTurn> CURRENT =
      new FastThreadLocal<>() {
        @Override
        protected EndOfTurn initialValue() {
          return new EndOfTurn();
        }
      };

  private List<Runnable> steps = new ArrayList<>();
  private List<Runnable> running = new ArrayList<>();

  private EndOfTurn() {}

  /** That of the event loop which calls. */
  static EndOfTurn ofThisLoop() {
    return CURRENT.get();
  }

  /** Does {@code step}, which throws nothing, once at the end of this turn. */
  void add(Runnable step) {
    steps.add(step);
  }

  /**
   * Does what was added up to now; what that adds waits for the next turn.
   *
   * @return whether there was anything
   */
  boolean run() {
    List<Runnable> now = steps;
    steps = running;
    running = now;
    for (int i = 0; i < now.size(); i++) {
      now.get(i).run();
    }
    boolean any = !now.isEmpty();
    now.clear();
    return any;
  }
}
