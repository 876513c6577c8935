package dev.waggle.cli.page;

import dev.waggle.cli.events.Event;
import dev.waggle.operator.page.NodeReports;
import java.util.function.Consumer;

/** Tells a page what happens to a node. Safe from any thread; never blocks. */
public final class PageEvents implements Consumer<Event> {
  private final NodeReports reports;

  public PageEvents(NodeReports reports) {
    this.reports = reports;
  }

  @Override
  public void accept(Event event) {
    switch (event) {
      case Event.Listening e -> reports.listening(e.address(), e.peerId());
      case Event.PeerConnected e -> reports.linked(e.peer());
      case Event.PeerDisconnected e -> reports.unlinked(e.peer(), e.reason());
      case Event.BlockAccepted e -> reports.blockAccepted(e.block());
      case Event.BlockRejected e -> reports.blockRejected(e.id(), e.why(), e.from());
      case Event.DialFailed _,
          Event.TransactionAccepted _,
          Event.CatchingUp _,
          Event.CaughtUp _,
          Event.StoreFailed _,
          Event.StoreRecovered _,
          Event.OfReach _,
          Event.EventsDropped _ -> {}
    }
  }
}
