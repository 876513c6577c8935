package dev.waggle.simulator.network;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A machine in the network: where it is, how fast its line is, and who can reach it. */
public final class Host {
  /** At which hosts listen, where ports matter. */
  public static final int PORT = 9000;

  /** Of the others the system chooses one for each connection (RFC 6335 §6). */
  private static final int FIRST_PORT = 49_152;

  private static final int PORTS = 16_384;

  private final int number;
  private final int place;
  private final Gate up;
  private final Gate down;
  private final HostSettings settings;
  private final @Nullable Router router;
  private int portsTaken;
  private int group;
  private int epoch;
  private boolean running;
  private long sentBytes;
  private long receivedBytes;
  private @Nullable Acceptor acceptor;
  private final List<TcpConnection> connections = new ArrayList<>(0);
  private final List<RoutedDial> dialsFromPort = new ArrayList<>(0);
  private final Set<Router.Remote> linkedAtPort = new HashSet<>(0);

  Host(int number, HostSettings settings) {
    this.number = number;
    this.place = settings.place();
    this.settings = settings;
    this.up = new Gate(settings.upBytesPerSecond());
    this.down = new Gate(settings.downBytesPerSecond());
    this.router = settings.router() == null ? null : new Router(settings.router());
  }

  public int number() {
    return number;
  }

  public int place() {
    return place;
  }

  Gate up() {
    return up;
  }

  Gate down() {
    return down;
  }

  /** Has its line carry so many bytes a second from now on, each way; 0 for no limit. */
  public void slowLine(long bytesPerSecond) {
    up.bytesPerSecond(bytesPerSecond);
    down.bytesPerSecond(bytesPerSecond);
  }

  /** Has its line carry again what it did at first. */
  public void restoreLine() {
    up.bytesPerSecond(settings.upBytesPerSecond());
    down.bytesPerSecond(settings.downBytesPerSecond());
  }

  /** Whether a connection from elsewhere can reach it; a router in front of it may forbid that. */
  public boolean isDialable() {
    return settings.dialable() && router == null;
  }

  /** Whether all that comes from elsewhere is dropped, whatever has gone out. */
  boolean isShut() {
    return !settings.dialable();
  }

  /** What translates its address, or null. */
  @Nullable Router router() {
    return router;
  }

  /** What the router before it does that translates its address, or null if there is none. */
  public @Nullable NatKind natKind() {
    return settings.router();
  }

  /** Who has a connection with the port at which it listens, where ports matter. */
  Set<Router.Remote> linkedAtPort() {
    return linkedAtPort;
  }

  /** Dials under way from the port at which it listens, where ports matter. */
  List<RoutedDial> dialsFromPort() {
    return dialsFromPort;
  }

  /** The one of these that goes there, or null. */
  @Nullable RoutedDial dialFromPort(Host there, int port) {
    for (RoutedDial dial : dialsFromPort) {
      if (dial.isTo(there, port)) {
        return dial;
      }
    }
    return null;
  }

  /** A port that it dials from, and does not listen at. */
  int takePort() {
    return FIRST_PORT + portsTaken++ % PORTS;
  }

  /** Hosts of different groups do not reach each other. */
  int group() {
    return group;
  }

  void group(int number) {
    group = number;
  }

  public boolean isRunning() {
    return running;
  }

  /** Starts its system, which knows of no connection, and whose program does not listen yet. */
  public void start() {
    running = true;
    epoch++;
  }

  /** Takes connections from now on. */
  public void listen(Acceptor taker) {
    acceptor = taker;
  }

  /** Who takes connections, or null. */
  @Nullable Acceptor acceptor() {
    return acceptor;
  }

  /** Its program has ended: it takes no connection any more, and what it has dialled is void. */
  void stopListening() {
    acceptor = null;
    epoch++;
  }

  /** Has no power any more. */
  void stop() {
    running = false;
    acceptor = null;
  }

  List<TcpConnection> connections() {
    return connections;
  }

  int epoch() {
    return epoch;
  }

  void count(int bytes) {
    sentBytes += bytes;
  }

  void countReceived(int bytes) {
    receivedBytes += bytes;
  }

  /** Bytes that have passed its line, of all connections. */
  public long receivedBytes() {
    return receivedBytes;
  }

  /** Bytes that were given to its connections. */
  public long sentBytes() {
    return sentBytes;
  }
}
