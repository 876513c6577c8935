package dev.waggle.nio;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PollerTest {
  private static final long SAFETY_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final List<AutoCloseable> opened = new ArrayList<>();

  /** The selectors that were asked to wait, each once. */
  private final List<Selector> selectors = new ArrayList<>();

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable open : opened) {
      open.close();
    }
  }

  @Test
  void selectorThatDoesNotWait_isReplacedAndItsChannelsGoOn() throws IOException {
    Poller poller = spinningPoller();
    Pipe pipe = pipe();
    FakeHandler handler = new FakeHandler();
    poller.register(pipe.source(), SelectionKey.OP_READ, handler);
    pipe.sink().write(ByteBuffer.allocate(1));

    for (int i = 0; i < Poller.MAX_IDLE_TURNS; i++) {
      assertThat(selectors).hasSizeLessThanOrEqualTo(1);
      poller.turned(poller.await(SAFETY_NANOS) == 0);
    }
    assertThat(poller.await(SAFETY_NANOS)).isEqualTo(1);

    assertThat(selectors).hasSize(2);
    assertThat(selectors.getFirst().isOpen()).isFalse();
    assertThat(handler.heard).containsExactly("ready");
  }

  @Test
  void interestAfterReplacement_isThatOfTheNewKey() throws IOException {
    Poller poller = poller(Selector::select);
    Pipe pipe = pipe();
    FakeHandler handler = new FakeHandler();
    poller.register(pipe.source(), 0, handler);

    poller.rebuild();
    handler.interest(SelectionKey.OP_READ);
    pipe.sink().write(ByteBuffer.allocate(1));

    assertThat(poller.await(SAFETY_NANOS)).isEqualTo(1);
  }

  @Test
  void turnWithAReason_startsTheCountAgain() throws IOException {
    Poller poller = spinningPoller();

    for (int i = 0; i < 3 * Poller.MAX_IDLE_TURNS; i++) {
      poller.await(SAFETY_NANOS);
      poller.turned(i % 100 != 0);
    }

    assertThat(selectors).hasSize(1);
  }

  @Test
  void interruptedThread_isNoFaultOfTheSelector() throws IOException {
    Poller poller = poller(Selector::select);

    for (int i = 0; i < 2 * Poller.MAX_IDLE_TURNS; i++) {
      Thread.currentThread().interrupt();
      poller.turned(poller.await(SAFETY_NANOS) == 0);
      assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    poller.wakeup();
    poller.await(SAFETY_NANOS);
    assertThat(selectors).hasSize(1);
  }

  @Test
  void handlerThatThrows_hearsOfItAndDisturbsNoOther() throws IOException {
    Poller poller = poller(Selector::select);
    List<FakeHandler> handlers = List.of(readable(poller), readable(poller), readable(poller));
    handlers.get(1).whenReady =
        () -> {
          throw new IllegalStateException("thrown by a test");
        };

    poller.poll();

    assertThat(handlers.get(0).heard).containsExactly("ready");
    assertThat(handlers.get(1).heard).containsExactly("ready", "failed: thrown by a test");
    assertThat(handlers.get(2).heard).containsExactly("ready");
  }

  @Test
  void handlerClosedByAnotherInTheSameTurn_isNotCalled() throws IOException {
    Poller poller = poller(Selector::select);
    Pipe[] pipes = {pipe(), pipe()};
    FakeHandler[] handlers = {new FakeHandler(), new FakeHandler()};
    for (int i = 0; i < 2; i++) {
      Pipe other = pipes[1 - i];
      handlers[i].whenReady = () -> close(other);
      poller.register(pipes[i].source(), SelectionKey.OP_READ, handlers[i]);
      pipes[i].sink().write(ByteBuffer.allocate(1));
    }

    poller.poll();

    assertThat(handlers[0].heard.size() + handlers[1].heard.size()).isEqualTo(1);
  }

  /** Its first selector never waits. */
  private Poller spinningPoller() throws IOException {
    return poller(
        (selector, dispatch, timeoutMillis) ->
            selectors.size() == 1 ? 0 : selector.select(dispatch, timeoutMillis));
  }

  private Poller poller(Poller.Waiting waiting) throws IOException {
    Poller poller =
        new Poller(
            (selector, dispatch, timeoutMillis) -> {
              if (!selectors.contains(selector)) {
                selectors.add(selector);
              }
              return waiting.select(selector, dispatch, timeoutMillis);
            });
    opened.add(poller);
    return poller;
  }

  private FakeHandler readable(Poller poller) throws IOException {
    Pipe pipe = pipe();
    FakeHandler handler = new FakeHandler();
    poller.register(pipe.source(), SelectionKey.OP_READ, handler);
    pipe.sink().write(ByteBuffer.allocate(1));
    return handler;
  }

  private Pipe pipe() throws IOException {
    Pipe pipe = Pipe.open();
    pipe.source().configureBlocking(false);
    opened.add(pipe.source());
    opened.add(pipe.sink());
    return pipe;
  }

  private static void close(Pipe pipe) {
    try {
      pipe.source().close();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
