package dev.waggle.node.runtime;

import dev.waggle.domain.dial.Race;
import dev.waggle.domain.session.Session;
import dev.waggle.domain.session.SessionAgreement;
import dev.waggle.ports.Endpoint;
import dev.waggle.ports.transport.CloseReason;
import dev.waggle.ports.transport.CloseReason.Cause;
import dev.waggle.ports.transport.Connection;
import dev.waggle.ports.transport.Transport;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One dial of an endpoint: has its name looked up, and its addresses dialled as a {@link Race}
 * says. Its owner begins a session on the connection that wins, and hears of nothing else; or only
 * of the failure, once.
 *
 * <p>The race decides under its own lock, on whatever thread something happens to it; what follows
 * is done outside of the lock. A connection is asked for its place before it has a session, on its
 * own I/O thread: so the losers, which are closed, have sent nothing.
 */
final class RacingDial {
  private static final CloseReason TOO_LATE = CloseReason.local("another address was faster");

  private final Connector connector;
  private final LinkServices services;
  private final LinkOwner owner;
  private final Consumer<RacingDial> whenOver;

  // Guarded by the race.
  private final Race race;
  private final Set<Contender> underWay = new LinkedHashSet<>();
  private Runnable stopLookUp = () -> {};
  private Runnable cancelWakeUp = () -> {};

  /**
   * A dial that has not begun.
   *
   * @param connector how the connections come to be
   * @param limit for the connection to stand, the look-up included
   * @param whenOver hears that it has led to a connection, or failed; called on any thread
   */
  RacingDial(
      Connector connector,
      Duration limit,
      LinkServices services,
      LinkOwner owner,
      Consumer<RacingDial> whenOver) {
    this.connector = connector;
    this.services = services;
    this.owner = owner;
    this.whenOver = whenOver;
    this.race = new Race(services.nanoTime() + limit.toNanos());
  }

  // Any thread.

  void begin(Endpoint remote, NameResolver names) {
    step(_ -> {}); // So that the time runs during the look-up.
    Runnable stop = names.resolve(remote, found -> step(now -> race.resolved(found, now)));
    boolean isOver;
    synchronized (race) {
      stopLookUp = stop;
      isOver = race.isOver();
    }
    if (isOver) {
      stop.run();
    }
  }

  /** Closes what is under way; without effect if there is a connection, or none will come. */
  void giveUp() {
    step(_ -> race.givenUp(CloseReason.of(Cause.CANCELLED)));
  }

  /** Something happens to the race, unless it is over, and then all that follows from it. */
  private void step(LongConsumer event) {
    Contender next;
    Race.State state;
    List<Contender> losers = List.of();
    synchronized (race) {
      if (race.isOver()) {
        return;
      }
      long now = services.nanoTime();
      event.accept(now);
      next = next(now);
      state = race.state();
      cancelWakeUp.run();
      if (race.isOver()) {
        losers = List.copyOf(underWay);
        underWay.clear();
      } else {
        cancelWakeUp = services.schedule(race.wakeNanos() - now, () -> step(race::timePassed));
      }
    }
    losers.forEach(Contender::abandon);
    switch (state) {
      case Race.LookingUp _, Race.Running _ -> {
        if (next != null) {
          next.dial();
        }
      }
      case Race.Won _ -> over();
      case Race.Lost(CloseReason why) -> {
        over();
        owner.closed(null, why);
      }
    }
  }

  private @Nullable Contender next(long now) {
    Endpoint address = race.next(now);
    if (address == null) {
      return null;
    }
    Contender next = new Contender(address, race.left(now));
    underWay.add(next);
    return next;
  }

  private void over() {
    Runnable stop;
    synchronized (race) {
      stop = stopLookUp;
    }
    stop.run();
    whenOver.accept(this);
  }

  /** An address that is dialled, and the owner's deputy until it has won. */
  private final class Contender implements LinkOwner {
    private final Endpoint address;
    private final Duration limit;

    // Guarded by the race.
    private Transport.@Nullable Dial dial;
    private boolean abandoned;

    /** The I/O thread's. */
    private boolean won;

    Contender(Endpoint address, Duration limit) {
      this.address = address;
      this.limit = limit;
    }

    /** Whoever loses the race before this is called, or while it is, is given up here. */
    void dial() {
      synchronized (race) {
        if (abandoned) {
          return;
        }
      }
      Transport.Dial begun;
      try {
        begun = connector.dial(address, limit, new LinkListener(this, services));
      } catch (Throwable thrown) {
        services.caught(thrown);
        failed(new CloseReason(Cause.FAILED, thrown.toString()));
        return;
      }
      boolean late;
      synchronized (race) {
        dial = begun;
        late = abandoned;
      }
      if (late) {
        cancel(begun);
      }
    }

    void abandon() {
      Transport.Dial begun;
      synchronized (race) {
        abandoned = true;
        begun = dial;
      }
      if (begun != null) {
        cancel(begun);
      }
    }

    /** Should it throw, the others and the owner hear all the same what they are to hear. */
    private void cancel(Transport.Dial begun) {
      try {
        begun.cancel();
      } catch (Throwable thrown) {
        services.caught(thrown);
      }
    }

    private void failed(CloseReason why) {
      step(
          now -> {
            if (underWay.remove(this)) {
              race.failed(why, now);
            }
          });
    }

    @Override
    public @Nullable Session beginSession(Connection opened) {
      step(_ -> won = underWay.remove(this) && race.opened());
      if (!won) {
        opened.close(TOO_LATE);
        return null;
      }
      return owner.beginSession(opened);
    }

    @Override
    public void closed(@Nullable Link link, CloseReason why) {
      if (won) {
        owner.closed(link, why);
      } else {
        failed(why);
      }
    }

    @Override
    public boolean isChosen() {
      return owner.isChosen();
    }

    @Override
    public boolean compute(PooledWork work) {
      return owner.compute(work);
    }

    @Override
    public void established(Link link, SessionAgreement agreement) {
      owner.established(link, agreement);
    }
  }
}
