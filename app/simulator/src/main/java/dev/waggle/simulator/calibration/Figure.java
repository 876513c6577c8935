package dev.waggle.simulator.calibration;

/** Something that is measured in both networks, and by how much they may differ in it. */
public enum Figure {
  /** Milliseconds until half of the nodes had a block; of all blocks the median. */
  MILLIS_P50(0.15),

  /** Likewise, until 99 of a hundred had it. */
  MILLIS_P99(0.15),

  /** Bytes that all nodes have sent. */
  SENT_BYTES(0.02),

  /** Copies of a block beyond the first that came to a node, on average. For information. */
  DUPLICATES(Double.POSITIVE_INFINITY);

  private final double tolerance;

  Figure(double tolerance) {
    this.tolerance = tolerance;
  }

  double of(Observed observed) {
    return switch (this) {
      case MILLIS_P50 -> observed.millis(50);
      case MILLIS_P99 -> observed.millis(99);
      case SENT_BYTES -> observed.sentBytes();
      case DUPLICATES -> observed.duplicates();
    };
  }

  /** By which part of the real figure the simulated one may differ from it; may be infinite. */
  public double tolerance() {
    return tolerance;
  }
}
