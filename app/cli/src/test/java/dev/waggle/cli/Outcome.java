package dev.waggle.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/** What a command line did. */
record Outcome(int exitCode, String out, String err) {
  static Outcome of(String... arguments) {
    return of(WaggleCommand.create(), arguments);
  }

  static Outcome of(CommandLine command, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exitCode =
        command.setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(arguments);
    return new Outcome(exitCode, out.toString(), err.toString());
  }
}
