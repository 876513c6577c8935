package dev.waggle.simulator.network;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A machine in the network: where it is, how fast its line is, and who can reach it. */
public final class Host {
  private final int number;
  private final int place;
  private final Gate up;
  private final Gate down;
  private final HostSettings settings;
  private int group;
  private int epoch;
  private boolean running;
  private long sentBytes;
  private long receivedBytes;
  private @Nullable Acceptor acceptor;
  private final List<TcpConnection> connections = new ArrayList<>(0);

  Host(int number, HostSettings settings) {
    this.number = number;
    this.place = settings.place();
    this.settings = settings;
    this.up = new Gate(settings.upBytesPerSecond());
    this.down = new Gate(settings.downBytesPerSecond());
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
    return settings.dialable();
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
