package dev.waggle.cli.events;

import dev.waggle.chain.AcceptedBlock;
import dev.waggle.ports.PeerId;
import java.time.Clock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Writes what happens to the chain into the log, and whether others can dial the node. What happens
 * to links and to the store stands there already, by those who look after them. While the node
 * catches up, how far it is takes the place of its blocks. Safe from any thread.
 */
public final class EventLog implements Consumer<Event> {
  private static final Logger log = LoggerFactory.getLogger(EventLog.class);

  private final CatchUpLog catchUp;
  private final ReachLog reach;

  /**
   * A log of nothing yet.
   *
   * @param nanoTime tells how long something took
   * @param clock tells the time as the log's reader does
   */
  public EventLog(LongSupplier nanoTime, Clock clock) {
    this.catchUp = new CatchUpLog(nanoTime);
    this.reach = new ReachLog(clock);
  }

  @Override
  public void accept(Event event) {
    switch (event) {
      case Event.BlockAccepted e -> block(e.block());
      case Event.CatchingUp e -> catchUp.catchingUp(e);
      case Event.CaughtUp e -> catchUp.caughtUp(e);
      case Event.OfReach e -> reach.accept(e);
      case Event.BlockRejected e ->
          log.warn("block {} from {} rejected: {}", e.id(), source(e.from()), e.why());
      case Event.TransactionAccepted e ->
          log.debug("transaction {} from {}", e.id(), source(e.from()));
      case Event.Listening _,
          Event.PeerConnected _,
          Event.PeerDisconnected _,
          Event.DialFailed _,
          Event.StoreFailed _,
          Event.StoreRecovered _,
          Event.EventsDropped _ -> {}
    }
  }

  private void block(AcceptedBlock block) {
    log.atLevel(catchUp.isUnderWay() ? Level.DEBUG : Level.INFO)
        .log(
            "block {} {} mined by {}, from {}{}",
            block.height(),
            block.id().hex().substring(0, 12),
            block.miner().shortHex(),
            source(block.from()),
            block.becameTip() ? "" : ", on a side branch");
  }

  private static String source(@Nullable PeerId from) {
    return from == null ? "this node" : from.shortHex();
  }
}
