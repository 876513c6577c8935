package dev.waggle.ports.testkit.transport;

import dev.waggle.ports.Endpoint;
import dev.waggle.ports.transport.ListenFailed;
import dev.waggle.ports.transport.Transport;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The transports and listeners of one test. In the end it closes the transports, and checks that
 * every listener heard exactly what it may.
 */
public final class Harness implements AutoCloseable {
  /** No test waits longer than this for an event; none is expected to wait even a second. */
  static final Duration SAFETY = Duration.ofSeconds(30);

  static final Endpoint LOOPBACK = new Endpoint("127.0.0.1", 0);

  /** Both ends of one connection. */
  record Pair(RecordingListener dialler, RecordingListener acceptor) {}

  private final TransportContract contract;
  private final RawPeers rawPeers;
  private final List<Transport> transports = new CopyOnWriteArrayList<>();
  private final List<RecordingListener> listeners = new CopyOnWriteArrayList<>();
  private final Set<Thread> threadsBefore = Thread.getAllStackTraces().keySet();
  private final Transport dialling;
  private final Transport listening;

  Harness(TransportContract contract) {
    this.contract = contract;
    this.rawPeers = contract.rawPeers();
    this.dialling = another();
    this.listening = another();
  }

  Transport dialling() {
    return dialling;
  }

  Transport listening() {
    return listening;
  }

  Transport another() {
    return adopt(contract.fresh());
  }

  /** Closes it with the others. */
  Transport adopt(Transport transport) {
    transports.add(transport);
    return transport;
  }

  RawPeers raw() {
    return rawPeers;
  }

  RecordingListener listener() {
    RecordingListener listener = new RecordingListener();
    listeners.add(listener);
    return listener;
  }

  /** Listens at the loopback address; {@code acceptor} serves whoever connects. */
  Endpoint listen(RecordingListener acceptor) throws ListenFailed {
    return listening.listen(LOOPBACK, remote -> acceptor);
  }

  Transport.Dial dial(Endpoint remote, RecordingListener listener) {
    return dialling.dial(remote, SAFETY, listener);
  }

  Pair connect() throws ListenFailed {
    return connect(listener(), listener());
  }

  Pair connect(RecordingListener dialler, RecordingListener acceptor) throws ListenFailed {
    dial(listen(acceptor), dialler);
    dialler.connection();
    acceptor.connection();
    return new Pair(dialler, acceptor);
  }

  /** A raw peer on a connection that {@code acceptor} serves. */
  RawPeers.RawPeer connectRaw(RecordingListener acceptor) throws Exception {
    RawPeers.RawPeer peer = rawPeers.connect(listen(acceptor));
    acceptor.connection();
    return peer;
  }

  /** Threads of transports that were not there before this test. */
  List<Thread> transportThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> !threadsBefore.contains(thread) && thread.getName().startsWith("waggle-"))
        .toList();
  }

  void closeTransports() {
    transports.forEach(Transport::close);
  }

  @Override
  public void close() {
    closeTransports();
    for (RecordingListener listener : listeners) {
      if (listener.wasOpened()) {
        listener.closed();
      }
      listener.assertWellTreated();
    }
  }
}
