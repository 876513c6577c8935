package dev.waggle.cli.logs;

/** How the lines of the log look. */
public enum LogFormat {
  /** For people; what failed by a bug has its stack trace on further lines. */
  TEXT,

  /** For machines: one JSON object a line, whatever happens. */
  JSON
}
