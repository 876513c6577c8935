package dev.waggle.bench.report;

/** What the process tells its parent: as the rest of Waggle's command line does. */
final class ExitCode {
  static final int OK = 0;

  /** What was asked for could not be done. */
  static final int FAILED = 1;

  /** It cannot be asked for like this. */
  static final int USAGE = 2;

  /** A bug of ours; the number is EX_SOFTWARE of sysexits.h. */
  static final int BUG = 70;

  /** What a shell reports after Ctrl-C. */
  static final int INTERRUPTED = 130;

  private ExitCode() {}
}
