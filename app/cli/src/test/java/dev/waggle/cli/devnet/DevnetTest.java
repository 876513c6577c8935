package dev.waggle.cli.devnet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.waggle.cli.attack.FatalTransport;
import dev.waggle.cli.config.CliConfig;
import dev.waggle.cli.devnet.DevnetReport.BlockReport;
import dev.waggle.node.config.ConfigKey;
import dev.waggle.node.config.ConfigKeys;
import dev.waggle.node.config.ConfigProblem;
import dev.waggle.node.wiring.Catalogue;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(180)
class DevnetTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** What a watcher was told. */
  private static final class Log implements DevnetProgress {
    final List<BlockReport> spread = new ArrayList<>();
    int linksWhenConnected = -1;

    @Override
    public void joining(int joined, int nodes, int links) {}

    @Override
    public void connected(DevnetReport soFar) {
      linksWhenConnected = soFar.links();
    }

    @Override
    public void spreading(BlockReport block) {}

    @Override
    public void spread(BlockReport block) {
      spread.add(block);
    }
  }

  private final Log progress = new Log();

  @Test
  void transactionsThatArePublished_areInBlocks() throws InterruptedException {
    DevnetPlan.Transactions many = new DevnetPlan.Transactions(200, Duration.ofSeconds(1));
    DevnetPlan plan = new DevnetPlan(3, 3, PATIENCE, CliConfig.defaults(), Set.of(), many, null);
    try (Devnet devnet = new Devnet(plan, progress)) {
      DevnetReport report = devnet.run();

      assertThat(report.problem()).isNull();
      assertThat(report.blocks())
          .allSatisfy(
              block -> {
                assertThat(block.reached()).isEqualTo(3);
                assertThat(block.bytes()).isGreaterThan(5_500 * block.transactions());
              });
      assertThat(report.blocks().stream().mapToInt(BlockReport::transactions).sum()).isPositive();
    }
  }

  @Test
  void everyBlock_reachesEveryNode_whoeverMinesIt() throws InterruptedException {
    DevnetReport report = run(3, 4, CliConfig.defaults());

    assertThat(report.problem()).isNull();
    assertThat(report.ok()).isTrue();
    assertThat(report.links()).isBetween(2, 3);
    assertThat(progress.linksWhenConnected).isBetween(2, 3);
    assertThat(report.blocks()).isEqualTo(progress.spread);
    assertThat(report.blocks()).extracting(BlockReport::height).containsExactly(1L, 2L, 3L, 4L);
    assertThat(report.blocks()).extracting(BlockReport::reached).containsOnly(3);
    assertThat(report.blocks().stream().map(BlockReport::minedBy).distinct()).hasSize(3);
    assertThat(report.blocks())
        .allSatisfy(
            block ->
                assertThat(block.millisP50()).isPositive().isLessThanOrEqualTo(block.millisMax()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"mlkem1024-mldsa87", "x25519mlkem768-mldsa65"})
  void suite_isTheOneThatWasChosen(String suite) throws InterruptedException {
    DevnetReport report =
        run(2, 1, CliConfig.builder().set(ConfigKeys.SUITE, List.of(suite)).build());
    assertThat(report.ok()).isTrue();
    assertThat(report.suite()).isEqualTo(suite);
  }

  @Test
  void oneNode_agreesWithItself() throws InterruptedException {
    DevnetReport report = run(1, 2, CliConfig.defaults());
    assertThat(report.ok()).isTrue();
    assertThat(report.links()).isZero();
    assertThat(report.blocks())
        .allSatisfy(
            block -> {
              assertThat(block.reached()).isEqualTo(1);
              assertThat(block.millisMax()).isZero();
            });
  }

  @Test
  void templateThatNamesNoTransport_isAConfigProblem() {
    CliConfig template = CliConfig.builder().set(ConfigKeys.TRANSPORT, "pigeon").build();
    assertThatExceptionOfType(ConfigProblem.class)
        .isThrownBy(() -> run(2, 1, template))
        .withMessageStartingWith("transport = 'pigeon': expected ");
  }

  @Test
  void mixedNodes_agree_andTheReportSaysOnWhat() throws InterruptedException {
    DevnetReport report = run(4, 4, CliConfig.defaults(), Set.copyOf(Mixture.KEYS));
    assertThat(report.problem()).isNull();
    assertThat(report.ok()).isTrue();
    assertThat(report.transport()).isEqualTo("netty,nio");
    assertThat(report.suite()).isEqualTo("mlkem768-mldsa65,x25519mlkem768-mldsa65");
    assertThat(report.codec())
        .isEqualTo(String.join(",", Catalogue.of(CliConfig.defaults().node()).codecs().names()));
  }

  /** Not only what follows from it: some block, or link, that somebody waits for until the end. */
  @Test
  void nodeThatFails_endsTheDevnet_andTheReportSaysWhichAndWhy(@TempDir Path dir) throws Exception {
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    URL[] fatal = {FatalTransport.offerIn(dir).toUri().toURL()};
    try (URLClassLoader offering = new URLClassLoader(fatal, before)) {
      Thread.currentThread().setContextClassLoader(offering);
      CliConfig template =
          CliConfig.builder().set(ConfigKeys.TRANSPORT, FatalTransport.STACK_OVERFLOW).build();
      DevnetPlan plan = new DevnetPlan(2, 1, Duration.ofHours(1), template, Set.of(), null, null);
      try (Devnet devnet = new Devnet(plan, progress)) {
        DevnetReport report = devnet.run();

        assertThat(report.ok()).isFalse();
        assertThat(report.problem()).isEqualTo("node 0 has failed: java.lang.StackOverflowError");
        assertThat(devnet.failure().toCompletableFuture().join().node()).isZero();
      }
    } finally {
      Thread.currentThread().setContextClassLoader(before);
    }
  }

  private DevnetReport run(int nodes, int blocks, CliConfig template) throws InterruptedException {
    return run(nodes, blocks, template, Set.of());
  }

  private DevnetReport run(int nodes, int blocks, CliConfig template, Set<ConfigKey<?>> mixed)
      throws InterruptedException {
    try (Devnet devnet =
        new Devnet(
            new DevnetPlan(nodes, blocks, PATIENCE, template, mixed, null, null), progress)) {
      return devnet.run();
    }
  }
}
