package dev.waggle.bench.report;

import dev.waggle.bench.machine.Others;
import dev.waggle.bench.machine.OthersMeter;

/** A machine on which others always use the same of two processors. */
record FixedMeter(double used) implements OthersMeter {
  static final OthersMeter QUIET = new FixedMeter(0.05);
  static final OthersMeter BUSY = new FixedMeter(1.25);

  @Override
  public Others atRest() {
    return new Others(used, 2);
  }

  @Override
  public Span begin() {
    return this::atRest;
  }
}
