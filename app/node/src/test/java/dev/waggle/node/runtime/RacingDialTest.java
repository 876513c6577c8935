package dev.waggle.node.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.waggle.ports.Endpoint;
import dev.waggle.ports.testkit.transport.SocketPeers;
import dev.waggle.ports.transport.CloseReason;
import dev.waggle.ports.transport.CloseReason.Cause;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Which of the addresses of a name is reached, and why none is. */
@ParameterizedClass
@EnumSource
@Timeout(120)
class RacingDialTest extends RacingDialFixture {
  // ---- who is reached

  @Test
  void addressThatNobodyAnswers_doesNotHoldUpTheNext() throws Exception {
    ServerSocket listening = listening(LISTENING, 0);
    blackHole(2, listening);

    dial(watched(), names(nobody(2), LISTENING), listening, ENOUGH);

    assertOffered(listening);
  }

  @Test
  void addressThatRefuses_doesNotHoldUpTheNext() throws Exception {
    ServerSocket listening = listening(LISTENING, 0);

    dial(watched(), names(nobody(2), nobody(3), LISTENING), listening, ENOUGH);

    assertOffered(listening);
  }

  @Test
  void families_takeTurns() throws Exception {
    assumeTrue(SocketPeers.isHere("::1"), "this machine has no IPv6 loopback");
    ServerSocket listening = listening("::1", 0);

    dial(watched(), names(nobodies(8, "::1")), listening, ENOUGH);

    assertOffered(listening);
  }

  @Test
  void lastAddressWithinTheBound_isTried() throws Exception {
    ServerSocket listening = listening(LISTENING, 0);

    dial(watched(), names(nobodies(7, LISTENING)), listening, ENOUGH);

    assertOffered(listening);
  }

  @Test
  void firstAddressBeyondTheBound_isNotTried() throws Exception {
    ServerSocket listening = listening(LISTENING, 0);
    WatchedTransport transport = watched();

    dial(transport, names(nobodies(8, LISTENING)), listening, ENOUGH);

    assertThat(owner.told().cause()).isEqualTo(Cause.REFUSED);
    assertThat(transport.dialled()).hasSize(8);
  }

  @Test
  void nameWithThousandsOfAddresses_takesNoMoreDialsThanAnother() throws Exception {
    ServerSocket listening = listening(LISTENING, 0);
    WatchedTransport transport = watched();
    Stream<String> thousands =
        IntStream.range(0, 5_000).mapToObj(i -> "127.1." + i / 250 + "." + (1 + i % 250));
    assumeTrue(SocketPeers.isHere("127.1.0.1"), "this machine has no 127.1.0.1");

    dial(transport, names(thousands.toArray(String[]::new)), listening, ENOUGH);

    assertThat(owner.told().cause()).isEqualTo(Cause.REFUSED);
    assertThat(transport.dialled()).hasSize(8);
  }

  @Test
  void addressThatTheNameServerRepeats_countsOnce() throws Exception {
    ServerSocket listening = listening(LISTENING, 0);
    WatchedTransport transport = watched();
    Stream<String> repeated = Stream.generate(() -> nobody(2)).limit(100);
    String[] found = Stream.concat(repeated, Stream.of(LISTENING)).toArray(String[]::new);

    dial(transport, names(found), listening, ENOUGH);

    assertOffered(listening);
    assertThat(transport.dialled()).hasSize(2);
  }

  @Test
  void literal_isDialledWithoutALookUp() throws Exception {
    ServerSocket listening = listening(LISTENING, 0);

    NameResolver names =
        resolver(
            name -> {
              throw new AssertionError(name + " is looked up");
            });
    Endpoint literal = new Endpoint(LISTENING, listening.getLocalPort());
    racing(watched(), ENOUGH).begin(literal, names);

    assertOffered(listening);
  }

