package dev.waggle.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.waggle.ports.testkit.transport.RecordedLog;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ListeningFailuresTest {
  private final RecordedLog log = new RecordedLog(ListeningFailures.class);
  private final Failure failure = new Failure();
  private final EmbeddedChannel channel = new EmbeddedChannel(new ListeningFailures(failure));

  @AfterEach
  void end() {
    log.close();
    var _ = channel.close();
  }

  @Test
  void failureToAccept_doesNotReachNettysOwnWarning() {
    failToAccept();

    assertThatCode(channel::checkException).doesNotThrowAnyException();
  }

  @Test
  void failureToAccept_pausesAndGoesOn() {
    failToAccept();
    assertThat(channel.config().isAutoRead()).isFalse();

    pauseIsOver();

    assertThat(channel.config().isAutoRead()).isTrue();
  }

  @Test
  void failuresWithinAMinute_areSaidOnce_whateverIsAcceptedBetweenThem() {
    for (int i = 0; i < 5; i++) {
      failToAccept();
      pauseIsOver();
      channel.pipeline().fireChannelRead("a connection").fireChannelReadComplete();
    }
    assertThat(log.warnings()).hasSize(1);

    channel.advanceTimeBy(ListeningFailures.SILENCE_NANOS, TimeUnit.NANOSECONDS);
    failToAccept();
    assertThat(log.warnings()).hasSize(2);
  }

  @Test
  void error_isTold() {
    CompletableFuture<Throwable> told = new CompletableFuture<>();
    var _ = failure.first().thenAccept(told::complete);
    Error error = new OutOfMemoryError("thrown by a test");

    channel.pipeline().fireExceptionCaught(error);

    assertThat(told).isCompletedWithValue(error);
  }

  private void failToAccept() {
    channel.pipeline().fireExceptionCaught(new IOException("Too many open files"));
  }

  private void pauseIsOver() {
    channel.advanceTimeBy(ListeningFailures.PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    channel.runScheduledPendingTasks();
  }
}
