package dev.waggle.nio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.ports.Endpoint;
import dev.waggle.ports.transport.CloseReason.Cause;
import dev.waggle.ports.transport.ListenFailed;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.channels.UnsupportedAddressTypeException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the many exceptions of channels become. */
class CloseReasonsTest {
  @ParameterizedTest
  @MethodSource
  void failureOfConnect_isTheSystemsWord(Exception failure, Cause cause) {
    assertThat(CloseReasons.ofConnect(failure).cause()).isEqualTo(cause);
  }

  static Stream<Arguments> failureOfConnect_isTheSystemsWord() {
    return Stream.of(
        Arguments.of(new ConnectException("Connection refused"), Cause.REFUSED),
        Arguments.of(new SocketException("Connection reset by peer"), Cause.REFUSED),
        Arguments.of(new ConnectException("Connection timed out"), Cause.TIMED_OUT),
        Arguments.of(new NoRouteToHostException("No route to host"), Cause.UNREACHABLE),
        Arguments.of(new SocketException("Network is unreachable"), Cause.UNREACHABLE),
        Arguments.of(new UnresolvedAddressException(), Cause.UNREACHABLE),
        Arguments.of(new UnsupportedAddressTypeException(), Cause.UNREACHABLE),
        Arguments.of(new IOException("Too many open files"), Cause.FAILED));
  }

  @Test
  void failureOfStream_isAResetUnlessItIsOurs() {
    assertThat(CloseReasons.ofStream(new SocketException("Connection reset")))
        .hasToString("reset: connection reset");
    assertThat(CloseReasons.ofStream(new IOException("Broken pipe")).cause())
        .isEqualTo(Cause.RESET);
    assertThat(CloseReasons.ofStream(new ClosedChannelException()))
        .hasToString("failed: ClosedChannelException");
    assertThat(CloseReasons.ofStream(new IllegalStateException()).cause()).isEqualTo(Cause.FAILED);
  }

  @Test
  void portInUse_isNamedInOneLine() throws Exception {
    try (NioTransport transport = new NioTransport(1)) {
      Endpoint bound = transport.listen(new Endpoint("127.0.0.1", 0), remote -> null);

      assertThatThrownBy(() -> transport.listen(bound, remote -> null))
          .isInstanceOf(ListenFailed.class)
          .hasMessage("cannot listen on " + bound + ": address already in use");
    }
  }
}
