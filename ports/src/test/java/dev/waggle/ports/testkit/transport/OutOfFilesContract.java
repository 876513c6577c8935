package dev.waggle.ports.testkit.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** A process without a free file descriptor is in trouble for a while, not for ever. */
interface OutOfFilesContract extends TransportFixture {
  /** Enough for a JVM and its jars, and few enough to use them all up at once. */
  int LIMIT = 256;

  Path SHELL = Path.of("/bin/sh");

  /** In a JVM of its own, since nothing else in this one could go on meanwhile. */
  @Test
  default void transportWithoutFileDescriptors_recoversWhenThereAreSome() throws Exception {
    assumeTrue(Files.isExecutable(SHELL), "this machine has no shell that could set a limit");
    Process process =
        new ProcessBuilder(
                SHELL.toString(),
                "-c",
                "ulimit -n " + LIMIT + " && exec \"$0\" \"$@\"",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "--sun-misc-unsafe-memory-access=allow",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                OutOfFiles.class.getName(),
                getClass().getName())
            .redirectErrorStream(true)
            .start();

    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).as(output).isZero();
    assertThat(output).endsWith(OutOfFiles.DONE + System.lineSeparator());
  }
}
