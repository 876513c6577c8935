package dev.waggle.cli.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.cli.line.Forwarder;
import dev.waggle.cli.line.LineShape;
import dev.waggle.cli.process.LauncherCheckout;
import dev.waggle.cli.process.NodeProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/**
 * A node that has nothing catches up with one that has a long chain, over a line of 50 ms each way
 * and 50 Mbit/s (PROTOCOL §8.6).
 *
 * <p>What is measured is printed: {@code ./mvnw -pl app/cli -am verify -Pprocesses
 * -Dit.test=CatchUpIT -Dfailsafe.failIfNoSpecifiedTests=false}, and {@code
 * -Dwaggle.catchUp.blocks=} another number. Mining them takes some minutes the first time; they are
 * kept in {@code target}, or in {@code -Dwaggle.catchUp.chains=} another directory.
 */
class CatchUpIT {
  private static final LineShape LINE = LineShape.of(Duration.ofMillis(50), 50);

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Walking back over them takes longer than that on this line, a tenth of a second each. */
  private static final int FEW = 1000;

  /** As many as are there when half of the bytes are. Who walks back has none then. */
  private static final int SOME = FEW * 2 / 5;

  private static final int MANY = Integer.getInteger("waggle.catchUp.blocks", 100_000);
  private static final int FEWER = Math.min(MANY, 10_000);
  private static final Duration MUCH_PATIENCE = Duration.ofSeconds(60).plusMillis(20L * MANY);

  private static final String CHAINS =
      System.getProperty("waggle.catchUp.chains", "target/catch-up");

  private static final int LIARS = 16;
  private static final int ORPHANS_EACH = 1000;
  private static final int MADE_UP = 1000;

  private static final int HEAP_MIB = 512;
  private static final String HEAP = "WAGGLE_JAVA_OPTS=-Xmx%dm -XX:AOTMode=off".formatted(HEAP_MIB);

  /** Its heap, and half as much for what is beside it. */
  private static final long MEMORY_KIB = HEAP_MIB * 3L / 2 * 1024;

  @TempDir Path dir;

  @Test
  void nodeThatIsKilledOnItsWay_getsTheRest_andNothingTwice() throws Exception {
    try (LongChain chain = LongChain.mine(dir.resolve("chain"), FEW);
        NodeProcess a = NodeProcess.start(chain.copyTo(dir.resolve("a")), 0);
        Forwarder line = Forwarder.start(LINE, a.awaitAddress(MUCH_PATIENCE))) {
      line.limitDown(chain.bytes() / 2);
      String peer = peer(a, line);
      try (NodeProcess killed = NodeProcess.start(dir.resolve("b"), 0, "--add-peer", peer)) {
        killed.awaitBlock("height", Integer.toString(SOME), PATIENCE);
        killed.process().kill();
      }
      line.limitDown(Long.MAX_VALUE);
      try (NodeProcess b = NodeProcess.start(dir.resolve("b"), 0, "--add-peer", peer)) {
        JsonNode tip = b.awaitBlock("height", Integer.toString(FEW), PATIENCE);
        assertThat(tip.get("hash").asString()).isEqualTo(chain.tip().toString());
      }
      assertThat(line.downBytes()).isLessThan(chain.bytes() * 6 / 5);
    }
  }

  @Test
  @Tag("processes")
  void howLongItTakes() throws Exception {
    measure(MANY, Set.of());
  }

  @Test
  @Tag("processes")
  void howLongItTakes_amongLiars() throws Exception {
    measure(MANY, EnumSet.allOf(HeaderLie.class));
  }

  @ParameterizedTest
  @EnumSource
  @Tag("processes")
  void howLongItTakes_amongLiarsOfOneKind(HeaderLie lie) throws Exception {
    measure(FEWER, EnumSet.of(lie));
  }

