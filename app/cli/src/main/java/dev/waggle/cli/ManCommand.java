package dev.waggle.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code waggle man}: what {@code help} prints, as manual pages. */
@Command(
    name = "man",
    description = "Prints the manual page of a command, or writes those of all commands.",
    footer = {
      "",
      "Examples:",
      "  ./waggle man run | man -l -",
      "  ./waggle man --all-to ~/.local/share/man/man1"
    })
final class ManCommand implements Callable<Integer> {
  @Option(
      names = "--all-to",
      paramLabel = "DIR",
      description = "Write the pages of all commands as files into this directory.")
  private @Nullable Path directory;

  @Parameters(
      arity = "0..*",
      paramLabel = "COMMAND",
      description = "The command, and its subcommand; else waggle itself.")
  private List<String> names = List.of();

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public Integer call() {
    CommandSpec command = HelpCommand.find(spec.root(), names);
    if (directory != null) {
      writeAll(command, directory);
      return ExitCode.OK;
    }
    PrintWriter out = spec.commandLine().getOut();
    out.print(ManPage.of(command));
    out.flush();
    return ExitCode.OK;
  }

  private static void writeAll(CommandSpec command, Path directory) {
    try {
      Files.createDirectories(directory);
      for (CommandSpec each : withSubcommands(command)) {
        Files.writeString(directory.resolve(ManPage.name(each) + ".1"), ManPage.of(each));
      }
    } catch (IOException e) {
      throw new CommandFailed(ExitCode.FAILED, directory + " cannot be written: " + e.getMessage());
    }
  }

  private static List<CommandSpec> withSubcommands(CommandSpec command) {
    List<CommandSpec> all = new ArrayList<>(List.of(command));
    for (CommandLine subcommand : command.subcommands().values()) {
      all.addAll(withSubcommands(subcommand.getCommandSpec()));
    }
    return all;
  }
}
