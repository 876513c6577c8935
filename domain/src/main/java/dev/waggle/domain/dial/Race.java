package dev.waggle.domain.dial;

import dev.waggle.ports.Endpoint;
import dev.waggle.ports.transport.CloseReason;
import dev.waggle.ports.transport.CloseReason.Cause;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * The race between the addresses of one endpoint (PROTOCOL §9.1, RFC 8305 §5): which is dialled
 * when, which connection is kept, and why there is none in the end.
 *
 * <pre>
 * LookingUp --resolved-->   Running   there are addresses
 * LookingUp --resolved-->   Lost      there are none
 * Running   --opened-->     Won       the first connection that stands
 * Running   --failed-->     Running   others are under way, or have not been tried
 * Running   --failed-->     Lost      that was the last one, or the transport is closed
 * LookingUp --timePassed--> Lost      the time is over
 * Running   --timePassed--> Lost      the time is over
 * LookingUp --givenUp-->    Lost
 * Running   --givenUp-->    Lost
 * </pre>
 *
 * Nothing leads out of Won and Lost: what comes then was under way when the race was decided, and
 * changes nothing. Any other transition is a bug of the caller and throws.
 *
 * <p>The next address is dialled {@link #ATTEMPT_DELAY} after the one before, or as soon as that
 * has failed. If all fail, the reason is that of the attempt that tells most: that the network has
 * no way there tells less than that nobody answered, this less than a refusal, which a machine that
 * is there has sent; and most tells what lies with this machine, such as that it has no sockets.
 *
 * <p>After each event its owner asks {@link #next} whom to dial, and calls {@link #timePassed} at
 * {@link #wakeNanos}. Times are compared by difference.
 */
public final class Race {
  /**
   * How long an attempt may go on before the next address is tried besides: what RFC 8305 §5
   * recommends, longer than most round trips on earth.
   */
  public static final Duration ATTEMPT_DELAY = Duration.ofMillis(250);

  private static final CloseReason UNKNOWN_NAME =
      new CloseReason(Cause.UNREACHABLE, "the name does not resolve");

  /** How far a race has come. */
  public sealed interface State {}

  /** The addresses are not known yet. */
  public record LookingUp() implements State {}

  /** Addresses are dialled. */
  public record Running() implements State {}

  /** One has connected; the others are to be given up. */
  public record Won() implements State {}

  /** None has connected; those that are under way are to be given up. */
  public record Lost(CloseReason why) implements State {}

  private final long deadlineNanos;
  private final Queue<Endpoint> untried = new ArrayDeque<>();
  private State state = new LookingUp();
  private CloseReason failure = UNKNOWN_NAME;
  private int underWay;
  private long nextStartNanos;

  /** A race that is over at {@code deadlineNanos}, the look-up of the name included. */
  public Race(long deadlineNanos) {
    this.deadlineNanos = deadlineNanos;
  }

  public State state() {
    return state;
  }

  /** Whether it is won or lost. */
  public boolean isOver() {
    return switch (state) {
      case LookingUp _, Running _ -> false;
      case Won _, Lost _ -> true;
    };
  }

  /**
   * The addresses are known.
   *
   * @param addresses IP literals with the port to dial, in the resolver's order; none if the name
   *     has none
   */
  public void resolved(List<Endpoint> addresses, long nowNanos) {
    switch (state) {
      case LookingUp _ -> {
        untried.addAll(AddressOrder.of(addresses));
        nextStartNanos = nowNanos;
        state = new Running();
        loseIfNothingIsLeft();
        timePassed(nowNanos);
      }
      case Running _ -> throw unexpected("resolved");
      case Won _, Lost _ -> {}
    }
  }

  /**
   * The address to dial now, or null. It counts as under way from then on.
   *
   * @param nowNanos that of the event before
   */
  public @Nullable Endpoint next(long nowNanos) {
    return switch (state) {
      case Running _ -> {
        Endpoint address = nowNanos - nextStartNanos >= 0 ? untried.poll() : null;
        if (address != null) {
          underWay++;
          nextStartNanos = nowNanos + ATTEMPT_DELAY.toNanos();
        }
        yield address;
      }
      case LookingUp _, Won _, Lost _ -> null;
    };
  }

  /**
   * A connection stands.
   *
   * @return whether it has won; if not, it must be closed without having sent a byte
   */
  public boolean opened() {
    return switch (state) {
      case Running _ -> {
        state = new Won();
        yield true;
      }
      case LookingUp _ -> throw unexpected("opened");
      case Won _, Lost _ -> false;
    };
  }

  /** A connection could not be made. */
  public void failed(CloseReason why, long nowNanos) {
    switch (state) {
      case Running _ -> {
        underWay--;
        nextStartNanos = nowNanos;
        failure = moreTelling(failure, why);
        if (why.cause() == Cause.SHUTDOWN) {
          state = new Lost(why); // A transport that is closed reaches no other address either.
        } else {
          loseIfNothingIsLeft();
          timePassed(nowNanos);
        }
      }
      case LookingUp _ -> throw unexpected("failed");
      case Won _, Lost _ -> {}
    }
  }

  public void timePassed(long nowNanos) {
    if (nowNanos - deadlineNanos >= 0) {
      givenUp(moreTelling(failure, CloseReason.of(Cause.TIMED_OUT)));
    }
  }

  /** Nobody wants the connection any more. */
  public void givenUp(CloseReason why) {
    switch (state) {
      case LookingUp _, Running _ -> state = new Lost(why);
      case Won _, Lost _ -> {}
    }
  }

  /** When to call {@link #timePassed}. */
  public long wakeNanos() {
    boolean nextIsSooner = !untried.isEmpty() && nextStartNanos - deadlineNanos < 0;
    return nextIsSooner ? nextStartNanos : deadlineNanos;
  }

  /** How long a connection may take that is dialled now. */
  public Duration left(long nowNanos) {
    return Duration.ofNanos(deadlineNanos - nowNanos);
  }

  private void loseIfNothingIsLeft() {
    if (untried.isEmpty() && underWay == 0) {
      state = new Lost(failure);
    }
  }

  /** The later of equal ones. */
  private static CloseReason moreTelling(CloseReason earlier, CloseReason later) {
    return telling(earlier.cause()) > telling(later.cause()) ? earlier : later;
  }

  private static int telling(Cause cause) {
    return switch (cause) {
      case UNREACHABLE -> 0;
      case TIMED_OUT -> 1;
      case REFUSED -> 2;
      case FAILED, LOCAL, REMOTE, RESET, OVERFLOW, CANCELLED, SHUTDOWN -> 3;
    };
  }

  private IllegalStateException unexpected(String event) {
    return new IllegalStateException(event + " while " + state);
  }
}
