package dev.waggle.node.runtime;

import dev.waggle.domain.admission.Party;
import dev.waggle.domain.lane.Lane;
import dev.waggle.domain.node.P2PService;
import dev.waggle.ports.IpEndpoint;
import dev.waggle.ports.PeerAddress;
import dev.waggle.ports.gossip.Delivery;
import dev.waggle.ports.gossip.Verdict;
import dev.waggle.ports.node.LinkId;
import dev.waggle.ports.wire.WireMessage;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that owns {@link P2PService}: it serves the queues of the {@link Mailbox} in turn,
 * and wakes up when the service wants to hear that time has passed.
 *
 * <p>A turn is bounded in time, whatever a message costs: all queues that have something get theirs
 * within {@link #ROUND}, be they many or few. An exception costs the message that caused it; an
 * {@link Error} ends the thread, and its owner must end the node.
 */
final class NodeThread implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(NodeThread.class);

  /** How long peers may take to hear our Goodbye: half of it is a connection's own patience. */
  private static final Duration FAREWELL = Duration.ofMillis(1_500);

  /** How long the thread may take beyond that, unless the application holds it. */
  private static final Duration LAST_STEPS = Duration.ofMillis(250);

  /** In about this time every queue has its turn: a fifth of what a quiet peer may wait. */
  private static final Duration ROUND = Duration.ofMillis(20);

  /** A turn at most, even if there are few queues. */
  private static final long MAX_TURN_NANOS = Duration.ofMillis(2).toNanos();

  /** A turn at least: below that, taking turns costs more than it gains. */
  private static final long MIN_TURN_NANOS = Duration.ofNanos(100_000).toNanos();

  /** Messages between two looks at the clock, which costs a tenth of a small message. */
  private static final int MESSAGES_PER_LOOK = 8;

  private final Mailbox mailbox;
  private final P2PService service;
  private final Network network;
  private final LinkServices services;
  private final Examinations examinations;
  private final Consumer<Throwable> onFailure;
  private final AwaitedDials awaited;
  private final AtomicLong busyNanos;
  private final Tally tally = new Tally();
  private final Thread thread;
  private @Nullable IpEndpoint listening;
  private @Nullable Long farewellEndsNanos;

  /**
   * A thread that is not started.
   *
   * @param awaited hear what becomes of dials
   * @param busyNanos told how long this thread has worked
   * @param onFailure hears of what ends this thread, on it: an {@link Error}, or a mistake of ours
   */
  NodeThread(
      Mailbox mailbox,
      P2PService service,
      Network network,
      LinkServices services,
      Examinations examinations,
      AwaitedDials awaited,
      AtomicLong busyNanos,
      Consumer<Throwable> onFailure) {
    this.mailbox = mailbox;
    this.service = service;
    this.network = network;
    this.services = services;
    this.examinations = examinations;
    this.awaited = awaited;
    this.busyNanos = busyNanos;
    this.onFailure = onFailure;
    this.thread = Thread.ofPlatform().name("waggle-node").unstarted(this);
  }

  /**
   * Begins to serve a node.
   *
   * @param where it listens; null for where others could not name it
   */
  void start(@Nullable IpEndpoint where) {
    listening = where;
    thread.start();
  }

  /** Says Goodbye to everyone and waits until they have heard it, or long enough. */
  void stop() throws InterruptedException {
    mailbox.post(new NodeEvent.Stop());
    var _ = thread.join(FAREWELL.plus(LAST_STEPS));
    thread.interrupt();
  }

  @Override
  public void run() {
    try {
      guarded(() -> service.start(listening, services.nanoTime()));
      while (!isOver()) {
        Mailbox.Turns turns = mailbox.take(waitNanos());
        long began = services.nanoTime();
        serve(turns, began);
        guarded(() -> service.timePassed(services.nanoTime()));
        network.drain();
        busyNanos.lazySet(busyNanos.getPlain() + services.nanoTime() - began);
      }
    } catch (InterruptedException e) {
      log.debug("the node thread was interrupted before everyone had left");
    } catch (RuntimeException | Error e) {
      onFailure.accept(e);
    }
  }

  private boolean isOver() {
    return farewellEndsNanos != null
        && (network.isEmpty() || services.nanoTime() - farewellEndsNanos >= 0);
  }

  private long waitNanos() {
    long now = services.nanoTime();
    long wait = service.nextWakeNanos(now) - now;
    return farewellEndsNanos == null ? wait : Math.min(wait, farewellEndsNanos - now);
  }

  private void serve(Mailbox.Turns turns, long now) {
    for (NodeEvent event : turns.events()) {
      handle(event, now);
    }
    long turnNanos =
        Math.clamp(ROUND.toNanos() / Math.max(1, turns.sources()), MIN_TURN_NANOS, MAX_TURN_NANOS);
    if (turns.express() != null) {
      serve(turns.express(), Lane.EXPRESS, turnNanos);
      network.drain();
    }
    if (turns.bulk() != null) {
      serve(turns.bulk(), Lane.BULK, turnNanos);
    }
  }

  private void serve(Inbox.Queue queue, Lane lane, long turnNanos) {
    Batch batch = queue.inHand();
    tally.clear();
    Examinee unexamined = null;
    boolean unready = false;
    try {
      long began = services.nanoTime();
      long now = began;
      while (batch.hasNext() && !unready && now - began < turnNanos) {
        Incoming next = batch.peek(0);
        if (next instanceof Prepared prepared && !isReady(prepared)) {
          unready = true;
          unexamined = next instanceof Examinee named && named.isNamed() ? named : null;
        } else {
          batch.takeNext();
          tally.add(next);
          handle(queue.inbox(), next, now);
          if (tally.count() % MESSAGES_PER_LOOK == 0 || next instanceof Incoming.Own) {
            now = services.nanoTime();
          }
        }
      }
    } finally {
      mailbox.handled(queue, lane, tally, unexamined != null);
    }
    if (unexamined != null) {
      Party party = Objects.requireNonNull(queue.inbox().source()).party();
      examinations.examine(unexamined, party, lane, () -> mailbox.resume(queue, lane));
    }
  }

  /** One that is known need not be examined, however long that takes. */
  private boolean isReady(Prepared incoming) {
    return incoming.isNamed()
        && switch (incoming) {
          case Arrival arrival ->
              arrival.isExamined() || arrival.isKnown() || service.isKnown(arrival.id());
          case IncomingHeader header ->
              header.isExamined() || header.isKnown() || service.isHeaderKnown(header.id());
          case IncomingItems _, IncomingHeaders _ -> true;
        };
  }

  private void handle(Inbox inbox, Incoming incoming, long now) {
    MessageSource source = inbox.source();
    try {
      switch (incoming) {
        case Prepared prepared -> handle(Objects.requireNonNull(source), prepared, now);
        case Incoming.Other(WireMessage message) ->
            service.received(Objects.requireNonNull(source).id(), message, now);
        case Incoming.Extended(var link, var message) -> {
          boolean _ = service.extend(link, message);
        }
        case Incoming.Published(Delivery delivery, var verdict) -> {
          try {
            verdict.complete(service.publish(delivery, now));
          } finally {
            verdict.complete(new Verdict.Ignore("the node failed on it"));
          }
        }
      }
    } catch (RuntimeException e) {
      log.error("the node failed on {}; it goes on without", incoming, e);
    }
  }

  private void handle(MessageSource source, Prepared incoming, long now) {
    try {
      switch (incoming) {
        case Examinee examinee when examinee.isKnown() -> {}
        case Arrival arrival -> service.gossiped(source.id(), arrival.delivery(), now);
        case IncomingCompact compact -> service.compactArrived(source.id(), compact.arrival(), now);
        case IncomingOutline outline -> service.outlineArrived(source.id(), outline.arrival(), now);
        case IncomingItems items -> service.itemsArrived(source.id(), items.arrival(), now);
        case IncomingHeaders headers -> service.headersArrived(source.id(), headers.arrival(), now);
      }
    } finally {
      if (incoming.sharedBytes() > 0) {
        source.handled(incoming.sharedBytes());
      }
      if (incoming instanceof Examinee examinee && examinee.isExaminedElsewhere()) {
        examinations.taken(examinee);
      }
    }
  }

  private void handle(NodeEvent event, long now) {
    try {
      apply(event, now);
    } catch (RuntimeException e) {
      log.error("the node failed on {}; it goes on without", event, e);
    }
  }

  private void apply(NodeEvent event, long now) {
    switch (event) {
      case NodeEvent.Established established -> {
        network.add(established.link());
        service.linkEstablished(
            established.link().id(),
            established.agreement().peer(),
            established.info(),
            established.dialled(),
            now);
        tellOperator(established, now);
      }
      case NodeEvent.Closed(Link link, var why) -> {
        network.remove(link);
        service.linkClosed(link.id(), why, now);
      }
      case NodeEvent.Drained(var link) -> service.linkDrained(link, now);
      case NodeEvent.DialFailed(var address, var failure) -> {
        service.dialFailed(address, failure, now);
        awaited.failed(address, failure.words());
      }
      case NodeEvent.SeedsFound(var name, var addresses) ->
          service.seedsFound(name, addresses, now);
      case NodeEvent.Reconstructed(var reconstruction, var block) ->
          service.reconstructed(reconstruction, block, now);
      case NodeEvent.Notarized(var work, var done) -> service.notarized(work, done, now);
      case NodeEvent.Mapped(var mapping) -> service.mapped(mapping, now);
      case NodeEvent.MappingLost(var mapping, var why) -> service.mappingLost(mapping, why, now);
      case NodeEvent.MappingFailed(var why) -> service.mappingFailed(why, now);
      case NodeEvent.Wished(var wish) -> wish.accept(service, now);
      case NodeEvent.Stop() -> {
        farewellEndsNanos = now + FAREWELL.toNanos();
        service.stop(now);
      }
    }
  }

  private void tellOperator(NodeEvent.Established established, long now) {
    PeerAddress dialled = established.dialled();
    if (dialled != null && !awaited.isEmpty()) {
      LinkId link = established.link().id();
      boolean isInUse = service.peers(now).stream().anyMatch(peer -> peer.link().equals(link));
      awaited.linked(dialled, established.info(), isInUse);
    }
  }

  private static void guarded(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException e) {
      log.error("the node failed; it goes on", e);
    }
  }
}
