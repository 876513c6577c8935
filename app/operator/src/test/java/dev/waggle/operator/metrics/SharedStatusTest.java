package dev.waggle.operator.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.ports.operator.NodeStatus;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SharedStatusTest {
  private final FakeNode node = new FakeNode();
  private final AtomicLong nanos = new AtomicLong();

  @Test
  void withinAQuarterOfASecond_theNodeIsAskedOnce() throws Exception {
    SharedStatus status = patient(Duration.ofSeconds(10));
    NodeStatus first = status.read();
    nanos.addAndGet(SharedStatus.FRESH.toNanos() - 1);

    assertThat(status.read()).isSameAs(first);
    assertThat(node.questions()).isEqualTo(1);
  }

  @Test
  void anAnswerOfLongAgo_isNotGivenAgain() throws Exception {
    SharedStatus status = patient(Duration.ofSeconds(10));
    NodeStatus first = status.read();
    nanos.addAndGet(SharedStatus.FRESH.toNanos());

    assertThat(status.read()).isNotSameAs(first);
    assertThat(node.questions()).isEqualTo(2);
  }

  @Test
  void whileTheNodeIsAsked_othersWaitForTheSameAnswer() throws Exception {
    SharedStatus status = patient(Duration.ofMinutes(1));
    node.hang();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<NodeStatus> one = threads.submit(status::read);
      Future<NodeStatus> other = threads.submit(status::read);
      node.awaitQuestion();
      node.goOn();
      assertThat(one.get().uptime()).isEqualTo(other.get().uptime());
    }
    assertThat(node.questions()).isEqualTo(1);
  }

  @Test
  void aNodeThatHangs_isAskedOnceAndWaitedForWithPatience() throws Exception {
    SharedStatus status = patient(Duration.ofMillis(1));
    node.hang();
    for (int i = 0; i < 3; i++) {
      nanos.addAndGet(SharedStatus.FRESH.toNanos());
      assertThatThrownBy(status::read)
          .isInstanceOf(NoAnswer.class)
          .hasMessage("the node has not answered for 1 ms");
    }
    assertThat(node.questions()).isEqualTo(1);

    node.goOn();
    nanos.addAndGet(SharedStatus.FRESH.toNanos());
    assertThat(status.read().uptime()).isPositive();
  }

  @Test
  void aClosedNode_saysSo() {
    FakeNode closed =
        new FakeNode() {
          @Override
          public synchronized CompletableFuture<NodeStatus> status() {
            return CompletableFuture.failedFuture(new IllegalStateException("the node is closed"));
          }
        };
    SharedStatus status = new SharedStatus(closed, Duration.ofSeconds(10), nanos::get);
    assertThatThrownBy(status::read)
        .isInstanceOf(NoAnswer.class)
        .hasMessage("the node cannot say how it is: the node is closed");
  }

  private SharedStatus patient(Duration patience) {
    return new SharedStatus(node, patience, nanos::get);
  }
}
