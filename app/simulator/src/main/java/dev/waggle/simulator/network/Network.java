package dev.waggle.simulator.network;

import dev.waggle.ports.node.DialWay;
import dev.waggle.ports.transport.CloseReason;
import dev.waggle.ports.transport.CloseReason.Cause;
import dev.waggle.simulator.engine.Timeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** All hosts, and what connects them. Owned by one thread at a time. */
public final class Network {
  /** After so long without an answer a sender looks again, if the outage has lasted for longer. */
  private static final long MAX_RETRANSMISSION_NANOS = Duration.ofSeconds(60).toNanos();

  private static final double NANOS_PER_HOUR = Duration.ofHours(1).toNanos();

  private static final long MAX_RESET_DELAY_NANOS = Duration.ofMillis(200).toNanos();

  private final Timeline timeline;
  private final NetworkModel model;
  private final SplittableRandom random;
  private final List<Host> hosts = new ArrayList<>();
  private List<Pipe> cutOff = new ArrayList<>();
  private boolean partitioned;
  private long partitionedNanos;
  private int connections;
  private int dials;
  private boolean hasRouters;

  public Network(Timeline timeline, NetworkModel model, SplittableRandom random) {
    this.timeline = timeline;
    this.model = model;
    this.random = random;
  }

  Timeline timeline() {
    return timeline;
  }

  NetworkModel model() {
    return model;
  }

  /** Adds a host, which is not started. */
  public Host addHost(HostSettings settings) {
    Host host = new Host(hosts.size(), settings);
    hasRouters |= settings.router() != null;
    hosts.add(host);
    return host;
  }

  public Host host(int number) {
    return hosts.get(number);
  }

  /** Bytes that all hosts have given to their connections. */
  public long sentBytes() {
    return hosts.stream().mapToLong(Host::sentBytes).sum();
  }

  long latencyNanos(Host from, Host to) {
    return model.latency().nanos(from.place(), to.place());
  }

  long drawJitter(long latencyNanos) {
    long most = (long) (model.jitter() * latencyNanos);
    return most == 0 ? 0 : random.nextLong(most + 1);
  }

  long drawDelay() {
    return random.nextLong(MAX_RESET_DELAY_NANOS);
  }

  /** Connections of which not both sides have ended. */
  public int connections() {
    return connections;
  }

  /** Dials that have neither failed nor become a connection. */
  public int dials() {
    return dials;
  }

  /** Whether there are any that translate addresses: then it matters from where a host dials. */
  public boolean hasRouters() {
    return hasRouters;
  }

  /**
   * Connects where routers translate addresses. The listener hears {@link WireListener#opened}, or
   * only {@link WireListener#closed}.
   *
   * @param to null if nobody is there
   * @param port of it, or of the router before it
   */
  public void dial(Host from, @Nullable Host to, int port, DialWay way, WireListener listener) {
    dials++;
    new RoutedDial(this, from, to, port, way, listener).begin();
  }

  void dialIsOver() {
    dials--;
  }

  /** Of two that have dialled each other, whether this one begins. */
  boolean drawsWhoBegins() {
    return random.nextBoolean();
  }

  /**
   * Connects. The listener hears {@link WireListener#opened}, or only {@link WireListener#closed}.
   *
   * @param to null if nobody is there
   */
  public void dial(Host from, @Nullable Host to, WireListener listener) {
    dials++;
    int epoch = from.epoch();
    if (to == null) {
      giveUp(from, epoch, Tcp.CONNECT_TIMEOUT.toNanos(), Cause.TIMED_OUT, listener);
      return;
    }
    timeline.after(latencyNanos(from, to), () -> synArrives(from, epoch, to, listener));
  }

  private void synArrives(Host from, int epoch, Host to, WireListener listener) {
    long there = latencyNanos(from, to);
    long back = latencyNanos(to, from);
    if (!to.isRunning() || !to.isDialable() || isSeparated(from, to)) {
      giveUp(from, epoch, Tcp.CONNECT_TIMEOUT.toNanos() - there, Cause.TIMED_OUT, listener);
    } else if (to.acceptor() == null) {
      giveUp(from, epoch, back, Cause.REFUSED, listener);
    } else {
      int farEpoch = to.epoch();
      timeline.after(
          back,
          () -> {
            if (to.epoch() == farEpoch) {
              opens(from, epoch, to, listener);
            } else {
              giveUp(from, epoch, 0, Cause.RESET, listener);
            }
          });
    }
  }

