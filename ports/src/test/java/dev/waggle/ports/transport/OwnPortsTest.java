package dev.waggle.ports.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.waggle.ports.IpAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnPortsTest {
  private static final int PORT = 9000;

  @ParameterizedTest
  @CsvSource({
    "0.0.0.0, 203.0.113.7, 0.0.0.0",
    "::, 203.0.113.7, 0.0.0.0",
    "::, 2001:db8::7, ::",
    "192.0.2.1, 203.0.113.7, 192.0.2.1",
    "2001:db8::1, 2001:db8::7, 2001:db8::1",
    "127.0.0.1, 127.0.0.2, 127.0.0.1",
    "192.0.2.1, 127.0.0.1, 192.0.2.1",
  })
  void whereItListens_itDialsFrom(String own, String remote, String local) {
    OwnPorts ports = listening(SourceAddresses.ANY, own);

    assertThat(ports.towards(ip(remote), PORT)).isEqualTo(new InetSocketAddress(ip(local), PORT));
  }

  @ParameterizedTest
  @CsvSource({
    "0.0.0.0, 2001:db8::7",
    "192.0.2.1, 2001:db8::7",
    "2001:db8::1, 203.0.113.7",
    "127.0.0.1, 203.0.113.7",
    "::1, 2001:db8::7",
  })
  void whoCannotBeReachedFromThere_isDialledFromAnyPort(String own, String remote) {
    OwnPorts ports = listening(SourceAddresses.ANY, own);

    assertThat(ports.towards(ip(remote), PORT)).isNull();
  }

  @Test
  void ofSeveral_theFirstCountsFromWhichTheRemoteIsReached() {
    OwnPorts ports = listening(SourceAddresses.ANY, "127.0.0.1", "2001:db8::1", "192.0.2.1", "::");

    assertThat(ports.towards(ip("203.0.113.7"), PORT))
        .isEqualTo(new InetSocketAddress(ip("192.0.2.1"), PORT));
  }

  @ParameterizedTest
  @CsvSource({
    "0.0.0.0, 192.0.2.1, 9000",
    "::, 192.0.2.1, 9000",
    "192.0.2.1, 192.0.2.1, 9000",
    "192.0.2.2, 192.0.2.1, 0",
  })
  void addressToDialFrom_countsBeforeThePort(String own, String source, int port) {
    OwnPorts ports = listening(SourceAddresses.of(List.of(own(source))), own);

    assertThat(ports.towards(ip("203.0.113.7"), PORT))
        .isEqualTo(new InetSocketAddress(ip(source), port));
  }

  @Test
  void portThatTheSystemDoesNotShare_isNotDialledFrom() {
    OwnPorts ports = new OwnPorts(SourceAddresses.ANY);
    ports.add(new InetSocketAddress(ip("0.0.0.0"), PORT), false);

    ports.require(PORT);
    assertThat(ports.towards(ip("203.0.113.7"), PORT)).isNull();
  }

  @Test
  void dialFromAnyPort_doesNotTakeTheOwn() {
    assertThat(listening(SourceAddresses.ANY, "0.0.0.0").towards(ip("203.0.113.7"), OwnPorts.ANY))
        .isNull();
  }

  @Test
  void portWhereItDoesNotListen_isAMistake() {
    OwnPorts ports = listening(SourceAddresses.ANY, "0.0.0.0");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> ports.require(PORT + 1))
        .withMessage("the transport does not listen at port 9001");
  }

  private static OwnPorts listening(SourceAddresses source, String... addresses) {
    OwnPorts ports = new OwnPorts(source);
    ports.add(new InetSocketAddress(ip("0.0.0.0"), PORT + 7), true);
    for (String address : addresses) {
      ports.add(new InetSocketAddress(ip(address), PORT), true);
    }
    return ports;
  }

  private static IpAddress own(String literal) {
    return Objects.requireNonNull(IpAddress.ofLiteral(literal));
  }

  private static InetAddress ip(String literal) {
    return InetAddress.ofLiteral(literal);
  }
}
