package dev.waggle.nio;

import java.nio.channels.SelectionKey;
import org.jspecify.annotations.Nullable;

/** Whom the events of one channel go to; all methods are called on its loop's thread. */
abstract class Handler {
  private @Nullable SelectionKey key;
  private int interest;

  /** The channel goes by {@code key} now: its first one, or that of a rebuilt selector. */
  final void registered(SelectionKey key) {
    this.key = key;
    this.interest = key.interestOps();
  }

  /**
   * Asks to hear of {@code operations}, and of nothing else. Costs nothing if that is so already.
   */
  final void interest(int operations) {
    if (key != null && key.isValid() && interest != operations) {
      interest = operations;
      key.interestOps(operations);
    }
  }

  /** The channel is ready for {@code operations}, a set as {@link SelectionKey#readyOps} has it. */
  abstract void ready(int operations);

  /** The turn is over in which this was given to {@link EventLoop#atEndOfTurn}. */
  void turnEnds() {}

  /** A method of this threw, or the channel got lost when a selector was rebuilt: it must close. */
  abstract void failed(Throwable cause);
}
