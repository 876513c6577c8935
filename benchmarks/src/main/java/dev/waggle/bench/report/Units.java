package dev.waggle.bench.report;

/** The units of scores: JMH's own, and those that people read. */
final class Units {
  static final String OPS_PER_SECOND = "ops/s";
  static final String MICROS_PER_OP = "us/op";
  static final String MILLIS_PER_OP = "ms/op";
  static final String BYTES_PER_OP = "B/op";
  static final String BYTES_PER_SECOND = "B/s";
  static final String MESSAGES_PER_SECOND = "msg/s";
  static final String SHARE_OF_TIME = "% of the time";
  static final String NANOS = "ns";
  static final String BYTES = "B";
  static final String RATIO = "x";

  private Units() {}
}
