package dev.waggle.cli.swap;

import dev.waggle.ports.gossip.Delivery;
import dev.waggle.ports.gossip.Verdict;
import dev.waggle.ports.wire.GossipMessage;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;

/**
 * The messages that one node publishes and the other one delivers.
 *
 * <p>No more are under way than a window: well below what fits into an outgoing queue, so that
 * every message is pushed in its turn and none is announced instead.
 */
final class Flow implements AutoCloseable {
  /** Half of an outgoing queue. */
  private static final int WINDOW_BYTES = 16 * 1024 * 1024;

  /**
   * What a message takes of the window beside its payload, so that the small ones of both ways
   * together do not fill a mailbox.
   */
  private static final int OVERHEAD_BYTES = 2 * 1024;

  private final Side from;
  private final List<GossipMessage> messages;
  private final Semaphore window = new Semaphore(WINDOW_BYTES);
  private final Trace.Recorder deliveredSoFar = new Trace.Recorder();
  private final CompletableFuture<Trace> delivered = new CompletableFuture<>();
  private final Thread publisher;

  private Flow(Side from, List<GossipMessage> messages) {
    this.from = from;
    this.messages = messages;
    this.publisher = Thread.ofPlatform().daemon().name("publisher").unstarted(this::publish);
  }

  /** Begins to publish. */
  static Flow start(Side from, Side to, List<GossipMessage> messages) {
    Flow flow = new Flow(from, messages);
    to.node().gossip().subscribe(flow::delivered);
    flow.failIfEnded(from);
    flow.failIfEnded(to);
    flow.publisher.start();
    return flow;
  }

  /** The trace of what has arrived, once that is as many messages as were to be published. */
  CompletableFuture<Trace> delivered() {
    return delivered;
  }

  private void failIfEnded(Side side) {
    CompletableFuture<Void> _ =
        side.disconnected().thenAccept(reason -> fail("the link ended: " + reason));
  }

  private void fail(String why) {
    delivered.completeExceptionally(new AssertionError(why));
  }

  private void publish() {
    try {
      for (GossipMessage message : messages) {
        window.acquire(weight(message));
        from.node().gossip().publish(message).thenAccept(this::judged);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void judged(Verdict verdict) {
    if (!(verdict instanceof Verdict.Accept)) {
      fail("a message was not taken: " + verdict);
    }
  }

  private void delivered(Delivery delivery) {
    if (!from.node().peerId().equals(delivery.from())) {
      return;
    }
    window.release(weight(delivery.message()));
    deliveredSoFar.add(delivery.message());
    if (deliveredSoFar.messages() == messages.size()) {
      delivered.complete(deliveredSoFar.trace());
    }
  }

  private static int weight(GossipMessage message) {
    return OVERHEAD_BYTES + message.payload().length();
  }

  /** Publishes nothing more. */
  @Override
  public void close() {
    publisher.interrupt();
  }
}
