package dev.waggle.bench.report;

/** How a target fares. */
enum Verdict {
  /** Even where the error is at its worst. */
  HOLDS("holds", "✓"),
  /** Even where the error is at its best. */
  MISSES("misses", "✗"),
  /** The error leaves it open. */
  WITHIN_ERROR("within its error", "≈"),
  /** The error is unknown, or larger than a verdict may have; or others disturbed. */
  NOT_JUDGED("not judged", "?"),
  NOT_MEASURED("not measured", "–");

  private final String text;
  private final String sign;

  Verdict(String text, String sign) {
    this.text = text;
    this.sign = sign;
  }

  String text() {
    return text;
  }

  String sign() {
    return sign;
  }
}
