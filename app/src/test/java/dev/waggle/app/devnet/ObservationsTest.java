package dev.waggle.app.devnet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.app.chain.AcceptedBlock;
import dev.waggle.app.events.Event;
import dev.waggle.ports.Endpoint;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.node.Direction;
import dev.waggle.ports.node.PeerInfo;
import dev.waggle.ports.wire.MessageId;
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
  void link_countsOnce_thoughBothEndsSeeIt() {
    seen.observe(0, connected(B), 1);
    seen.observe(1, connected(A), 2);
    assertThat(seen.links()).isEqualTo(1);
    assertThat(seen.isLinked(0, B)).isTrue();
    assertThat(seen.isLinked(1, B)).isFalse();
    assertThat(seen.suites()).containsExactly("suite");
    assertThat(seen.codecs()).containsExactly("codec");
  }

  @Test
  void peerWithTwoLinks_isLinkedUntilBothEnd() {
    seen.observe(0, connected(B), 1);
    seen.observe(0, connected(B), 2);
    seen.observe(0, disconnected(B), 3);
    assertThat(seen.isLinked(0, B)).isTrue();
    seen.observe(0, disconnected(B), 4);
    assertThat(seen.isLinked(0, B)).isFalse();
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

  private static Event connected(PeerId peer) {
    return new Event.PeerConnected(info(peer));
  }

  private static Event disconnected(PeerId peer) {
    return new Event.PeerDisconnected(info(peer), "reset");
  }

  private static PeerInfo info(PeerId peer) {
    return new PeerInfo(peer, new Endpoint("::1", 9), Direction.INBOUND, "suite", "codec");
  }

  private static Event accepted(MessageId block) {
    return new Event.BlockAccepted(new AcceptedBlock(block, 1, A, null, true, 0));
  }
}