  private void giveUp(Host from, int epoch, long delay, Cause why, WireListener listener) {
    timeline.after(
        delay,
        () -> {
          dials--;
          if (from.isRunning() && from.epoch() == epoch) {
            listener.closed(CloseReason.of(why));
          }
        });
  }

  private void opens(Host from, int epoch, Host to, WireListener listener) {
    dials--;
    if (!from.isRunning() || from.epoch() != epoch) {
      return;
    }
    TcpConnection connection = new TcpConnection(this, from, to, null);
    connections++;
    timeline.after(latencyNanos(from, to), () -> accept(connection, from, to));
    connection.dialler().open(listener);
    lose(connection);
  }

  /**
   * A dial through routers has become a connection.
   *
   * @param server who serves the other side, if that has dialled too
   */
  void opens(Route route, WireListener listener, @Nullable WireListener server) {
    dials--;
    Host from = route.from();
    Host to = route.to();
    TcpConnection connection = new TcpConnection(this, from, to, route);
    connections++;
    int epoch = to.epoch();
    timeline.after(
        latencyNanos(from, to),
        () -> {
          if (server == null) {
            accept(connection, from, to);
          } else if (!connection.acceptor().isOver()) {
            connection.acceptor().open(server);
          } else if (to.isRunning() && to.epoch() == epoch) {
            server.closed(CloseReason.of(Cause.RESET));
          }
        });
    connection.dialler().open(listener);
    lose(connection);
  }

  /** Has a connection be lost by chance, as often as the model says. */
  private void lose(TcpConnection connection) {
    if (model.resetsPerHour() > 0) {
      double hours = -Math.log(1 - random.nextDouble()) / model.resetsPerHour();
      timeline.after(
          (long) (hours * NANOS_PER_HOUR),
          () -> {
            if (!connection.isOver()) {
              connection.reset();
            }
          });
    }
  }

  private static void accept(TcpConnection connection, Host from, Host to) {
    Acceptor acceptor = to.acceptor();
    if (connection.acceptor().isOver()) {
      return;
    }
    WireListener server = acceptor == null ? null : acceptor.accept(from);
    if (server == null) {
      connection.acceptor().close(CloseReason.local("refused"));
    } else {
      connection.acceptor().open(server);
    }
  }

  void forget(TcpConnection connection, Host one, Host other) {
    connections--;
    one.connections().remove(connection);
    other.connections().remove(connection);
  }

  /** The program on a host ends at once; the host's system ends its connections. */
  public void kill(Host host) {
    host.stopListening();
    for (TcpConnection connection : List.copyOf(host.connections())) {
      connection.abort(host);
    }
  }

  /** The host loses power: its peers hear nothing any more. */
  public void die(Host host) {
    for (TcpConnection connection : List.copyOf(host.connections())) {
      connection.vanish(host);
    }
    host.stop();
  }

  /** Drops all of a host's connections, as a router does that has been restarted. */
  public void resetAll(Host host) {
    Router router = host.router();
    if (router != null) {
      router.restart();
    }
    for (TcpConnection connection : List.copyOf(host.connections())) {
      connection.reset();
    }
  }

  /**
   * From now on hosts of different groups do not reach each other, and those of one do, whatever
   * kept them apart before.
   */
  public void partition(Groups groups) {
    if (partitioned) {
      heal();
    }
    for (Host host : hosts) {
      host.group(groups.of(host));
    }
    partitioned = true;
    partitionedNanos = timeline.nowNanos();
  }

  /** Which side of a partition a host is on. */
  @FunctionalInterface
  public interface Groups {
    int of(Host host);
  }

  /** All hosts reach each other again; what was under way is sent again, each in its time. */
  public void heal() {
    partitioned = false;
    long longest = Math.clamp(timeline.nowNanos() - partitionedNanos, 1, MAX_RETRANSMISSION_NANOS);
    List<Pipe> waiting = cutOff;
    cutOff = new ArrayList<>();
    for (Pipe pipe : waiting) {
      timeline.after(random.nextLong(longest), pipe::resume);
    }
  }

  boolean isSeparated(Host one, Host other) {
    return partitioned && one.group() != other.group();
  }

  void awaitHealing(Pipe pipe) {
    cutOff.add(pipe);
  }
}
