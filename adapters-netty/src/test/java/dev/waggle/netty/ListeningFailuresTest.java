package dev.waggle.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ListeningFailuresTest {
  private static final Logger LOG = Logger.getLogger(ListeningFailures.class.getName());

  private final List<String> words = new ArrayList<>();
  private final Handler listener =
      new Handler() {
        @Override
        public void publish(LogRecord record) {
          words.add(record.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };
  private final Failure failure = new Failure();
  private final EmbeddedChannel channel = new EmbeddedChannel(new ListeningFailures(failure));

  @BeforeEach
  void listen() {
    LOG.setLevel(Level.WARNING); // whatever others have set above it
    LOG.setUseParentHandlers(false); // accepting fails on purpose
    LOG.addHandler(listener);
  }

  @AfterEach
  void end() {
    LOG.removeHandler(listener);
    LOG.setUseParentHandlers(true);
    LOG.setLevel(null);
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
    assertThat(words).hasSize(1);

    channel.advanceTimeBy(ListeningFailures.SILENCE_NANOS, TimeUnit.NANOSECONDS);
    failToAccept();
    assertThat(words).hasSize(2);
  }

  @Test
  void error_isTold() {
    CompletableFuture<Throwable> told = new CompletableFuture<>();
    failure.whenFailed(told::complete);
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
