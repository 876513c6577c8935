package dev.waggle.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.waggle.ports.Endpoint;
import dev.waggle.ports.transport.CloseReason;
import dev.waggle.ports.transport.CloseReason.Cause;
import dev.waggle.ports.transport.ListenFailed;
import io.netty.channel.unix.Errors.NativeIoException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What the many exceptions of sockets become. */
class CloseReasonsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Connection refused: /127.0.0.1:9000 | REFUSED | connection refused",
        "connect(..) failed with error(-111): Connection refused: /[0:0:0:0:0:0:0:1]:9 | REFUSED |"
            + " connection refused",
        "finishConnect(..) failed with error(-104): Connection reset by peer | REFUSED |"
            + " connection reset by peer",
        "Connection timed out: seed.example.org/192.0.2.1:9000 | TIMED_OUT | connection timed out",
        "io_uring connect(..) failed with error(-113): No route to host: /192.0.2.1:9000 |"
            + " UNREACHABLE | no route to host",
      })
  void failureOfConnect_isTheSystemsWord(String message, Cause cause, String detail) {
    assertThat(CloseReasons.ofConnect(new ConnectException(message)))
        .isEqualTo(new CloseReason(cause, detail));
  }

  @Test
  void otherFailuresOfConnect_areTheNetworksOrOurs() {
    assertThat(CloseReasons.ofConnect(new NoRouteToHostException()).cause())
        .isEqualTo(Cause.UNREACHABLE);
    assertThat(CloseReasons.ofConnect(new SocketException("Network is unreachable")).cause())
        .isEqualTo(Cause.UNREACHABLE);
    assertThat(CloseReasons.ofConnect(new IOException("Too many open files")).cause())
        .isEqualTo(Cause.FAILED);
  }

  @Test
  void failureOfStream_isAResetUnlessItIsOurs() {
    assertThat(CloseReasons.ofStream(new NativeIoException("recvAddress", -104)))
        .hasToString("reset: connection reset by peer");
    assertThat(CloseReasons.ofStream(new SocketException("Broken pipe")).cause())
        .isEqualTo(Cause.RESET);
    assertThat(CloseReasons.ofStream(new IllegalStateException()))
        .hasToString("failed: IllegalStateException");
  }

  @ParameterizedTest
  @EnumSource
  void portInUse_readsTheSameOverEachFacility(NettyIo io) throws Exception {
    assumeTrue(IoFacility.SYSTEM.apply(io) == null, "this machine has no " + io);
    try (NettyTransport transport = new NettyTransport(io, 1)) {
      Endpoint bound = transport.listen(new Endpoint("127.0.0.1", 0), remote -> null);

      assertThatThrownBy(() -> transport.listen(bound, remote -> null))
          .isInstanceOf(ListenFailed.class)
          .hasMessage("cannot listen on " + bound + ": address already in use");
    }
  }
}
