package dev.waggle.app.runtime;

import dev.waggle.domain.node.P2PService;
import dev.waggle.ports.gossip.Verdict;
import dev.waggle.ports.wire.WireMessage;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that owns {@link P2PService}: it drains the mailbox in batches, and wakes up when
 * the service wants to hear that time has passed.
 */
final class NodeThread implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(NodeThread.class);

  /** How long peers may take to hear our Goodbye. */
  private static final Duration FAREWELL = Duration.ofSeconds(3);

  private final Mailbox mailbox;
  private final P2PService service;
  private final Network network;
  private final LinkServices services;
  private final Thread thread;
  private @Nullable Long farewellEndsNanos;

  NodeThread(Mailbox mailbox, P2PService service, Network network, LinkServices services) {
    this.mailbox = mailbox;
    this.service = service;
    this.network = network;
    this.services = services;
    this.thread = Thread.ofPlatform().name("waggle-node").unstarted(this);
  }

  void start() {
    thread.start();
  }

  /** Says Goodbye to everyone and waits until they have heard it, or long enough. */
  void stop() throws InterruptedException {
    mailbox.post(new NodeEvent.Stop());
    thread.join(FAREWELL.plusSeconds(1));
    thread.interrupt();
  }

  @Override
  public void run() {
    try {
      guarded(() -> service.start(services.nanoTime()));
      while (!isOver()) {
        handle(mailbox.takeAll(waitNanos()));
        guarded(() -> service.timePassed(services.nanoTime()));
      }
      abandon(mailbox.close());
    } catch (InterruptedException e) {
      log.debug("the node thread was interrupted before everyone had left");
    }
  }

  /** Nobody who has published shall wait for ever. */
  private static void abandon(Batch batch) {
    for (int i = 0; i < batch.size(); i++) {
      if (batch.item(i) instanceof NodeEvent.Published(var _, var verdict)) {
        verdict.complete(new Verdict.Ignore("the node is closed"));
      }
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

  /** Handles a batch as of one moment, for reading the clock costs as much as a small message. */
  private void handle(Batch batch) {
    long now = services.nanoTime();
    for (int i = 0; i < batch.size(); i++) {
      MessageSource source = batch.source(i);
      Object item = batch.item(i);
      try {
        if (source != null) {
          service.received(source.id(), (WireMessage) item, now);
        } else {
          handle((NodeEvent) item, now);
        }
      } catch (RuntimeException e) {
        log.error("the node failed on {}; it goes on without", item, e);
      }
    }
  }

  private void handle(NodeEvent event, long now) {
    switch (event) {
      case NodeEvent.Established established -> {
        network.add(established.link());
        service.linkEstablished(
            established.link().id(),
            established.agreement().peer(),
            established.info(),
            established.dialled(),
            now);
      }
      case NodeEvent.Closed(Link link, var why) -> {
        network.remove(link);
        service.linkClosed(link.id(), why, now);
      }
      case NodeEvent.Drained(var link) -> service.linkDrained(link, now);
      case NodeEvent.DialFailed(var address, var failure) ->
          service.dialFailed(address, failure, now);
      case NodeEvent.Published(var message, var verdict) -> {
        try {
          verdict.complete(service.publish(message, now));
        } finally {
          verdict.complete(new Verdict.Ignore("the node failed on it"));
        }
      }
      case NodeEvent.Stop() -> {
        farewellEndsNanos = now + FAREWELL.toNanos();
        service.stop(now);
      }
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
