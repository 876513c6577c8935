package dev.waggle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ShutdownTest {
  private final List<String> said = new CopyOnWriteArrayList<>();
  private final CompletableFuture<Integer> halted = new CompletableFuture<>();
  private final CompletableFuture<Throwable> failure = new CompletableFuture<>();

  private static String words(Throwable why) {
    return "gone: " + why;
  }

  private Shutdown shutdown() {
    Shutdown shutdown = new Shutdown(said::add, halted::complete, Duration.ofMillis(1));
    shutdown.watch(failure, ShutdownTest::words);
    return shutdown;
  }

  @Test
  void failedNode_wakesTheCommand_withACodeOfItsOwn_andOneLine() throws Exception {
    try (Shutdown shutdown = shutdown()) {
      failure.complete(new StackOverflowError());
      assertThat(shutdown.await()).isEqualTo(3);
    }
    assertThat(said).containsExactly("gone: java.lang.StackOverflowError");
  }

  @Test
  void otherFailure_hasTheCodeThatWasSaidForIt() throws Exception {
    CompletableFuture<String> diskFull = new CompletableFuture<>();
    try (Shutdown shutdown = shutdown()) {
      shutdown.watch(diskFull, 5, why -> why);
      diskFull.complete("no space");
      failure.complete(new StackOverflowError());
      assertThat(shutdown.await()).isEqualTo(5);
      assertThat(halted.get()).isEqualTo(5);
    }
    assertThat(said).containsExactly("no space");
  }

  @Test
  void commandThatDoesNotEndAfterAFailure_isEnded() throws Exception {
    try (Shutdown shutdown = shutdown()) {
      failure.complete(new OutOfMemoryError("Cannot reserve direct memory"));
      assertThat(halted.get()).as("while nothing is closed").isEqualTo(3);
      assertThat(shutdown.await()).isEqualTo(3);
    }
  }

  @Test
  void operatorWhoCannotBeTold_keepsNothingFromEnding() throws Exception {
    Consumer<String> nobody =
        line -> {
          throw new IllegalStateException(line);
        };
    try (Shutdown shutdown = new Shutdown(nobody, halted::complete, Duration.ofMillis(1))) {
      shutdown.watch(failure, ShutdownTest::words);
      failure.complete(new StackOverflowError());
      assertThat(shutdown.await()).isEqualTo(3);
      assertThat(halted.get()).isEqualTo(3);
    }
  }

  @Test
  void onlyTheFirstFailureIsTold() throws Exception {
    try (Shutdown shutdown = shutdown()) {
      shutdown.watch(
          CompletableFuture.completedFuture(new StackOverflowError()), ShutdownTest::words);
      failure.complete(new IllegalStateException("and so has another node"));
      assertThat(shutdown.await()).isEqualTo(3);
      assertThat(said).hasSize(1);
    }
  }
}
