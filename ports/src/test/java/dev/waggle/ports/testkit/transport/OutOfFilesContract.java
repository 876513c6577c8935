package dev.waggle.ports.testkit.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;

/** A process without a free file descriptor is in trouble for a while, not for ever. */
interface OutOfFilesContract extends TransportFixture {
  /** In a JVM of its own, since nothing else in this one could go on meanwhile. */
  @Test
  default void transportWithoutFileDescriptors_recoversWhenThereAreSome() throws Exception {
    assumeTrue(FileHog.isPossible(), "this machine has no shell that could set a limit");

    String output = FileHog.process(OutOfFiles.class, getClass().getName());

    assertThat(output).endsWith(OutOfFiles.DONE + System.lineSeparator());
  }
}
