package dev.waggle.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code waggle version}: the same as {@code --version}. */
@Command(
    name = "version",
    description = "Shows the version, the commit that it was built from, and the JDK.",
    footer = {"", "Examples:", "  ./waggle version"})
final class VersionCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    spec.root().commandLine().printVersionHelp(out);
    out.flush();
    return ExitCode.OK;
  }
}
