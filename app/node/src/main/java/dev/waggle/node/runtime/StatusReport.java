package dev.waggle.node.runtime;

import dev.waggle.domain.node.P2PService;
import dev.waggle.domain.peers.PeerStatus;
import dev.waggle.ports.operator.LinkStatus;
import dev.waggle.ports.operator.LoadStatus;
import dev.waggle.ports.operator.NodeStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;

/** Puts together what a node knows of itself. The node thread's. */
final class StatusReport {
  private final Mailbox mailbox;
  private final LinkServices services;
  private final Network network;
  private final AtomicLong busyNanos;
  private final long startedNanos;

  /**
   * Reports of a node that starts now.
   *
   * @param busyNanos how long the node thread has worked
   */
  StatusReport(Mailbox mailbox, LinkServices services, Network network, AtomicLong busyNanos) {
    this.mailbox = mailbox;
    this.services = services;
    this.network = network;
    this.busyNanos = busyNanos;
    this.startedNanos = services.nanoTime();
  }

  NodeStatus of(P2PService service, long nowNanos) {
    return new NodeStatus(
        Duration.ofNanos(nowNanos - startedNanos),
        links(service, nowNanos),
        network.traffic(),
        service.counters(),
        service.relayCounters(),
        service.syncCounters(),
        service.excess(),
        service.book(),
        service.bans(nowNanos).size(),
        load(),
        service.reach(nowNanos));
  }

  private List<LinkStatus> links(P2PService service, long nowNanos) {
    List<LinkStatus> links = new ArrayList<>();
    for (PeerStatus peer : service.peers(nowNanos)) {
      Link link = network.find(peer.link());
      if (link != null) {
        links.add(status(peer, link, nowNanos));
      }
    }
    return List.copyOf(links);
  }

  private static LinkStatus status(PeerStatus peer, Link link, long nowNanos) {
    TrafficTally tally = link.tally();
    return new LinkStatus(
        peer.link(),
        peer.info(),
        peer.kept(),
        peer.punched(),
        Duration.ofNanos(nowNanos - peer.sinceNanos()),
        duration(peer.roundTripNanos()),
        duration(peer.leastRoundTripNanos()),
        since(peer.lastTransactionNanos(), nowNanos),
        since(peer.lastBlockNanos(), nowNanos),
        peer.score(),
        peer.group(),
        peer.duplicates(),
        link.queuedBytes(),
        tally.sealingKeys(),
        tally.openingKeys(),
        tally.traffic());
  }

  private static Optional<Duration> duration(OptionalLong nanos) {
    return nanos.isPresent() ? Optional.of(Duration.ofNanos(nanos.getAsLong())) : Optional.empty();
  }

  private static Optional<Duration> since(OptionalLong nanos, long nowNanos) {
    return nanos.isPresent()
        ? Optional.of(Duration.ofNanos(nowNanos - nanos.getAsLong()))
        : Optional.empty();
  }

  private LoadStatus load() {
    return new LoadStatus(
        Duration.ofNanos(busyNanos.get()),
        mailbox.waitingSources(),
        mailbox.waitingPublished(),
        services.incoming().takenBytes(),
        services.incoming().capacityBytes(),
        services.outgoing().takenBytes(),
        services.outgoing().capacityBytes());
  }
}
