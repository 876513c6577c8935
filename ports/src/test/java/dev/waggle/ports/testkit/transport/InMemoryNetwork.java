package dev.waggle.ports.testkit.transport;

import dev.waggle.ports.Endpoint;
import dev.waggle.ports.transport.Acceptor;
import dev.waggle.ports.transport.ConnectionListener;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * A network inside one process: its transports reach each other by addresses that look like real
 * ones.
 */
public final class InMemoryNetwork {
  /** Who accepts at an address. */
  record Listening(InMemoryTransport transport, Acceptor acceptor) {}

  private static final int FIRST_PORT = 1024;

  private final Faults faults;
  private final SplittableRandom random;
  private final InMemoryLoop loop;
  private final InMemoryNumbers numbers = new InMemoryNumbers();

  // Guarded by this.
  private final Map<Endpoint, Listening> listening = new HashMap<>();
  private final Set<Endpoint> silent = new HashSet<>();
  private int nextPort = FIRST_PORT;

  private InMemoryNetwork(Faults faults, boolean threaded) {
    this.faults = faults;
    this.random = new SplittableRandom(faults.seed());
    this.loop = new InMemoryLoop(threaded);
  }

  /** Runs by itself, on a thread. */
  public static InMemoryNetwork threaded(Faults faults) {
    return new InMemoryNetwork(faults, true);
  }

  /**
   * Runs only inside {@link #run} and {@link #advance}, on the caller's thread; the same calls give
   * the same callbacks.
   */
  public static InMemoryNetwork stepped(Faults faults) {
    return new InMemoryNetwork(faults, false);
  }

  public InMemoryTransport transport() {
    return new InMemoryTransport(this);
  }

  /** Runs everything that can happen without time passing. */
  public void run() {
    loop.runDue();
  }

  /** Lets time pass, and runs what happens in it. */
  public void advance(Duration time) {
    loop.advance(time);
  }

  /** Peers that break rules, on this network. */
  public RawPeers rawPeers() {
    return new InMemoryPeers(this);
  }

  InMemoryLoop loop() {
    return loop;
  }

  InMemoryNumbers numbers() {
    return numbers;
  }

  synchronized int chunk(int available) {
    return faults.chunk(random, available);
  }

  synchronized long delayNanos() {
    return faults.delayNanos(random);
  }

  long cutAfterBytes() {
    return faults.cutAfterBytes();
  }

  /** The address that {@code endpoint} spells out, or null if it is a name. */
  static Endpoint address(Endpoint endpoint) {
    try {
      String literal = InetAddress.ofLiteral(endpoint.host()).getHostAddress();
      return new Endpoint(literal, endpoint.port());
    } catch (IllegalArgumentException aName) {
      return null;
    }
  }

  /** Takes an address, or returns null if it is taken. */
  synchronized Endpoint bind(Endpoint address, Listening who) {
    Endpoint bound = address.port() == 0 ? unused(address.host()) : address;
    return listening.putIfAbsent(bound, who) == null ? bound : null;
  }

  synchronized void unbind(InMemoryTransport transport) {
    listening.values().removeIf(who -> who.transport() == transport);
  }

  synchronized Listening at(Endpoint address) {
    return listening.get(address);
  }

  synchronized Endpoint unused(String host) {
    return new Endpoint(host, nextPort++);
  }

  /** At this address, dials are neither accepted nor refused. */
  synchronized void silence(Endpoint address) {
    silent.add(address);
  }

  synchronized boolean isSilent(Endpoint address) {
    return silent.contains(address);
  }

  /** Asks the acceptor; if it declines, the dialler's connection opens and ends, as over TCP. */
  ConnectionListener ask(Listening who, Endpoint remote) {
    ConnectionListener listener = who.transport().ask(who.acceptor(), remote);
    return listener == null ? new Declining() : listener;
  }

  /** Joins two new connections, on the loop. */
  void join(
      InMemoryNumbers.Side side,
      InMemoryTransport here,
      ConnectionListener near,
      InMemoryTransport there,
      ConnectionListener far) {
    var one = new InMemoryConnection(this, here, side.remote(), side.local(), near);
    var other = new InMemoryConnection(this, there, side.local(), side.remote(), far);
    one.open(other);
    other.open(one);
  }
}
