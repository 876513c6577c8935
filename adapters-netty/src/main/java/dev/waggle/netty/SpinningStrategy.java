package dev.waggle.netty;

import io.netty.channel.SelectStrategy;
import io.netty.util.IntSupplier;

/**
 * {@link Spinning} in the terms of Netty's event loops, which ask before they look, and then do
 * what is to be done: so how the last look ended is known at the next one.
 */
final class SpinningStrategy implements SelectStrategy {
  private final Spinning spinning = new Spinning(System.nanoTime());
  private boolean wasBusy;

  @Override
  public int calculateStrategy(IntSupplier selectNow, boolean hasTasks) throws Exception {
    int ready = selectNow.get();
    if (hasTasks || ready > 0) {
      wasBusy = true;
      return ready;
    }
    boolean looksAgain = spinning.mayLookAgain(wasBusy, System.nanoTime());
    // A loop that waits will be woken by something to do.
    wasBusy = !looksAgain;
    return looksAgain ? ready : SELECT;
  }
}