  /** It means nothing without its zone. */
  @Test
  void addressOfOneInterface_isReachedThere() throws Exception {
    Inet6Address address = linkLocal();
    assumeTrue(address != null, "this machine has no link-local address");
    ServerSocket listening = closedInTheEnd(new ServerSocket(0, 1, address));
    NameResolver names = resolver(_ -> List.of(address));

    racing(watched(), ENOUGH).begin(at(listening), names);

    assertOffered(listening);
  }

  private static @Nullable Inet6Address linkLocal() throws IOException {
    return NetworkInterface.networkInterfaces()
        .flatMap(NetworkInterface::inetAddresses)
        .filter(address -> address instanceof Inet6Address && address.isLinkLocalAddress())
        .map(Inet6Address.class::cast)
        .findFirst()
        .orElse(null);
  }

  // ---- why nobody is

  @Test
  void nameWithoutAddresses_isUnreachable() throws Exception {
    ServerSocket listening = listening(LISTENING, 0);

    dial(watched(), names(), listening, ENOUGH);

    assertThat(owner.told()).hasToString("unreachable: the name does not resolve");
  }

  @Test
  void unknownName_isUnreachable() throws Exception {
    NameResolver names =
        resolver(
            name -> {
              throw new UnknownHostException(name);
            });

    racing(watched(), ENOUGH).begin(SEVERAL, names);

    assertThat(owner.told()).hasToString("unreachable: the name does not resolve");
  }

  @Test
  void refusal_isReportedBeforeSilence() throws Exception {
    int port = freePort();
    blackHole(2, port);

    dial(watched(), names(nobody(3), nobody(2)), port, SOON);

    assertThat(owner.told().cause()).isEqualTo(Cause.REFUSED);
  }

  @Test
  void silence_isReportedWhenTheTimeIsOver() throws Exception {
    int port = freePort();
    blackHole(2, port);
    blackHole(3, port);

    dial(watched(), names(nobody(2), nobody(3)), port, SOON);

    assertThat(owner.told()).isEqualTo(CloseReason.of(Cause.TIMED_OUT));
  }

  @Test
  void lookUpThatHangs_doesNotOutlastTheTime() throws Exception {
    CountDownLatch nameServerIsBack = new CountDownLatch(1);
    WatchedTransport transport = watched();
    CompletableFuture<Boolean> answered = new CompletableFuture<>();
    NameResolver names =
        resolver(
            _ -> {
              awaitOpen(nameServerIsBack);
              return List.of(InetAddress.ofLiteral(LISTENING));
            });

    racing(transport, SOON).begin(SEVERAL, names);
    assertThat(owner.told()).isEqualTo(CloseReason.of(Cause.TIMED_OUT));
    Runnable _ = names.resolve(SEVERAL, _ -> answered.complete(true));
    nameServerIsBack.countDown();

    assertThat(answered.get(60, TimeUnit.SECONDS)).isTrue();
    assertThat(transport.dialled()).isEmpty();
  }

  @Test
  void transportThatThrows_isAFailureOfEachAddress() throws Exception {
    WatchedTransport transport = watched();
    transport.onDial = () -> fail(new IllegalStateException("thrown by a test"));

    dial(transport, names(nobody(2), nobody(3)), 9000, ENOUGH);

    assertThat(owner.told())
        .hasToString("failed: java.lang.IllegalStateException: thrown by a test");
    assertThat(transport.dialled()).hasSize(2);
  }

  @Test
  void errorOfTransport_isToldAndEndsTheDial() throws Exception {
    WatchedTransport transport = watched();
    Error error = new StackOverflowError("thrown by a test");
    transport.onDial =
        () -> {
          throw error;
        };

    dial(transport, names(nobody(2)), 9000, ENOUGH);

    assertThat(owner.told().cause()).isEqualTo(Cause.FAILED);
    assertThat(errors.take()).isSameAs(error);
  }

  private static void fail(RuntimeException why) {
    throw why;
  }
}
