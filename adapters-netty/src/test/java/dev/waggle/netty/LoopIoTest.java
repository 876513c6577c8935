package dev.waggle.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoRegistration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoopIoTest {
  private final Sockets sockets = new Sockets();
  private final Failure failure = new Failure();
  private final LoopIo handler = new LoopIo(sockets, failure);
  private final Loop loop = new Loop();

  @Test
  void whatWasWritten_isSentBeforeSocketsAreLookedAt() {
    List<String> order = new ArrayList<>();
    EndOfTurn.ofThisLoop().add(() -> order.add("sent"));
    sockets.look = () -> order.add("looked");

    handler.run(loop);
    handler.run(loop);

    assertThat(order).containsExactly("sent", "looked", "looked");
  }

  @Test
  void whatSendingWrites_waitsForTheNextTurn_andIsNotWaitedFor() {
    idle();
    List<String> order = new ArrayList<>();
    EndOfTurn.ofThisLoop()
        .add(
            () -> {
              order.add("first");
              EndOfTurn.ofThisLoop().add(() -> order.add("second"));
            });

    handler.run(loop);
    assertThat(order).containsExactly("first");
    assertThat(sockets.mayWait).isFalse();
    handler.run(loop);
    assertThat(order).containsExactly("first", "second");
  }

  /** How long it looks before that, is a matter of the clock. */
  @Test
  void idleLoop_waitsInTheEnd_butNotAtOnceBehindSomethingToDo() {
    idle();
    sockets.handled = 1;
    handler.run(loop);
    sockets.handled = 0;
    handler.run(loop);
    assertThat(sockets.mayWait).isFalse();

    idle();
    assertThat(sockets.mayWait).isTrue();
  }

  /** Its own context says so in the turn with the tasks, but not in the next one. */
  @Test
  void loopThatHadTasks_looksAgain() {
    int attempts = 0;
    do { // until the clock lets it: its turns may be long apart
      idle();
      loop.canBlock = false;
      handler.run(loop);
      loop.canBlock = true;
      handler.run(loop);
    } while (sockets.mayWait && ++attempts < 1_000);

    assertThat(sockets.mayWait).isFalse();
  }

  @Test
  void error_isTheTransports_andTheLoopGoesOn() {
    sockets.look =
        () -> {
          throw new StackOverflowError();
        };

    assertThat(handler.run(loop)).isZero();
    assertThat(failure.first().toCompletableFuture()).isCompleted();
  }

  private void idle() {
    do {
      handler.run(loop);
    } while (!sockets.mayWait);
  }

  private static final class Loop implements IoHandlerContext {
    private boolean canBlock = true;

    @Override
    public boolean canBlock() {
      return canBlock;
    }

    @Override
    public long delayNanos(long currentTimeNanos) {
      return 0;
    }

    @Override
    public long deadlineNanos() {
      return -1;
    }
  }

  private static final class Sockets implements IoHandler {
    private Runnable look = () -> {};
    private int handled;
    private boolean mayWait;

    @Override
    public int run(IoHandlerContext context) {
      look.run();
      mayWait = context.canBlock();
      return handled;
    }

    @Override
    public IoRegistration register(IoHandle handle) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void wakeup() {}

    @Override
    public boolean isCompatible(Class<? extends IoHandle> handleType) {
      return false;
    }
  }
}
