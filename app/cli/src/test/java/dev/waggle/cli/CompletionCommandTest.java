package dev.waggle.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompletionCommandTest {
  @TempDir Path dir;

  private static String script(String shell) {
    Outcome outcome = Outcome.of("completion", shell);
    assertThat(outcome.exitCode()).isZero();
    return outcome.out();
  }

  @ParameterizedTest
  @ValueSource(strings = {"bash", "zsh"})
  void script_isAcceptedByItsShell(String shell) throws Exception {
    Path script = Files.writeString(dir.resolve("completion"), script(shell));
    assertThat(run(shell, "-n", script.toString())).isEmpty();
  }

  /** What is typed, and what the Tab key then offers. */
  @ParameterizedTest
  @CsvSource({
    "waggle ide, identity",
    "waggle identity s, show",
    "waggle config c, check",
    "waggle run --log-fo, --log-format",
    "waggle completion z, zsh"
  })
  void bash_completesCommandsAndOptions(String typed, String offered) throws Exception {
    Files.writeString(dir.resolve("completion"), script("bash"));
    String[] words = typed.split(" ", -1);
    String typing =
        "source %s/completion; COMP_WORDS=(%s); COMP_CWORD=%d; _complete_waggle 2>/dev/null"
            .formatted(dir, typed, words.length - 1);
    String offering = typing + "; echo \"${COMPREPLY[@]}\"";
    assertThat(run("bash", "--norc", "-c", offering)).isEqualTo(offered + "\n");
  }

  @Test
  void zsh_completesAsBashDoes() throws Exception {
    Path script = Files.writeString(dir.resolve("completion"), script("zsh"));
    String typing = "source %s && print ${_comps[waggle]}".formatted(script);
    assertThat(run("zsh", "-f", "-c", typing)).contains("-F _complete_waggle");
  }

  /** What a shell prints, on both streams. */
  private static String run(String shell, String... arguments) throws Exception {
    assumeTrue(isThere(shell), "this machine has no " + shell);
    List<String> command = Stream.concat(Stream.of(shell), Stream.of(arguments)).toList();
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return printed;
  }

  private static boolean isThere(String shell) {
    return Stream.of(System.getenv("PATH").split(":", -1))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, shell)));
  }
}
