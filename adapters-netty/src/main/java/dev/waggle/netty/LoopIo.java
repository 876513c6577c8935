package dev.waggle.netty;

import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoRegistration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The I/O of one event loop, out of which no error comes. Netty ends a loop for one, and leaves its
 * channels open with nobody to serve, or even to close, them; so the owner of the transport is told
 * instead, and the loop goes on, for the transport must be closed.
 *
 * <p>Netty calls this once a turn, after the loop's tasks. So this is where the {@link EndOfTurn}
 * is, and where a loop may look again before it sleeps, whatever serves its sockets: {@link
 * Spinning}.
 */
final class LoopIo implements IoHandler {
  /** How long a loop waits after an error, which might come again: it must not burn a processor. */
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private static final System.Logger LOG = System.getLogger(LoopIo.class.getName());

  private final IoHandler inner;
  private final Failure failure;
  private final Spinning spinning = new Spinning(System.nanoTime());
  private boolean wasBusy;
  private @Nullable WithoutBlocking withoutBlocking;

  LoopIo(IoHandler inner, Failure failure) {
    this.inner = inner;
    this.failure = failure;
  }

  @Override
  public int run(IoHandlerContext context) {
    try {
      boolean sent = EndOfTurn.ofThisLoop().run();
      boolean busy = sent || !context.canBlock();
      boolean looksAgain = spinning.mayLookAgain(busy || wasBusy, System.nanoTime());
      int handled = inner.run(looksAgain ? withoutBlocking(context) : context);
      wasBusy = handled > 0;
      return handled;
    } catch (Throwable thrown) {
      failure.fatal(thrown);
      LOG.log(System.Logger.Level.ERROR, "an event loop", thrown);
      LockSupport.parkNanos(PAUSE_NANOS);
      return 0;
    }
  }

  /** Netty has one context for a loop, and a loop that spins needs this often. */
  private WithoutBlocking withoutBlocking(IoHandlerContext context) {
    if (withoutBlocking == null || !withoutBlocking.context().equals(context)) {
      withoutBlocking = new WithoutBlocking(context);
    }
    return withoutBlocking;
  }

  /** Has a loop look at its sockets, and wait for nothing. */
  private record WithoutBlocking(IoHandlerContext context) implements IoHandlerContext {
    @Override
    public boolean canBlock() {
      return false;
    }

    @Override
    public long delayNanos(long currentTimeNanos) {
      return context.delayNanos(currentTimeNanos);
    }

    @Override
    public long deadlineNanos() {
      return context.deadlineNanos();
    }

    @Override
    public void reportActiveIoTime(long activeNanos) {
      context.reportActiveIoTime(activeNanos);
    }

    @Override
    public boolean shouldReportActiveIoTime() {
      return context.shouldReportActiveIoTime();
    }
  }

  @Override
  public void initialize() {
    inner.initialize();
  }

  @Override
  public void prepareToDestroy() {
    inner.prepareToDestroy();
  }

  @Override
  public void destroy() {
    inner.destroy();
  }

  @Override
  public IoRegistration register(IoHandle handle) throws Exception {
    return inner.register(handle);
  }

  @Override
  public void wakeup() {
    inner.wakeup();
  }

  @Override
  public boolean isCompatible(Class<? extends IoHandle> handleType) {
    return inner.isCompatible(handleType);
  }
}
