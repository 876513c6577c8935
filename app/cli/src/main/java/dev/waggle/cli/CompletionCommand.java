package dev.waggle.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code waggle completion}: has a shell complete commands and options at the Tab key. */
@Command(
    name = "completion",
    description = "Prints what a shell needs to complete commands and options of 'waggle'.",
    footer = {
      "",
      "Examples:",
      "  source <(./waggle completion bash)      # in bash, for this shell",
      "  source <(./waggle completion zsh)       # in zsh",
      "  ./waggle completion bash > ~/.local/share/bash-completion/completions/waggle"
    })
final class CompletionCommand implements Callable<Integer> {
  /** The shells, as {@code completion} itself is completed. */
  static final class Shells extends ArrayList<String> {
    private static final long serialVersionUID = 1L;

    Shells() {
      super(List.of("bash", "zsh"));
    }
  }

  @Parameters(
      paramLabel = "SHELL",
      completionCandidates = Shells.class,
      description = "bash or zsh.")
  private String shell = "";

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public Integer call() {
    if (!new Shells().contains(shell)) {
      throw new ParameterException(
          spec.commandLine(), "SHELL is '%s'; expected bash or zsh".formatted(shell));
    }
    PrintWriter out = spec.commandLine().getOut();
    // One script for both: in zsh it has bash's completion taken first.
    out.print(AutoComplete.bash(spec.root().name(), spec.root().commandLine()));
    out.flush();
    return ExitCode.OK;
  }
}
