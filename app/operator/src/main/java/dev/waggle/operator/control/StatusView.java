package dev.waggle.operator.control;

import dev.waggle.chain.ChainView;
import dev.waggle.operator.control.ControlledNode.About;
import dev.waggle.ports.node.Direction;
import dev.waggle.ports.operator.BookStatus;
import dev.waggle.ports.operator.Excess;
import dev.waggle.ports.operator.GossipCounters;
import dev.waggle.ports.operator.LinkStatus;
import dev.waggle.ports.operator.LoadStatus;
import dev.waggle.ports.operator.NodeStatus;
import dev.waggle.ports.operator.RelayCounters;
import dev.waggle.ports.operator.SyncCounters;

/** What {@code status} answers. The names are an interface; fields may be added. */
record StatusView(
    String version,
    String network,
    String peerId,
    String address,
    String transport,
    long pid,
    long uptimeMillis,
    Chain chain,
    Peers peers,
    ReachView reach,
    TrafficView traffic,
    GossipCounters gossip,
    RelayCounters relay,
    SyncCounters sync,
    Excess excess,
    BookStatus book,
    int bans,
    Load load) {

  record Chain(long height, String tip, long tipTimeMillis, long totalWork, int pending) {}

  record Peers(long inbound, long outbound, long punched) {}

  record Load(
      long busyMillis,
      int waitingSources,
      long waitingPublished,
      long incomingBytes,
      long incomingLimitBytes,
      long outgoingBytes,
      long outgoingLimitBytes) {

    private static Load of(LoadStatus load) {
      return new Load(
          load.busy().toMillis(),
          load.waitingSources(),
          load.waitingPublished(),
          load.incomingBytes(),
          load.incomingLimitBytes(),
          load.outgoingBytes(),
          load.outgoingLimitBytes());
    }
  }

  static StatusView of(About about, ChainView chain, NodeStatus status) {
    long inbound =
        status.links().stream()
            .filter(link -> link.peer().direction() == Direction.INBOUND)
            .count();
    return new StatusView(
        about.version(),
        about.network(),
        about.peerId().hex(),
        about.address().toString(),
        about.transport(),
        ProcessHandle.current().pid(),
        status.uptime().toMillis(),
        new Chain(
            chain.height(),
            chain.tip().hex(),
            chain.tipTimeMillis(),
            chain.totalWork(),
            chain.pending().size()),
        new Peers(
            inbound,
            status.links().size() - inbound,
            status.links().stream().filter(LinkStatus::punched).count()),
        ReachView.of(status.reach()),
        TrafficView.of(status.traffic()),
        status.gossip(),
        status.relay(),
        status.sync(),
        status.excess(),
        status.book(),
        status.bans(),
        Load.of(status.load()));
  }
}
