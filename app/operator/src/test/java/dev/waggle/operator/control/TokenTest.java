package dev.waggle.operator.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.waggle.ports.Endpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class TokenTest {
  private static final String STATUS = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"status\"}";

  private final FakeNode node = new FakeNode();
  @TempDir Path folder;

  private Path file() {
    return folder.resolve("control.token");
  }

  @Test
  void isMadeOnce_andForItsOwnerOnly() throws IOException {
    ControlToken made = ControlToken.loadOrCreate(file());
    assertThat(made.digits()).matches("[0-9a-f]{64}").doesNotContain("00000000");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
    assertThat(ControlToken.loadOrCreate(file()).digits()).isEqualTo(made.digits());
    assertThat(ControlToken.load(file()).digits()).isEqualTo(made.digits());
    assertThat(made.toString()).doesNotContain(made.digits());
  }

  @Test
  void thatOthersCanRead_isNotUsed() throws IOException {
    ControlToken.loadOrCreate(file());
    Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r-----"));
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> ControlToken.loadOrCreate(file()))
        .withMessage("the token " + file() + " can be used by others: chmod 600 it");
  }

  @Test
  void thatIsNone_isSaidToBe() throws IOException {
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> ControlToken.load(file()))
        .withMessage("there is no token " + file());
    Files.writeString(file(), "secret");
    Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-------"));
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> ControlToken.loadOrCreate(file()))
        .withMessageStartingWith(file() + " is no token");
  }

  @Test
  void overTcp_onlyWhoKnowsTheTokenIsAnswered() throws IOException {
    ControlToken token = ControlToken.loadOrCreate(file());
    try (ControlServer server = ControlServer.at(new Endpoint("127.0.0.1", 0), token, node)) {
      String known = "Authorization: Bearer " + token.digits();
      assertThat(status(server, known)).isEqualTo("200");
      assertThat(status(server, known.replace("Bearer", "bearer"))).isEqualTo("200");
      assertThat(status(server)).isEqualTo("401");
      assertThat(status(server, "Authorization: Basic " + token.digits())).isEqualTo("401");
      assertThat(status(server, "Authorization: Bearer " + "0".repeat(64))).isEqualTo("401");
      assertThat(status(server, known.substring(0, known.length() - 1))).isEqualTo("401");
    }
  }

  @Test
  void overTcp_noWebPageIsAnswered_evenWithTheToken() throws IOException {
    ControlToken token = ControlToken.loadOrCreate(file());
    try (ControlServer server = ControlServer.at(new Endpoint("127.0.0.1", 0), token, node)) {
      String known = "Authorization: Bearer " + token.digits();
      assertThat(status(server, known, "Origin: http://evil.example")).isEqualTo("403");
      assertThat(status(server, known, "Origin: null")).isEqualTo("403");
      assertThat(hostStatus(server, "evil.example", known)).isEqualTo("403");
      assertThat(hostStatus(server, "127.0.0.1.evil.example:80", known)).isEqualTo("403");
      assertThat(hostStatus(server, "localhost:1", known)).isEqualTo("200");
      assertThat(hostStatus(server, "127.0.0.1", known)).isEqualTo("200");
      assertThat(hostStatus(server, "[::1]:9000", known)).isEqualTo("200");
    }
  }

  private static String status(ControlServer server, String... headers) throws IOException {
    try (Wire wire = Wire.to(server.address().port())) {
      return wire.post(STATUS, headers).rest().substring("HTTP/1.1 ".length()).substring(0, 3);
    }
  }

  private static String hostStatus(ControlServer server, String host, String known)
      throws IOException {
    try (Wire wire = Wire.to(server.address().port())) {
      wire.send(
          "POST / HTTP/1.1\r\nConnection: close\r\nHost: "
              + host
              + "\r\n"
              + known
              + "\r\nContent-Length: "
              + STATUS.length()
              + "\r\n\r\n"
              + STATUS);
      return wire.rest().substring("HTTP/1.1 ".length()).substring(0, 3);
    }
  }
}
