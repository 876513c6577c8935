package dev.waggle.node.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.ports.Endpoint;
import dev.waggle.ports.testkit.transport.OpenFiles;
import dev.waggle.ports.transport.CloseReason;
import dev.waggle.ports.transport.CloseReason.Cause;
import dev.waggle.ports.transport.Transport;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of the dials that have not won, or are not wanted any more. */
@ParameterizedClass
@EnumSource
@Timeout(120)
@Tag("long")
class RacingDialEndTest extends RacingDialFixture {
  /** The worst case: both are open before one of them is asked. */
  @Test
  void addressesThatConnectInTheSameMoment_makeOneLink_andTheLoserHasSentNothing()
      throws Exception {
    ServerSocket one = listening(LISTENING, 0);
    ServerSocket other = listening(nobody(2), one.getLocalPort());
    WatchedTransport transport = watched();
    CyclicBarrier both = new CyclicBarrier(2);
    transport.onOpen = () -> awaitAll(both);

    for (int i = 0; i < 4; i++) {
      dial(transport, names(LISTENING, nobody(2)), one, ENOUGH);

      try (Socket atOne = one.accept();
          Socket atOther = other.accept()) {
        CompletableFuture<Integer> first = firstByte(atOne);
        CompletableFuture<Integer> second = firstByte(atOther);
        int ends = 0;
        for (CompletableFuture<Integer> byteOrEnd : List.of(first, second)) {
          ends += byteOrEnd.get(60, TimeUnit.SECONDS) < 0 ? 1 : 0;
        }
        assertThat(ends).as("connections that ended without a byte").isEqualTo(1);
      }
      assertThat(owner.told().cause()).isIn(Cause.REMOTE, Cause.RESET);
      assertThat(owner.sessions).isEqualTo(i + 1);
    }
  }

  @Test
  void dialGivenUpAsItConnects_isClosedAndHasSentNothing() throws Exception {
    ServerSocket listening = listening(LISTENING, 0);
    WatchedTransport transport = watched();
    RacingDial dial = racing(transport, ENOUGH);
    transport.onOpen = dial::giveUp;

    dial.begin(at(listening), names(LISTENING));

    assertThat(owner.told()).isEqualTo(CloseReason.of(Cause.CANCELLED));
    try (Socket accepted = listening.accept()) {
      assertThat(accepted.getInputStream().read()).isNegative();
    }
    assertThat(owner.sessions).isZero();
  }

  @Test
  void dialGivenUp_closesAllThatIsUnderWay() throws Exception {
    int port = freePort();
    blackHole(2, port);
    blackHole(3, port);
    WatchedTransport transport = watched();
    RacingDial dial = dial(transport, names(nobody(2), nobody(3)), port, ENOUGH);
    transport.dialled.take();
    transport.dialled.take();

    dial.giveUp();
    dial.giveUp();

    assertThat(owner.told()).isEqualTo(CloseReason.of(Cause.CANCELLED));
    assertThat(transport.closed.take().cause()).isEqualTo(Cause.CANCELLED);
    assertThat(transport.closed.take().cause()).isEqualTo(Cause.CANCELLED);
    assertThat(ended.take()).isSameAs(dial);
  }

  /** The transport has not said yet by what the dial can be cancelled. */
  @Test
  void dialGivenUpWhileItBegins_isCancelled() throws Exception {
    int port = freePort();
    blackHole(2, port);
    WatchedTransport transport = watched();
    RacingDial dial = racing(transport, ENOUGH);
    transport.onDial = dial::giveUp;

    dial.begin(new Endpoint("several.example", port), names(nobody(2), nobody(3)));

    assertThat(owner.told()).isEqualTo(CloseReason.of(Cause.CANCELLED));
    assertThat(transport.closed.take().cause()).isEqualTo(Cause.CANCELLED);
    assertThat(transport.dialled()).hasSize(1);
  }

  @Test
  void dialGivenUpDuringTheLookUp_isOverAtOnce() throws Exception {
    CountDownLatch nameServerIsBack = new CountDownLatch(1);
    WatchedTransport transport = watched();
    RacingDial dial = racing(transport, ENOUGH);
    dial.begin(
        SEVERAL,
        resolver(
            name -> {
              awaitOpen(nameServerIsBack);
              throw new UnknownHostException(name);
            }));

    dial.giveUp();

    assertThat(owner.told()).isEqualTo(CloseReason.of(Cause.CANCELLED));
    assertThat(ended.take()).isSameAs(dial);
    nameServerIsBack.countDown();
  }

  @Test
  void transportClosedDuringARace_endsItOnce() throws Exception {
    int port = freePort();
    blackHole(2, port);
    blackHole(3, port);
    WatchedTransport transport = watched();
    dial(transport, names(nobodies(8, LISTENING)), port, ENOUGH);
    transport.dialled.take();
    transport.dialled.take();

    transport.close();

    assertThat(owner.told().cause()).isEqualTo(Cause.SHUTDOWN);
    assertThat(transport.dialled()).isEmpty();
    assertThat(ended).hasSize(1);
  }

  @Test
  void linkThatHasWon_isNotGivenUpWithItsDial() throws Exception {
    ServerSocket listening = listening(LISTENING, 0);
    RacingDial dial = dial(watched(), names(LISTENING), listening, ENOUGH);
    assertThat(ended.take()).isSameAs(dial);

    dial.giveUp();

    assertOffered(listening);
  }

  @Test
  void sessionThatCannotBegin_isAFailedDial() throws Exception {
    ServerSocket listening = listening(LISTENING, 0);
    owner.fails = true;

    dial(watched(), names(LISTENING), listening, ENOUGH);

    assertThat(owner.told())
        .hasToString("failed: java.lang.IllegalStateException: thrown by a test");
  }

  /** Whoever wins, is given up, or runs out of time. */
  @Test
  void races_leaveNoFiles() throws Exception {
    ServerSocket listening = listening(LISTENING, 0);
    blackHole(2, listening);
    blackHole(3, listening);
    Transport transport = watched();
    NameResolver winning = names(nobody(2), LISTENING);
    NameResolver losing = names(nobody(2), nobody(3));
    race(transport, winning, losing, listening);
    int filesBefore = OpenFiles.count();

    for (int i = 0; i < 3; i++) {
      race(transport, winning, losing, listening);
    }

    OpenFiles.awaitAtMost(filesBefore);
  }

  private void race(
      Transport transport, NameResolver winning, NameResolver losing, ServerSocket listening)
      throws Exception {
    for (int i = 0; i < 4; i++) {
      dial(transport, winning, listening, ENOUGH);
      dial(transport, losing, listening, Duration.ofMillis(1));
      dial(transport, losing, listening, ENOUGH).giveUp();
    }
    for (int i = 0; i < 4; i++) {
      listening.accept().close();
    }
    for (int i = 0; i < 12; i++) {
      assertThat(owner.told().cause())
          .isIn(Cause.REMOTE, Cause.RESET, Cause.TIMED_OUT, Cause.CANCELLED);
    }
  }
}
