package dev.waggle.domain.time;

/**
 * The earliest moment at which the node wants to be called again.
 *
 * <p>Whoever has a deadline asks for it with {@link #by}; when the alarm rings it is clear, and
 * everybody who still has a deadline asks anew. So no list of timers has to be kept, and looking at
 * the alarm after each event costs nothing.
 */
public final class Alarm {
  /** How far ahead {@link #deadlineNanos} lies when nobody waits for anything. */
  private static final long IDLE_NANOS = 3_600_000_000_000L;

  private boolean armed;
  private long deadlineNanos;

  /** Asks to be called at {@code deadlineNanos} at the latest. */
  public void by(long deadlineNanos) {
    if (!armed || deadlineNanos - this.deadlineNanos < 0) {
      armed = true;
      this.deadlineNanos = deadlineNanos;
    }
  }

  /** Whether somebody's deadline has come; if so, the alarm is clear afterwards. */
  public boolean rings(long nowNanos) {
    if (!armed || nowNanos - deadlineNanos < 0) {
      return false;
    }
    armed = false;
    return true;
  }

  /** The earliest deadline, or one hour from now if there is none. */
  public long deadlineNanos(long nowNanos) {
    return armed ? deadlineNanos : nowNanos + IDLE_NANOS;
  }
}
