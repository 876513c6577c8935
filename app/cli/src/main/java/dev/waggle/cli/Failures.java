package dev.waggle.cli;

import dev.waggle.cli.config.Similar;
import dev.waggle.node.config.ConfigProblem;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns whatever ends a command into one line on stderr and an exit code. */
final class Failures implements IParameterExceptionHandler, IExecutionExceptionHandler {
  @Override
  public int handleParseException(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    String help = command.getCommandSpec().qualifiedName() + " --help";
    String what =
        e instanceof UnmatchedArgumentException unmatched ? unknown(unmatched) : e.getMessage();
    say(command, what + "; see '" + help + "'");
    return ExitCode.USAGE;
  }

  private static String unknown(UnmatchedArgumentException e) {
    CommandSpec command = e.getCommandLine().getCommandSpec();
    String word = e.getUnmatched().getFirst();
    if (!command.subcommands().isEmpty() && !word.startsWith("-")) {
      return "there is no command '%s'".formatted(word)
          + Similar.suggestion(word, List.copyOf(command.subcommands().keySet()));
    }
    List<String> similar = e.getSuggestions();
    return e.getMessage()
        + (similar.isEmpty() ? "" : "; did you mean " + String.join(" or ", similar) + "?");
  }

  @Override
  public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
    return switch (e) {
      case ConfigProblem problem -> say(command, problem, ExitCode.USAGE);
      case InterruptedException _ -> ExitCode.INTERRUPTED;
      case CommandFailed failed -> say(command, failed, failed.exitCode());
      default -> bug(e, command);
    };
  }

  private static int bug(Exception e, CommandLine command) {
    if (Logging.isDebugging()) {
      e.printStackTrace(command.getErr());
    }
    say(
        command,
        "unexpected "
            + e
            + "; this is a bug"
            + (Logging.isDebugging() ? "" : ", " + whereOf(e, command)));
    return ExitCode.BUG;
  }

  private static String whereOf(Exception e, CommandLine command) {
    if (command.getCommandSpec().findOption("--log-level") != null) {
      return "and --log-level debug shows where";
    }
    StackTraceElement[] stack = e.getStackTrace();
    return stack.length == 0 ? "somewhere" : "in " + stack[0];
  }

  private static int say(CommandLine command, Exception e, int exitCode) {
    say(command, String.valueOf(e.getMessage()));
    return exitCode;
  }

  /** One line to the operator. */
  static void say(CommandLine command, String message) {
    command.getErr().println("waggle: " + message.replaceAll("\\R", " "));
    command.getErr().flush();
  }
}
