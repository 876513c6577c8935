package dev.waggle.cli;

/** What the process tells its parent. Part of the command line's interface. */
final class ExitCode {
  static final int OK = 0;

  /** What was asked for could not be done, or not all of the output could be written. */
  static final int FAILED = 1;

  /** It cannot be asked for like this: an option, a setting or an address is at fault. */
  static final int USAGE = 2;

  /**
   * The node has failed by itself, for want of memory or by a bug, and was running before. It is
   * what {@code -XX:+ExitOnOutOfMemoryError} ends a JVM with, so that there is one code to watch.
   */
  static final int NODE_FAILED = 3;

  /** Two networks that should have done the same have not: the simulator is wrong, or a node. */
  static final int DIFFERENT = 4;

  /** Blocks could not be kept any more, and the node was not to go on without. */
  static final int STORE_FAILED = 5;

  /** No node runs that could be asked; the number is EX_UNAVAILABLE of sysexits.h. */
  static final int NO_NODE = 69;

  /** A bug of ours; the number is EX_SOFTWARE of sysexits.h. */
  static final int BUG = 70;

  /** There may be a node, but it does not listen to us; the number is EX_NOPERM. */
  static final int DENIED = 77;

  /** What a shell reports after Ctrl-C. */
  static final int INTERRUPTED = 130;

  private ExitCode() {}
}
