package dev.waggle.ports.testkit.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.waggle.ports.Endpoint;
import dev.waggle.ports.IpAddress;
import dev.waggle.ports.transport.CloseReason;
import dev.waggle.ports.transport.ListenFailed;
import dev.waggle.ports.transport.SourceAddresses;
import dev.waggle.ports.transport.Transport;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.StandardSocketOptions;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A transport of the system's sockets dials from the port that it listens at, wherever that is, and
 * has it for itself all the same.
 */
public interface SharedPortContract extends SourceContract {
  @ParameterizedTest
  @CsvSource({"0.0.0.0, 127.0.0.1", "::, 127.0.0.1", "::, ::1", "::1, ::1", "127.0.0.2, 127.0.0.1"})
  default void whereverTheTransportListens_itDialsFromThere(String local, String target)
      throws Exception {
    assumeHere(local, target);
    Acceptors acceptors = new Acceptors(harness());
    Endpoint own = listen(harness().dialling(), local);
    Endpoint remote = harness().listening().listen(new Endpoint(target, 0), acceptors);

    RecordingListener dialler = dialFrom(harness().dialling(), own.port(), remote);
    RecordingListener accepted = acceptors.next();

    assertThat(dialler.connection().local().port()).isEqualTo(own.port());
    assertThat(accepted.connection().remote()).isEqualTo(dialler.connection().local());
    OwnPortContract.talk(dialler, accepted);
  }

  @Test
  default void ofTwoListenersAtAPort_theOneOfTheFamilyCounts() throws Exception {
    assumeHere("127.0.0.2", "::1");
    Transport transport = harness().dialling();
    Endpoint ipv4 = listen(transport, "127.0.0.2");
    Endpoint ipv6 = transport.listen(new Endpoint("::1", ipv4.port()), remote -> null);

    Endpoint four = listen(harness().listening(), "127.0.0.1");
    Endpoint six = listen(harness().listening(), "::1");

    assertThat(dialFrom(transport, ipv4.port(), four).connection().local()).isEqualTo(ipv4);
    assertThat(dialFrom(transport, ipv4.port(), six).connection().local()).isEqualTo(ipv6);
  }

  @Test
  default void otherFamily_isDialledFromAnyPort() throws Exception {
    assumeHere("::1");
    Endpoint own = listen(harness().dialling(), "127.0.0.1");
    Endpoint remote = listen(harness().listening(), "::1");

    Endpoint local = dialFrom(harness().dialling(), own.port(), remote).connection().local();

    assertThat(local.host()).isEqualTo(remote.host());
    assertThat(local.port()).isNotEqualTo(own.port());
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "::", "127.0.0.2"})
  default void addressToDialFrom_isTakenWithTheListeningPort(String local) throws Exception {
    assumeHere("127.0.0.2", local);
    Transport transport = from("127.0.0.2");
    Endpoint own = listen(transport, local);
    Endpoint remote = listen(harness().listening(), "127.0.0.1");

    assertThat(dialFrom(transport, own.port(), remote).connection().local())
        .isEqualTo(new Endpoint("127.0.0.2", own.port()));
  }

  @Test
  default void addressToDialFrom_countsBeforeTheListeningPort() throws Exception {
    assumeHere("127.0.0.2");
    Transport transport = from("127.0.0.2");
    Endpoint own = listen(transport, "127.0.0.1");
    Endpoint remote = listen(harness().listening(), "127.0.0.1");

    Endpoint local = dialFrom(transport, own.port(), remote).connection().local();

    assertThat(local.host()).isEqualTo("127.0.0.2");
    assertThat(local.port()).isNotEqualTo(own.port());
  }

  /** Two would share the port without a word, and take each other's connections. */
  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "0.0.0.0"})
  default void portFromWhichIsDialled_failsToListenForAnother(String local) throws Exception {
    Endpoint own = listen(harness().dialling(), "127.0.0.1");
    Endpoint remote = listen(harness().listening(), "127.0.0.1");
    dialFrom(harness().dialling(), own.port(), remote).connection();

    assertInUse(new Endpoint(local, own.port()));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  default void portOfAnotherProgram_failsToListen_evenIfThatWouldShareIt(boolean wouldShare)
      throws Exception {
    try (ServerSocket foreign = new ServerSocket()) {
      assumeTrue(
          foreign.supportedOptions().contains(StandardSocketOptions.SO_REUSEPORT),
          "this machine's sockets cannot share a port");
      foreign.setReuseAddress(true);
      foreign.setOption(StandardSocketOptions.SO_REUSEPORT, wouldShare);
      foreign.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));

      assertInUse(new Endpoint("127.0.0.1", foreign.getLocalPort()));
      assertInUse(new Endpoint("0.0.0.0", foreign.getLocalPort()));
    }
  }

  /** What this side has closed stays with the system for a minute, at that port. */
  @Test
  default void portFromWhichWasDialled_canBeListenedAtAgainAtOnce() throws Exception {
    Acceptors acceptors = new Acceptors(harness());
    Endpoint own = listen(harness().dialling(), "127.0.0.1");
    Endpoint remote = harness().listening().listen(new Endpoint("127.0.0.1", 0), acceptors);
    RecordingListener dialler = dialFrom(harness().dialling(), own.port(), remote);
    OwnPortContract.talk(dialler, acceptors.next());
    dialler.connection().close(CloseReason.local("enough"));
    dialler.closed();
    harness().dialling().close();

    Transport restarted = harness().another();
    assertThat(restarted.listen(own, from -> null)).isEqualTo(own);
    RecordingListener again =
        dialFrom(restarted, own.port(), listen(harness().listening(), "127.0.0.1"));
    assertThat(again.connection().local()).isEqualTo(own);
  }

  private void assertInUse(Endpoint taken) {
    ListenFailed failure =
        catchThrowableOfType(
            ListenFailed.class, () -> harness().another().listen(taken, remote -> null));

    assertThat(failure).as("two listen at %s", taken).isNotNull();
    assertThat(failure).hasMessageContaining("in use");
  }

  private Transport from(String source) {
    IpAddress address = Objects.requireNonNull(IpAddress.ofLiteral(source));
    return harness().adopt(freshFrom(SourceAddresses.of(List.of(address))));
  }

  private Endpoint listen(Transport transport, String host) throws ListenFailed {
    return transport.listen(new Endpoint(host, 0), new Acceptors(harness()));
  }

  private RecordingListener dialFrom(Transport transport, int port, Endpoint remote) {
    RecordingListener dialler = harness().listener();
    transport.dialFrom(port, remote, Harness.SAFETY, dialler);
    return dialler;
  }

  private static void assumeHere(String... addresses) {
    for (String address : addresses) {
      assumeTrue(SocketPeers.isHere(address), () -> "this machine has no " + address);
    }
  }
}
