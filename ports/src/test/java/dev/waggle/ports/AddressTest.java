package dev.waggle.ports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {
  private static final String PEER = "00112233445566778899aabbccddeeff".repeat(2);

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:9000, 127.0.0.1, 9000",
    "seed.example.org:1, seed.example.org, 1",
    "[::1]:65535, ::1, 65535",
    "[fe80::1%eth0]:9000, fe80::1%eth0, 9000",
    "localhost:0, localhost, 0",
  })
  void endpoint_isReadAndWrittenAlike(String text, String host, int port) {
    Endpoint endpoint = Endpoint.parse(text);

    assertThat(endpoint).isEqualTo(new Endpoint(host, port));
    assertThat(endpoint).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":",
        "host",
        "host:",
        ":9000",
        "host:port",
        "host:65536",
        "host:-1",
        "::1:9000",
        "[::1]",
        "[::1]9000",
        "a b:9000",
        "host:9000 ",
        "host:999999",
        "[]:9000"
      })
  void endpoint_refusesAnythingElse(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Endpoint.parse(text));
  }

  @Test
  void endpoint_refusesAHostThatNoResolverTakes() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Endpoint("h".repeat(Endpoint.MAX_HOST_LENGTH + 1), 9000));
  }

  @Test
  void peerAddress_mayPinWhoAnswers() {
    PeerAddress pinned = PeerAddress.parse(PEER + "@[::1]:9000");

    assertThat(pinned)
        .isEqualTo(new PeerAddress(new Endpoint("::1", 9000), PeerId.ofHex(PEER)))
        .hasToString(PEER + "@[::1]:9000");
    assertThat(PeerAddress.parse("host:1").pinned()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"@host:1", "0011@host:1", "nothex@host:1"})
  void peerAddress_namesAPinThatIsNoPeerId(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PeerAddress.parse(text))
        .withMessageContaining("64 hexadecimal digits");
  }

  @Test
  void peerIds_areOrderedAsUnsignedNumbers() {
    PeerId low = PeerId.ofHex("7f" + "00".repeat(31));
    PeerId high = PeerId.ofHex("80" + "00".repeat(31));

    assertThat(low).isLessThan(high);
    assertThat(high.shortHex()).isEqualTo("80000000");
  }

  @Test
  void peerId_refusesAnotherLength() {
    assertThatIllegalArgumentException().isThrownBy(() -> PeerId.ofHex("00".repeat(31)));
  }
}
