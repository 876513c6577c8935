package dev.waggle.nat;

import dev.waggle.nat.gateways.Gateways;
import dev.waggle.nat.router.Gateway;
import dev.waggle.nat.router.RouterClient;
import dev.waggle.nat.router.Stop;
import dev.waggle.ports.nat.PortMapping;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one port mapped on all the routers before this machine, in rounds that an owner has it
 * make. One thread; a round waits for routers that do not answer.
 */
final class MappingRounds {
  /** Laptops move. */
  static final Duration LOOK_EVERY = Duration.ofMinutes(2);

  /** A machine has one or two; whoever fills its routing table shall not have it ask for ever. */
  static final int MAX_ROUTERS = 8;

  /** Between two rounds, whatever comes of the first. */
  static final Duration MIN_PAUSE = Duration.ofSeconds(1);

  private final Gateways gateways;
  private final Function<Gateway, List<RouterClient>> clients;
  private final PortMapping.Observer observer;
  private final LongSupplier clock;
  private final Stop stop;
  private final Map<Gateway, RouterTask> tasks = new LinkedHashMap<>();
  private String noRouters = "";
  private long lookNanos;
  private @Nullable String said;

  /**
   * @param clients the protocols to try with a router; none if they are not for its family
   * @param clock in nanoseconds
   * @param stop ends a round early, and after it the observer hears nothing
   */
  MappingRounds(
      Gateways gateways,
      Function<Gateway, List<RouterClient>> clients,
      PortMapping.Observer observer,
      LongSupplier clock,
      Stop stop) {
    this.gateways = gateways;
    this.clients = clients;
    this.observer = observer;
    this.clock = clock;
    this.stop = stop;
    this.lookNanos = clock.getAsLong();
  }

  /**
   * Does what is due.
   *
   * @return how many nanoseconds until the next round
   */
  long round() {
    if (clock.getAsLong() - lookNanos >= 0) {
      look();
      lookNanos = clock.getAsLong() + LOOK_EVERY.toNanos();
    }
    for (RouterTask task : tasks.values()) {
      if (stop.isStopped()) {
        return 0;
      }
      task.step();
    }
    if (!stop.isStopped()) {
      sayWhetherItFails();
    }
    long next = lookNanos;
    for (RouterTask task : tasks.values()) {
      next = RouterTask.earlier(next, task.dueNanos());
    }
    return Math.max(next - clock.getAsLong(), MIN_PAUSE.toNanos());
  }

  private void look() {
    List<Gateway> found;
    try {
      found = gateways.find().stream().distinct().limit(MAX_ROUTERS).toList();
    } catch (IOException e) {
      // Not to know the routers is no reason to forget those that are known.
      noRouters = String.valueOf(e.getMessage());
      return;
    }
    noRouters = "there is no router: this machine has no default route through one";
    for (Gateway known : List.copyOf(tasks.keySet())) {
      if (!found.contains(known)) {
        RouterTask gone = tasks.remove(known);
        if (gone != null) {
          gone.abandon();
        }
      }
    }
    for (Gateway gateway : found) {
      List<RouterClient> protocols = clients.apply(gateway);
      if (protocols.isEmpty()) {
        noRouters = "no router of IPv4, which alone this protocol is for";
      } else {
        tasks.computeIfAbsent(
            gateway, router -> new RouterTask(router, protocols, observer, clock, stop));
      }
    }
  }

  private void sayWhetherItFails() {
    if (tasks.values().stream().anyMatch(RouterTask::isMapped)) {
      said = null;
      return;
    }
    String why =
        tasks.isEmpty()
            ? noRouters
            : tasks.values().stream().map(RouterTask::failure).collect(Collectors.joining("; "));
    if (!why.equals(said)) {
      said = why;
      observer.failed(why);
    }
  }

  /** Has the routers forget the port; takes at most about so long. */
  void remove(Duration within) {
    long end = System.nanoTime() + within.toNanos();
    List<RouterTask> left = new ArrayList<>(tasks.values());
    while (!left.isEmpty()) {
      long nanos = Math.max(1, (end - System.nanoTime()) / left.size());
      left.removeFirst().remove(Duration.ofNanos(nanos));
    }
  }
}
