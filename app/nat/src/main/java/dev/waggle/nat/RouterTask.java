package dev.waggle.nat;

import dev.waggle.nat.router.Gateway;
import dev.waggle.nat.router.Grants;
import dev.waggle.nat.router.Outcome;
import dev.waggle.nat.router.RouterClient;
import dev.waggle.nat.router.Stop;
import dev.waggle.ports.nat.Mapping;
import dev.waggle.ports.nat.PortMapping;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a port mapped on one router: a state without a mapping and one with.
 *
 * <p>Without: each protocol is tried in its order, then nothing for a minute, and for twice as long
 * after each failure, up to {@link #MAX_BACKOFF}. With: the router is asked each {@link
 * #CHECK_EVERY} whether it still knows, and mapped anew at once if not; renewed at half the
 * lifetime; given up when it refuses, or when the lifetime ends. So whatever a router answers, it
 * is asked at most one round of questions each {@link #MIN_PAUSE}.
 *
 * <p>One thread. Times are nanoseconds of the clock.
 */
final class RouterTask {
  static final Duration MIN_BACKOFF = Duration.ofMinutes(1);
  static final Duration MAX_BACKOFF = Duration.ofMinutes(15);

  /**
   * How long a router's word counts that it shall not be asked again: RFC 6887 §7.4 says 30 min.
   */
  static final Duration MAX_RETRY_AFTER = Duration.ofMinutes(30);

  /** A restarted router is found out so soon; nobody can be dialled meanwhile. */
  static final Duration CHECK_EVERY = Duration.ofMinutes(2);

  static final Duration MIN_PAUSE = Duration.ofSeconds(30);

  private static final Logger LOG = System.getLogger(RouterTask.class.getName());

  /** A mapping, and when something is to be done about it. */
  private record Held(
      RouterClient client, Mapping mapping, long endNanos, long renewNanos, long checkNanos) {
    Held renewedAt(long nanos) {
      return new Held(client, mapping, endNanos, nanos, endNanos);
    }

    Held checkedAt(long nanos) {
      return new Held(client, mapping, endNanos, renewNanos, nanos);
    }
  }

  private final Gateway gateway;
  private final List<RouterClient> clients;
  private final PortMapping.Observer observer;
  private final LongSupplier clock;
  private final Stop stop;
  private @Nullable Held held;
  private String failure = "has not been asked yet";
  private long retryNanos;
  private Duration backoff = Duration.ZERO;

  /**
   * @param clients in the order in which they are tried
   * @param stop after which the observer hears nothing
   */
  RouterTask(
      Gateway gateway,
      List<RouterClient> clients,
      PortMapping.Observer observer,
      LongSupplier clock,
      Stop stop) {
    this.gateway = gateway;
    this.clients = clients;
    this.observer = observer;
    this.clock = clock;
    this.stop = stop;
    this.retryNanos = clock.getAsLong();
  }

  /** Does what is due. */
  void step() {
    Held now = held;
    if (now == null) {
      if (isDue(retryNanos)) {
        acquire();
      }
    } else if (isDue(now.endNanos())) {
      lose("it has not been renewed: the router " + failure);
      acquire();
    } else if (isDue(now.renewNanos())) {
      renew(now);
    } else if (isDue(now.checkNanos())) {
      if (now.client().isUnchanged()) {
        held = now.checkedAt(after(CHECK_EVERY));
      } else if (!stop.isStopped()) {
        renew(now);
      }
    }
  }

  private void acquire() {
    List<String> reasons = new ArrayList<>();
    Duration retryAfter = Duration.ZERO;
    for (RouterClient client : clients) {
      Outcome outcome = client.map();
      if (stop.isStopped()) {
        return;
      }
      switch (outcome) {
        case Outcome.Granted granted -> {
          hold(client, granted);
          return;
        }
        case Outcome.Refused refused -> {
          reasons.add(refused.why() + " (" + client.method().word() + ")");
          retryAfter = longer(retryAfter, shorter(refused.retryAfter(), MAX_RETRY_AFTER));
        }
        case Outcome.Silent silent ->
            reasons.add(silent.why() + " (" + client.method().word() + ")");
      }
    }
    failure = String.join(", ", reasons);
    LOG.log(Level.DEBUG, "The router {0} {1}", gateway.ip(), failure);
    backoff = shorter(longer(backoff.multipliedBy(2), MIN_BACKOFF), MAX_BACKOFF);
    retryNanos = after(longer(backoff, retryAfter));
  }

  private void renew(Held now) {
    Outcome outcome = now.client().map();
    if (stop.isStopped()) {
      return;
    }
    switch (outcome) {
      case Outcome.Granted granted -> hold(now.client(), granted);
      case Outcome.Refused refused -> {
        failure = refused.why() + " (" + now.client().method().word() + ")";
        lose("the router " + refused.why());
        retryNanos = after(MIN_BACKOFF);
      }
      case Outcome.Silent silent -> {
        // Half of what is left each time, as RFC 6887 §11.2.1 has it.
        failure = silent.why();
        Duration left = Duration.ofNanos(now.endNanos() - clock.getAsLong());
        held = now.renewedAt(after(longer(left.dividedBy(2), MIN_PAUSE)));
      }
    }
  }

  private void hold(RouterClient client, Outcome.Granted granted) {
    Mapping mapping =
        new Mapping(client.method(), gateway.ip(), granted.external(), granted.lifetime());
    Held before = held;
    if (before == null || !before.mapping().isSameAs(mapping)) {
      if (before != null) {
        lose("the router gives another one instead");
      }
      if (Grants.isBehindAnotherNat(mapping.external().address())) {
        LOG.log(
            Level.INFO,
            "The router {0} maps to {1}, which is an address behind yet another router: most likely"
                + " nobody can dial it",
            gateway.ip(),
            mapping.external());
      }
    }
    held =
        new Held(
            client,
            mapping,
            after(granted.lifetime()),
            after(granted.lifetime().dividedBy(2)),
            after(CHECK_EVERY));
    backoff = Duration.ZERO;
    observer.mapped(mapping);
  }

  private void lose(String why) {
    Held gone = held;
    held = null;
    if (gone != null) {
      observer.lost(gone.mapping(), why);
    }
  }

  boolean isMapped() {
    return held != null;
  }

  /** Why there is no mapping, in words that begin with the router's address. */
  String failure() {
    return gateway.ip() + " " + failure;
  }

  /** When {@link #step} has something to do. */
  long dueNanos() {
    Held now = held;
    return now == null
        ? retryNanos
        : earlier(now.endNanos(), earlier(now.renewNanos(), now.checkNanos()));
  }

  /** Ends it for a router that is not on the way any more. */
  void abandon() {
    lose("the router is none of ours any more");
  }

  /** Has the router forget, so far as it is quick. */
  void remove(Duration within) {
    for (RouterClient client : clients) {
      client.remove(within);
    }
  }

  private boolean isDue(long nanos) {
    return clock.getAsLong() - nanos >= 0;
  }

  private long after(Duration pause) {
    return clock.getAsLong() + pause.toNanos();
  }

  static long earlier(long a, long b) {
    return a - b < 0 ? a : b;
  }

  private static Duration longer(Duration a, Duration b) {
    return a.compareTo(b) >= 0 ? a : b;
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) <= 0 ? a : b;
  }
}
