package dev.waggle.cli;

import picocli.CommandLine;
import picocli.CommandLine.IExecutionStrategy;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/**
 * Runs a command, and sees to it that none ends well whose output was lost: on a full disk, or
 * because its reader is gone. Writers and streams keep that to themselves until they are asked.
 */
final class CheckedOutput implements IExecutionStrategy {
  private final IExecutionStrategy runner = new RunLast();

  @Override
  public int execute(ParseResult parsed) {
    int exitCode = runner.execute(parsed);
    boolean isLost = System.out.checkError(); // The writers print there, unless told otherwise.
    for (CommandLine command : parsed.asCommandLineList()) {
      isLost |= command.getOut().checkError();
    }
    if (!isLost) {
      return exitCode;
    }
    Failures.say(parsed.commandSpec().commandLine(), "cannot write to standard output");
    return exitCode == ExitCode.OK ? ExitCode.FAILED : exitCode;
  }
}
