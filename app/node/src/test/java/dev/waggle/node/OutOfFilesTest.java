package dev.waggle.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.waggle.ports.testkit.transport.FileHog;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A node without a free file descriptor dials in vain for a while, not for ever. */
class OutOfFilesTest {
  @ParameterizedTest
  @ValueSource(strings = {"netty", "nio"})
  void nodeWithoutFileDescriptors_dialsAgainWhenThereAreSome(String transport) throws Exception {
    assumeTrue(FileHog.isPossible(), "this machine has no shell that could set a limit");

    String output = FileHog.process(NodeWithoutFiles.class, transport);

    assertThat(output).endsWith(NodeWithoutFiles.CONNECTED + System.lineSeparator());
  }
}
