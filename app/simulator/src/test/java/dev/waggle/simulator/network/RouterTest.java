package dev.waggle.simulator.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.simulator.network.Router.Remote;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a router lets in, by the terms of RFC 4787 §4.1 and §5. */
class RouterTest {
  private static final Remote SENT_TO = new Remote(7, 9000);
  private static final Remote SAME_HOST = new Remote(7, 4321);
  private static final Remote STRANGER = new Remote(8, 9000);

  @ParameterizedTest
  @CsvSource({
    "FULL_CONE, true, true, true",
    "RESTRICTED, true, true, false",
    "PORT_RESTRICTED, true, false, false",
    "SYMMETRIC, true, false, false"
  })
  void kind_decidesWhoIsLetIn(NatKind kind, boolean same, boolean host, boolean stranger) {
    Router router = new Router(kind);
    int port = router.sends(SENT_TO, 0);

    assertThat(router.admits(SENT_TO, port, 1)).isEqualTo(same);
    assertThat(router.admits(SAME_HOST, port, 1)).isEqualTo(host);
    assertThat(router.admits(STRANGER, port, 1)).isEqualTo(stranger);
    assertThat(router.admits(SENT_TO, port + 1, 1)).as("a port that stands for nothing").isFalse();
  }

  @ParameterizedTest
  @CsvSource({"FULL_CONE, 1", "RESTRICTED, 1", "PORT_RESTRICTED, 1", "SYMMETRIC, 3"})
  void kind_decidesHowManyPortsOthersSee(NatKind kind, int ports) {
    Router router = new Router(kind);
    assertThat(
            Stream.of(SENT_TO, SAME_HOST, STRANGER, SENT_TO)
                .map(remote -> router.sends(remote, 0))
                .distinct())
        .hasSize(ports);
  }

  @ParameterizedTest
  @EnumSource(NatKind.class)
  void way_closesAMomentAfterTheLastPacket_andOpensAtAnotherPort(NatKind kind) {
    Router router = new Router(kind);
    int port = router.sends(SENT_TO, 5);

    assertThat(router.admits(SENT_TO, port, 4 + Router.LASTS_NANOS)).isTrue();
    assertThat(router.admits(SENT_TO, port, 5 + Router.LASTS_NANOS)).isFalse();
    assertThat(router.sends(SENT_TO, 5 + Router.LASTS_NANOS)).isNotEqualTo(port);
  }

  @ParameterizedTest
  @EnumSource(NatKind.class)
  void connection_keepsTheWayOpen_untilItHasBeenOverForAWhile(NatKind kind) {
    Router router = new Router(kind);
    int port = router.sends(SENT_TO, 0);
    router.connected(port, SENT_TO, 0);
    long end = 10 * Router.LASTS_NANOS;
    assertThat(router.admits(SENT_TO, port, end)).isTrue();

    router.disconnected(port, SENT_TO, end);
    assertThat(router.admits(SENT_TO, port, end + Router.LASTS_NANOS - 1)).isTrue();
    assertThat(router.admits(SENT_TO, port, end + Router.LASTS_NANOS)).isFalse();
  }

  @Test
  void endpointThatCameIn_hasNotBeenSentTo_butKeepsTheMapping() {
    Router router = new Router(NatKind.FULL_CONE);
    int port = router.sends(SENT_TO, 0);
    router.connected(port, STRANGER, 1);

    assertThat(router.admits(SAME_HOST, port, 2 * Router.LASTS_NANOS)).isTrue();
  }

  @Test
  void restart_forgetsEverything() {
    Router router = new Router(NatKind.FULL_CONE);
    int port = router.sends(SENT_TO, 0);
    router.restart();

    assertThat(router.admits(SENT_TO, port, 1)).isFalse();
  }

  @ParameterizedTest
  @EnumSource(NatKind.class)
  void manyEndpoints_areForgottenInTime(NatKind kind) {
    Router router = new Router(kind);
    int first = router.sends(SENT_TO, 0);
    long later = Router.LASTS_NANOS;
    for (int host = 100; host < 1100; host++) {
      router.sends(new Remote(host, 9000), later += Router.LASTS_NANOS);
    }
    assertThat(router.contacts()).isLessThan(100);
    assertThat(router.admits(SENT_TO, first, later)).isFalse();
  }
}