  private void measure(int blocks, Set<HeaderLie> lies) throws Exception {
    Path chains = Files.createDirectories(Path.of(CHAINS));
    try (LauncherCheckout checkout = LauncherCheckout.in(Files.createDirectory(dir.resolve("it")));
        LongChain chain = LongChain.mine(chains.resolve(Integer.toString(blocks)), blocks);
        LongChain madeUp = LongChain.mine(chains.resolve("made-up"), MADE_UP)) {
      Liar.Lore lore = new Liar.Lore(chain, madeUp, new SplittableRandom(15));
      Liars liars = lies.isEmpty() ? null : new Liars(lore, lies, LIARS, ORPHANS_EACH);
      Path dataDir = chain.copyTo(dir.resolve("a"));
      try (NodeProcess a = NodeProcess.start(dataDir, 0, "--log-level", "warn");
          Forwarder line = Forwarder.startShut(LINE, a.awaitAddress(MUCH_PATIENCE));
          NodeProcess b =
              NodeProcess.launch(
                  checkout, List.of(HEAP), dir.resolve("b"), "--add-peer", peer(a, line));
          RawLinks links = new RawLinks()) {
        if (liars != null) {
          liars.start(links, b.awaitAddress(MUCH_PATIENCE));
          liars.complete().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
        line.open();
        measure(chain, a.peerId(), line, b, liars);
      }
    }
  }

  private static void measure(
      LongChain chain, String other, Forwarder line, NodeProcess b, @Nullable Liars liars)
      throws Exception {
    long begin =
        b.await("peer-connected", event -> event.get("peerId").asString().equals(other))
            .get("at")
            .asLong();
    List<Long> millis = new ArrayList<>();
    JsonNode block = b.awaitBlock("height", "1", MUCH_PATIENCE);
    millis.add(block.get("at").asLong() - begin);
    for (int quarter = 1; quarter <= 4; quarter++) {
      block = b.awaitBlock("height", Integer.toString(chain.height() * quarter / 4), MUCH_PATIENCE);
      millis.add(block.get("at").asLong() - begin);
    }
    assertThat(block.get("hash").asString()).isEqualTo(chain.tip().toString());
    report(chain, line, millis, liars);
    assertThat(b.process().isAlive()).as("the node runs").isTrue();
    inspect(b.process().handle());
    b.process().terminate();
    assertThat(b.process().awaitExit()).as("exit code").isZero();
  }

  /** A node at the other end of a line, as others name it. */
  private static String peer(NodeProcess node, Forwarder line) throws InterruptedException {
    return node.peerId() + "@" + line.address();
  }

  private static void report(
      LongChain chain, Forwarder line, List<Long> millis, @Nullable Liars liars) {
    double bytesMillis = LINE.nanosFor(chain.bytes()) / 1e6;
    System.out.printf(
        "catching up with %,d blocks of %,d bytes, %s: the first and each quarter after %s ms;"
            + " their bytes need %,.0f ms: %.2f times that%n"
            + "  bytes through the line: %,d there, %,d back: %.3f times those of the blocks%n",
        chain.height(),
        chain.bytes(),
        liars == null ? "alone" : "among " + liars,
        millis,
        bytesMillis,
        millis.getLast() / bytesMillis,
        line.upBytes(),
        line.downBytes(),
        (double) line.downBytes() / chain.bytes());
  }

  /** Says what the system knows of the process, where it tells, and looks at its memory. */
  private static void inspect(ProcessHandle process) throws IOException {
    long processorMillis = process.info().totalCpuDuration().map(Duration::toMillis).orElse(-1L);
    System.out.printf("  the node's processor time: %,d ms%n", processorMillis);
    Path status = Path.of("/proc", Long.toString(process.pid()), "status");
    if (Files.isReadable(status)) {
      for (String line : Files.readAllLines(status)) {
        if (line.startsWith("VmHWM:")) {
          long kib = Long.parseLong(line.replaceAll("\\D", ""));
          System.out.printf("  its memory at most: %,d KiB%n", kib);
          assertThat(kib).as("the most memory that it had").isLessThan(MEMORY_KIB);
        }
      }
    }
  }
}
