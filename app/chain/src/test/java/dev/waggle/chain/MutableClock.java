package dev.waggle.chain;

import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands still until a test sets it. */
public final class MutableClock implements InstantSource {
  private volatile long millis;

  public MutableClock(long millis) {
    this.millis = millis;
  }

  public void set(long newMillis) {
    millis = newMillis;
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(millis);
  }
}
