package dev.waggle.domain.time;

import java.time.Duration;

/** Something that is done again and again, but only while there is something to do. */
public final class Tick {
  private final long everyNanos;
  private boolean wound;
  private long dueNanos;

  public Tick(Duration every) {
    this.everyNanos = every.toNanos();
  }

  /** Sees to it that it comes due, one interval after it was wound up first. */
  public void wind(Alarm alarm, long nowNanos) {
    if (!wound) {
      wound = true;
      dueNanos = nowNanos + everyNanos;
    }
    alarm.by(dueNanos);
  }

  /** Sees to it that it comes due, if it was wound up. */
  public void remind(Alarm alarm) {
    if (wound) {
      alarm.by(dueNanos);
    }
  }

  /** Whether it is due; if so, it stands still until it is wound up again. */
  public boolean strikes(long nowNanos) {
    if (!wound || nowNanos - dueNanos < 0) {
      return false;
    }
    wound = false;
    return true;
  }
}
