package dev.waggle.bench.report;

import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Turns whatever ends the command into one line on stderr and an exit code. */
final class Failures implements IParameterExceptionHandler, IExecutionExceptionHandler {
  @Override
  public int handleParseException(ParameterException e, String[] args) {
    say(e.getCommandLine(), e.getMessage() + "; see 'waggle bench --help'");
    return ExitCode.USAGE;
  }

  @Override
  public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
    return switch (e) {
      case BenchFailed _ -> {
        say(command, String.valueOf(e.getMessage()));
        yield ExitCode.FAILED;
      }
      case InterruptedException _ -> ExitCode.INTERRUPTED;
      default -> {
        say(command, "unexpected " + e + "; this is a bug");
        yield ExitCode.BUG;
      }
    };
  }

  private static void say(CommandLine command, String message) {
    command.getErr().println("waggle: " + message.replaceAll("\\R", " "));
    command.getErr().flush();
  }
}
