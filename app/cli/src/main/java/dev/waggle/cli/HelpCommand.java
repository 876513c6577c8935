package dev.waggle.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** {@code waggle help}: what {@code --help} of a command prints, of subcommands too. */
@Command(
    name = "help",
    description = "Explains a command and its options.",
    footer = {"", "Examples:", "  ./waggle help run", "  ./waggle help identity new"})
final class HelpCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..*",
      paramLabel = "COMMAND",
      description = "The command, and its subcommand; else all commands are listed.")
  private List<String> names = List.of();

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public Integer call() {
    find(spec.root(), names).commandLine().usage(spec.commandLine().getOut());
    return ExitCode.OK;
  }

  /**
   * The command that is meant.
   *
   * @param names of a command, its subcommand, and so on; none for {@code root} itself
   * @throws UnmatchedArgumentException if there is none
   */
  static CommandSpec find(CommandSpec root, List<String> names) {
    CommandLine command = root.commandLine();
    for (String name : names) {
      CommandLine named = command.getSubcommands().get(name);
      if (named == null) {
        throw new UnmatchedArgumentException(command, List.of(name));
      }
      command = named;
    }
    return command.getCommandSpec();
  }
}
