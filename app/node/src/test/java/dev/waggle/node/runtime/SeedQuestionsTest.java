package dev.waggle.node.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.ports.PeerAddress;
import dev.waggle.ports.node.SeedDirectory;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SeedQuestionsTest {
  private static final PeerAddress NODE = PeerAddress.parse("192.0.2.1:9000");

  private final BlockingQueue<String> found = new LinkedBlockingQueue<>();
  private final BlockingQueue<Throwable> thrown = new LinkedBlockingQueue<>();

  private SeedQuestions asking(SeedDirectory directory) {
    return new SeedQuestions(
        directory, (name, nodes) -> found.add(name + " " + nodes), thrown::add);
  }

  @Test
  void answer_isHeard() throws InterruptedException {
    asking(name -> List.of(NODE)).ask("seed.example");
    assertThat(found.take()).isEqualTo("seed.example [192.0.2.1:9000]");
    assertThat(thrown).isEmpty();
  }

  @Test
  void seedThatGivesNoAnswer_isNoFailure_andMayBeAskedAgain() throws InterruptedException {
    AtomicInteger asked = new AtomicInteger();
    SeedQuestions questions =
        asking(
            name -> {
              if (asked.incrementAndGet() == 1) {
                throw new IOException("nobody is there");
              }
              return List.of(NODE);
            });
    questions.ask("seed.example");
    while (found.isEmpty()) {
      questions.ask("seed.example"); // Left out while the first one is still asked.
      Thread.onSpinWait();
    }
    assertThat(thrown).isEmpty();
  }

  @Test
  void whatADirectoryThrows_isHeard() throws InterruptedException {
    IllegalStateException mistake = new IllegalStateException("thrown by a test");
    asking(
            name -> {
              throw mistake;
            })
        .ask("seed.example");
    assertThat(thrown.take()).isSameAs(mistake);
  }

  @Test
  void seedThatIsBeingAsked_isNotAskedAgain() throws InterruptedException {
    AtomicInteger asked = new AtomicInteger();
    CountDownLatch answers = new CountDownLatch(1);
    SeedQuestions questions =
        asking(
            name -> {
              asked.incrementAndGet();
              await(answers);
              return List.of();
            });
    for (int i = 0; i < 10; i++) {
      questions.ask("seed.example");
    }
    answers.countDown();
    assertThat(found.take()).isEqualTo("seed.example []");
    assertThat(asked).hasValue(1);
  }

  @Test
  void afterTheEnd_nobodyIsAsked() {
    AtomicInteger asked = new AtomicInteger();
    SeedQuestions questions =
        asking(
            name -> {
              asked.incrementAndGet();
              return List.of(NODE);
            });
    questions.close();
    questions.ask("seed.example");
    assertThat(asked).hasValue(0);
    assertThat(found).isEmpty();
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
