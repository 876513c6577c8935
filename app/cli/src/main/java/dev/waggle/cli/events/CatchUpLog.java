package dev.waggle.cli.events;

import java.util.Locale;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells people how far a node is that catches up. Safe from any thread. */
final class CatchUpLog {
  private static final Logger log = LoggerFactory.getLogger(CatchUpLog.class);

  private final LongSupplier nanoTime;
  private @Nullable Long beganNanos;

  CatchUpLog(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** Whether the node is catching up. */
  synchronized boolean isUnderWay() {
    return beganNanos != null;
  }

  synchronized void catchingUp(Event.CatchingUp event) {
    if (beganNanos == null) {
      beganNanos = nanoTime.getAsLong();
    }
    log.info("catching up: {}, about {} to go", blocks(event.accepted()), number(event.further()));
  }

  synchronized void caughtUp(Event.CaughtUp event) {
    long now = nanoTime.getAsLong();
    long nanos = now - (beganNanos == null ? now : beganNanos);
    beganNanos = null;
    log.info(
        "{}: {} in {}",
        event.whole()
            ? "caught up"
            : "gave up for now, and begin anew with what peers tell of next",
        blocks(event.accepted()),
        String.format(Locale.ROOT, nanos < 10e9 ? "%.1f s" : "%,.0f s", nanos / 1e9));
  }

  private static String blocks(long count) {
    return number(count) + (count == 1 ? " block" : " blocks");
  }

  private static String number(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }
}
