package dev.waggle.cli.simulate;

import dev.waggle.simulator.run.Progress;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.function.DoubleConsumer;

/**
 * Says on the terminal how far a run has come, and how long it will still take; where nobody
 * watches, only now and then.
 */
public final class ProgressLine implements Progress {
  private static final long SELDOM_NANOS = Duration.ofSeconds(10).toNanos();
  private static final int WIDTH = 78;

  private final PrintWriter out;
  private final boolean isTerminal;
  private final long beganNanos;
  private long saidNanos;
  private boolean lineIsOpen;

  /** Writes to {@code out}, and over its own last line if somebody watches. */
  public ProgressLine(PrintWriter out, boolean isTerminal) {
    this.out = out;
    this.isTerminal = isTerminal;
    this.beganNanos = System.nanoTime();
    this.saidNanos = beganNanos;
  }

  @Override
  public void report(double done, long virtualNanos, long events) {
    double seconds = (System.nanoTime() - beganNanos) / 1e9;
    say(
        "%3.0f %%, %.0f s of virtual time, %.2f million events a second, about %.0f s left"
            .formatted(
                100 * done,
                virtualNanos / 1e9,
                events / seconds / 1e6,
                seconds * (1 - done) / Math.max(done, 1e-3)));
  }

  /** Says how far a network of real nodes has come, which begins now; from 0 to 1. */
  public DoubleConsumer ofRealNodes() {
    long began = System.nanoTime();
    return done -> {
      double seconds = (System.nanoTime() - began) / 1e9;
      say(
          "%3.0f %% of the real nodes' time, about %.0f s left"
              .formatted(100 * done, seconds * (1 - done) / Math.max(done, 1e-3)));
    };
  }

  /** Shows a line that the next one replaces; where nobody watches, only now and then. */
  private void say(String line) {
    long now = System.nanoTime();
    if (!isTerminal && now - saidNanos < SELDOM_NANOS) {
      return;
    }
    saidNanos = now;
    if (isTerminal) {
      out.print("\r" + line + " ".repeat(Math.max(0, WIDTH - line.length())));
      lineIsOpen = true;
    } else {
      out.println(line);
    }
    out.flush();
  }

  /** Clears the line: what follows begins on one of its own. */
  public void end() {
    if (lineIsOpen) {
      out.print("\r" + " ".repeat(WIDTH) + "\r");
      out.flush();
    }
  }
}
