package dev.waggle.cli.devnet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.chain.AcceptedBlock;
import dev.waggle.cli.events.Event;
import dev.waggle.ports.Endpoint;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.node.Direction;
import dev.waggle.ports.node.PeerInfo;
import dev.waggle.ports.wire.MessageId;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ObservationsTest {
  private static final PeerId A = PeerId.ofHex("a1".repeat(32));
  private static final PeerId B = PeerId.ofHex("b2".repeat(32));
  private static final MessageId BLOCK = MessageId.ofHex("c3".repeat(32));

  private final Observations seen = new Observations(3);

  @Test
  void link_countsOnce_whenBothEndsSeeIt() {
    seen.observe(0, connected(B), 1); // A peer may come before the node is said to listen.
    seen.observe(0, listening(A), 2);
    seen.observe(1, listening(B), 3);
    assertThat(seen.links()).as("seen by one end").isZero();
    seen.observe(1, connected(A), 4);
    assertThat(seen.links()).isEqualTo(1);
    assertThat(seen.suites()).containsExactly("suite");
    assertThat(seen.codecs()).containsExactly("codec");
  }

  @Test
  void nodesWithTwoLinks_areLinkedUntilBothEnd() {
    seen.observe(0, listening(A), 1);
    seen.observe(1, listening(B), 2);
    seen.observe(1, connected(A), 3);
    seen.observe(0, connected(B), 4);
    seen.observe(0, connected(B), 5);
    assertThat(seen.links()).isEqualTo(1);
    seen.observe(0, disconnected(B), 6);
    assertThat(seen.links()).isEqualTo(1);
    seen.observe(0, disconnected(B), 7);
    assertThat(seen.links()).isZero();
  }

  @Test
  void strangers_areNoLinks() {
    seen.observe(0, listening(A), 1);
    seen.observe(0, connected(PeerId.ofHex("d4".repeat(32))), 2);
    assertThat(seen.links()).isZero();
  }

  @Test
  void block_isMissingWhereItWasNotAccepted() {
    seen.observe(1, accepted(BLOCK), 100);
    assertThat(seen.missing(BLOCK)).containsExactly(0, 2);
    seen.observe(2, accepted(BLOCK), 250);
    assertThat(seen.missing(BLOCK)).containsExactly(0);
    assertThat(seen.reached(BLOCK)).isEqualTo(2);
    assertThat(seen.delaysNanos(BLOCK, 1)).containsExactly(150);
  }

  @Test
  void delays_areSorted() {
    seen.observe(0, accepted(BLOCK), 100);
    seen.observe(1, accepted(BLOCK), 300);
    seen.observe(2, accepted(BLOCK), 200);
    assertThat(seen.delaysNanos(BLOCK, 0)).containsExactly(100, 200);
  }

  @Test
  void waiter_isWokenByTheEventThatItWaitsFor() throws Exception {
    CompletableFuture<Boolean> waiting = new CompletableFuture<>();
    CompletableFuture<Boolean> answer = new CompletableFuture<>();
    Thread.ofVirtual().start(() -> answer.complete(awaitBlock(() -> waiting.complete(true))));
    waiting.get(30, TimeUnit.SECONDS);
    for (int node = 0; node < 3; node++) {
      seen.observe(node, accepted(BLOCK), node);
    }
    assertThat(answer.get(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void waiter_givesUpWhenANodeFails_andTheFirstToFailCounts() throws InterruptedException {
    long inAnHourNanos = System.nanoTime() + TimeUnit.HOURS.toNanos(1);
    Error error = new StackOverflowError();
    Runnable failing = () -> Thread.ofVirtual().start(() -> seen.nodeFailed(2, error));
    assertThat(seen.await(() -> false, inAnHourNanos, failing)).isFalse();
    seen.nodeFailed(1, new OutOfMemoryError());
    assertThat(seen.failed()).isEqualTo(new FailedNode(2, error));
    assertThat(seen.awaitFailure(inAnHourNanos)).isTrue();
  }

  @Test
  void waiter_givesUpAtTheDeadline() throws InterruptedException {
    assertThat(seen.await(() -> false, System.nanoTime(), () -> {})).isFalse();
  }

  private boolean awaitBlock(Runnable onChange) {
    try {
      return seen.await(
          () -> seen.missing(BLOCK).isEmpty(),
          System.nanoTime() + TimeUnit.SECONDS.toNanos(30),
          onChange);
    } catch (InterruptedException e) {
      return false;
    }
  }

  private static Event listening(PeerId node) {
    return new Event.Listening(new Endpoint("::1", 8), node);
  }

  private static Event connected(PeerId peer) {
    return new Event.PeerConnected(info(peer));
  }

  private static Event disconnected(PeerId peer) {
    return new Event.PeerDisconnected(info(peer), "reset");
  }

  private static PeerInfo info(PeerId peer) {
    return new PeerInfo(
        peer,
        new Endpoint("::1", 9),
        new Endpoint("::1", 8),
        Direction.INBOUND,
        "suite",
        "codec",
        List.of());
  }

  private static Event accepted(MessageId block) {
    return new Event.BlockAccepted(new AcceptedBlock(block, 1, 5, A, null, true, 0, 0, 5418));
  }
}
