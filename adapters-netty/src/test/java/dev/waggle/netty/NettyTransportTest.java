package dev.waggle.netty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.ports.Endpoint;
import dev.waggle.ports.testkit.transport.RecordingListener;
import dev.waggle.ports.transport.CloseReason.Cause;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.nio.NioIoOps;
import io.netty.channel.nio.NioSelectableChannelIoHandle;
import io.netty.util.concurrent.Future;
import io.netty.util.internal.ThreadExecutorMap;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the contract does not say, for it is this adapter's own. */
@Timeout(120)
@SuppressWarnings("FutureReturnValueIgnored") // a registration reports to its listener
class NettyTransportTest {
  private static final Endpoint LOOPBACK = new Endpoint("127.0.0.1", 0);
  private static final Duration SAFETY = Duration.ofSeconds(60);

  /** The error is thrown on purpose. */
  private static final Logger QUIET = Logger.getLogger("dev.waggle.netty");

  private final Error error = new StackOverflowError("thrown by a test");

  @BeforeAll
  static void beQuiet() {
    QUIET.setLevel(Level.OFF);
  }

  @Test
  void errorOutOfNetty_isToldAndTheLoopCanStillBeClosed() throws Exception {
    CompletableFuture<Throwable> told = new CompletableFuture<>();
    RecordingListener dialler = new RecordingListener();
    RecordingListener acceptor = new RecordingListener();
    try (NettyTransport transport = new NettyTransport(NettyIo.NIO, 1)) {
      var _ = transport.failure().thenAccept(told::complete);
      transport.dial(transport.listen(LOOPBACK, remote -> acceptor), SAFETY, dialler);
      acceptor.connection();

      dialler.connection().execute(this::throwInThisLoop);
      assertThat(told.get(60, TimeUnit.SECONDS)).isSameAs(error);
      dialler.settle();
    }
    assertThat(dialler.wasClosed()).isTrue();
    assertThat(dialler.closed().cause()).isEqualTo(Cause.SHUTDOWN);
    assertThat(acceptor.wasClosed()).isTrue();
  }

  /** An error of a channel that is not ours comes out of Netty's own code. */
  private void throwInThisLoop() {
    try {
      Pipe pipe = Pipe.open();
      pipe.source().configureBlocking(false);
      pipe.sink().write(ByteBuffer.allocate(1));
      IoEventLoop loop = (IoEventLoop) Objects.requireNonNull(ThreadExecutorMap.currentExecutor());
      loop.register(new Throwing(pipe.source()))
          .addListener((Future<IoRegistration> done) -> done.getNow().submit(NioIoOps.READ));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What no channel of Netty's does. */
  private final class Throwing extends NioSelectableChannelIoHandle<Pipe.SourceChannel> {
    Throwing(Pipe.SourceChannel channel) {
      super(channel);
    }

    @Override
    protected void handle(Pipe.SourceChannel channel, SelectionKey key) {
      key.cancel();
      throw error;
    }

    @Override
    public void close() throws IOException {
      selectableChannel().close();
    }
  }
}
