package dev.waggle.operator.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SocketFileTest {
  private final FakeNode node = new FakeNode();
  @TempDir Path folder;

  private Path file() {
    return folder.resolve("control.sock");
  }

  @Test
  void onlyItsOwnerCanOpenIt_andItIsGoneAtTheEnd() throws IOException {
    try (ControlServer _ = ControlServer.onSocket(file(), node)) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
          .isEqualTo("rw-------");
      assertThat(names()).containsExactly("control.sock");
      assertAnswers();
    }
    assertThat(names()).isEmpty();
  }

  @Test
  void whatACrashedNodeHasLeft_isReplaced() throws IOException {
    ServerSocketChannel crashed = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    crashed.bind(UnixDomainSocketAddress.of(file()));
    crashed.close(); // Which leaves the file.
    try (ControlServer _ = ControlServer.onSocket(file(), node)) {
      assertAnswers();
    }
  }

  @Test
  void whereALivingNodeListens_noOtherOneDoes() throws IOException {
    try (ControlServer _ = ControlServer.onSocket(file(), node)) {
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> ControlServer.onSocket(file(), node))
          .withMessage("another node listens there");
      assertAnswers();
    }
  }

  @Test
  void whatIsNoSocket_isNotTouched() throws IOException {
    Files.writeString(file(), "precious");
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> ControlServer.onSocket(file(), node))
        .withMessage("there is something else, which is no socket");
    assertThat(file()).hasContent("precious");
  }

  @Test
  void aFolderThatIsNotThere_isSaidNotToBe() {
    Path nowhere = folder.resolve("nowhere");
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> ControlServer.onSocket(nowhere.resolve("s"), node))
        .withMessage("there is no folder " + nowhere);
  }

  @Test
  void aPathThatIsTooLong_isSaidToBe() throws IOException {
    Path deep = Files.createDirectories(folder.resolve("d".repeat(60)).resolve("e".repeat(60)));
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> ControlServer.onSocket(deep.resolve("control.sock"), node))
        .withMessageContaining("bytes, and systems allow 104 to 108");
    try (Stream<Path> left = Files.list(deep)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void anothersSocketAtTheSamePlace_isLeftThere() throws IOException {
    ControlServer first = ControlServer.onSocket(file(), node);
    Files.delete(file());
    try (ControlServer _ = ControlServer.onSocket(file(), node)) {
      first.close();
      assertAnswers();
    }
  }

  private void assertAnswers() throws IOException {
    try (Wire wire = Wire.to(file())) {
      wire.post("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"status\"}");
      assertThat(wire.json().has("result")).isTrue();
    }
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(each -> each.getFileName().toString()).toList();
    }
  }
}
