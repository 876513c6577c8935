package dev.waggle.nio;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EventLoopTest {
  private static final Logger QUIET = Logger.getLogger("dev.waggle.nio");

  static {
    QUIET.setLevel(Level.OFF); // tasks throw on purpose
  }

  private final CompletableFuture<Throwable> told = new CompletableFuture<>();
  private EventLoop loop;

  @BeforeEach
  void start() throws IOException {
    loop = new EventLoop("waggle-nio-test", told);
    loop.start();
  }

  @AfterEach
  void end() throws InterruptedException {
    loop.shutDown();
    loop.awaitEnd(Duration.ofSeconds(60));
  }

  @Test
  void taskThatThrows_doesNotEndTheLoop() throws Exception {
    loop.add(
        () -> {
          throw new StackOverflowError("thrown by a test");
        });

    assertThat(call(loop::inLoop)).isTrue();
    assertThat(loop.inLoop()).isFalse();
  }

  @Test
  void endOfTurn_comesOnceBehindAllTasksOfTheTurn() throws Exception {
    FakeHandler handler = new FakeHandler();
    Runnable first =
        () -> {
          loop.atEndOfTurn(handler);
          handler.heard.add("first task");
        };
    Runnable second = () -> handler.heard.add("second task");

    // What a task hands over comes in the next turn, so these two come in the same one.
    loop.add(
        () -> {
          loop.add(first);
          loop.add(second);
        });

    List<String> heard = call(() -> List.copyOf(handler.heard));
    while (!heard.contains("turnEnds")) {
      heard = call(() -> List.copyOf(handler.heard));
    }

    assertThat(heard).containsExactly("first task", "second task", "turnEnds");
  }

  @Test
  void handlerThatThrowsAtEndOfTurn_hearsOfIt() throws Exception {
    CompletableFuture<String> failure = new CompletableFuture<>();
    loop.add(
        () ->
            loop.atEndOfTurn(
                new FakeHandler() {
                  @Override
                  void turnEnds() {
                    throw new IllegalStateException("thrown by a test");
                  }

                  @Override
                  void failed(Throwable cause) {
                    failure.complete(cause.getMessage());
                  }
                }));

    assertThat(failure.get(60, TimeUnit.SECONDS)).isEqualTo("thrown by a test");
  }

  @Test
  void errorOfTimer_isToldAndTheLoopGoesOn() throws Exception {
    Error error = new StackOverflowError("thrown by a test");

    loop.add(
        () ->
            loop.schedule(
                0,
                () -> {
                  throw error;
                }));

    assertThat(told.get(60, TimeUnit.SECONDS)).isSameAs(error);
    assertThat(call(loop::inLoop)).isTrue();
  }

  @Test
  void turnThatFailsAsAWhole_isToldAndTheLoopGoesOn() throws Exception {
    RuntimeException bug = new IllegalStateException("thrown by a test");
    FakeHandler handler =
        new FakeHandler() {
          @Override
          void turnEnds() {
            throw bug;
          }

          @Override
          void failed(Throwable cause) {
            throw bug;
          }
        };

    loop.add(() -> loop.atEndOfTurn(handler));

    assertThat(told.get(60, TimeUnit.SECONDS)).isSameAs(bug);
    assertThat(call(loop::inLoop)).isTrue();
  }

  @Test
  void timerOfSleepingLoop_expires() throws Exception {
    CompletableFuture<Boolean> expired = new CompletableFuture<>();

    loop.add(() -> loop.schedule(1_000_000, () -> expired.complete(loop.inLoop())));

    assertThat(expired.get(60, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void readBuffer_forgetsWhatItsLastUserDidToIt() throws Exception {
    call(() -> loop.readBuffer().order(ByteOrder.LITTLE_ENDIAN).position(7).limit(9));

    assertThat(call(() -> loop.readBuffer().order())).isEqualTo(ByteOrder.BIG_ENDIAN);
    assertThat(call(() -> loop.readBuffer().remaining())).isEqualTo(EventLoop.READ_BYTES);
  }

  @Test
  void loopThatShutsDown_endsWhenItsLastMemberHasLeft() throws Exception {
    FakeHandler handler = new FakeHandler();
    List<Boolean> closing = new ArrayList<>();
    handler.whenShutDown = () -> closing.add(loop.closing());
    loop.add(() -> loop.join(handler));

    loop.shutDown();
    assertThat(call(() -> List.copyOf(closing))).containsExactly(true);
    loop.add(() -> loop.leave(handler));
    loop.awaitEnd(Duration.ofSeconds(60));

    assertThat(loop.add(() -> {})).isFalse();
  }

  private <T> T call(Supplier<T> code) throws Exception {
    CompletableFuture<T> result = new CompletableFuture<>();
    assertThat(loop.add(() -> result.complete(code.get()))).isTrue();
    return result.get(60, TimeUnit.SECONDS);
  }
}
