package dev.waggle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What becomes of a command whose output nobody takes. */
class CheckedOutputTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--help",
        "--version",
        "devnet --help",
        "devnet --nodes 1 --blocks 1",
        "devnet --nodes 1 --blocks 1 --json",
        "transports",
        "transports --json",
        "simulate --nodes 2 --blocks 0",
        "simulate --nodes 2 --blocks 0 --json"
      })
  void outputThatNobodyTakes_isTold_withExitCode1(String command) {
    assertLost(List.of(command.split(" ", -1)));
  }

  @Test
  void identityThatIsNotShown_isTold_withExitCode1() {
    String file = folder.resolve("identity.pem").toString();
    assertLost(List.of("identity", "new", "--identity", file));
    assertLost(List.of("identity", "show", "--identity", file, "--json"));
  }

  private static void assertLost(List<String> arguments) {
    StringWriter err = new StringWriter();
    assertThat(withBrokenOutput(WaggleCommand.create(), err, arguments))
        .as("%s", arguments)
        .isEqualTo(1);
    assertThat(err.toString().lines()).last().isEqualTo("waggle: cannot write to standard output");
  }

  @Test
  void commandThatFailsAnyway_keepsItsExitCode() {
    StringWriter err = new StringWriter();
    CommandLine failing = new CommandLine(new Failing()).setExecutionStrategy(new CheckedOutput());
    assertThat(withBrokenOutput(failing, err, List.of())).isEqualTo(ExitCode.NODE_FAILED);
    assertThat(err.toString()).contains("cannot write to standard output");
  }

  private static int withBrokenOutput(
      CommandLine command, StringWriter err, List<String> arguments) {
    return command
        .setOut(new PrintWriter(new FullDisk()))
        .setErr(new PrintWriter(err))
        .execute(arguments.toArray(String[]::new));
  }

  @Command(name = "failing")
  private static final class Failing implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() {
      spec.commandLine().getOut().println("what became of it");
      return ExitCode.NODE_FAILED;
    }
  }

  private static final class FullDisk extends Writer {
    @Override
    public void write(char[] text, int from, int length) throws IOException {
      throw new IOException("No space left on device");
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
