package dev.waggle.cli.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EventStreamTest {
  private static final InstantSource CLOCK = InstantSource.fixed(Instant.ofEpochMilli(5));

  @Test
  void everyEvent_isALineThatIsFlushedAtOnce() throws InterruptedException {
    BlockingQueue<String> flushed = new LinkedBlockingQueue<>();
    OutputStream out =
        new ByteArrayOutputStream() {
          @Override
          public void flush() {
            flushed.add(toString(StandardCharsets.UTF_8));
            reset();
          }
        };
    try (EventStream stream = EventStream.start(out, CLOCK)) {
      stream.accept(new Event.StoreFailed("a"));
      assertThat(flushed.poll(30, TimeUnit.SECONDS))
          .isEqualTo("{\"event\":\"store-failed\",\"at\":5,\"why\":\"a\"}\n");
      stream.accept(new Event.StoreFailed("b"));
      assertThat(flushed.poll(30, TimeUnit.SECONDS))
          .isEqualTo("{\"event\":\"store-failed\",\"at\":5,\"why\":\"b\"}\n");
    }
  }

  @Test
  void close_writesWhatIsQueued() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (EventStream stream = EventStream.start(out, CLOCK)) {
      for (int i = 0; i < 100; i++) {
        stream.accept(new Event.EventsDropped(i));
      }
    }
    assertThat(out.toString(StandardCharsets.UTF_8).lines()).hasSize(100);
  }

  @Test
  void stalledReader_losesEventsAndLearnsHowMany_butBlocksNobody() throws InterruptedException {
    StallingStream out = new StallingStream();
    try (EventStream stream = EventStream.start(out, CLOCK)) {
      stream.accept(new Event.StoreFailed("first"));
      out.stalled.await();
      for (int i = 0; i < EventStream.MAX_QUEUED + 10; i++) {
        stream.accept(new Event.StoreFailed("more"));
      }
      out.resume.countDown();
      out.drained.await();
    }
    assertThat(out.toString(StandardCharsets.UTF_8).lines())
        .hasSize(1 + EventStream.MAX_QUEUED + 1)
        .last()
        .isEqualTo("{\"event\":\"events-dropped\",\"at\":5,\"count\":10}");
  }

  @Test
  void readerThatIsGone_endsTheStreamAndNothingElse() throws InterruptedException {
    CountDownLatch tried = new CountDownLatch(1);
    OutputStream out =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            tried.countDown();
            throw new IOException("Broken pipe");
          }
        };
    EventStream stream = EventStream.start(out, CLOCK);
    stream.accept(new Event.StoreFailed("first"));
    tried.await();
    for (int i = 0; i < EventStream.MAX_QUEUED * 2; i++) {
      stream.accept(new Event.StoreFailed("more"));
    }
    stream.close();
  }

  /** Takes nothing until it is told to. */
  private static final class StallingStream extends ByteArrayOutputStream {
    final CountDownLatch stalled = new CountDownLatch(1);
    final CountDownLatch resume = new CountDownLatch(1);
    final CountDownLatch drained = new CountDownLatch(1 + EventStream.MAX_QUEUED + 1);

    @Override
    public void flush() {
      stalled.countDown();
      try {
        resume.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      drained.countDown();
    }
  }
}
