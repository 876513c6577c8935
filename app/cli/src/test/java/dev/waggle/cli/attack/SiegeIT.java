package dev.waggle.cli.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.chain.MessageIds;
import dev.waggle.cli.events.Event;
import dev.waggle.cli.process.LauncherCheckout;
import dev.waggle.cli.process.NodeProcess;
import dev.waggle.ports.Endpoint;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.MessageId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A node of little memory whose inbound places are all taken by strangers, while two honest peers,
 * one that dialled it and one that it has dialled, have nothing but it between them.
 *
 * <p>Longer than every build can wait: it is for CI, and for whoever changes what is besieged.
 */
@Tag("long")
class SiegeIT {
  /** As many as a node lets in. */
  private static final int STRANGERS = 117;

  /** The cache of the launcher would only make the start faster, and the first one slower. */
  private static final String SMALL_HEAP = "WAGGLE_JAVA_OPTS=-Xmx512m -XX:AOTMode=off";

  private static final int OLD_BLOCKS = 16;

  /** Twice the room that a node has for messages that wait for others. */
  private static final int ORPHANS = 64;

  /** At one a second they take longer than the 20 s for which a peer may take nothing. */
  private static final int BLOCKS_UNDER_FULL_ATTACK = 24;

  /** Until then each of the strangers must have been let in once. */
  private static final int BLOCKS_BEFORE_THAT = 60;

  /** Those that ask for more and more, and take nothing of it. */
  private static final Set<Attack> INSATIABLE =
      EnumSet.of(Attack.ONE_BLOCK_MANY_TIMES, Attack.PINGS);

  @TempDir static Path shared;

  private static List<MessageId> oldBlocks = List.of();
  private static List<GossipMessage> orphans = List.of();

  @TempDir Path dir;

  @BeforeAll
  static void mine() throws IOException {
    oldBlocks =
        LargeChain.mine(shared.resolve("chain"), OLD_BLOCKS).stream().map(MessageIds::of).toList();
    List<GossipMessage> branch = LargeChain.mine(shared.resolve("branch"), ORPHANS + 1);
    orphans = branch.subList(1, branch.size()); // nobody is ever given the first
  }

  @ParameterizedTest
  @ValueSource(strings = {"netty", "nio"})
  void hostileLinksOfEveryKind_neitherEndTheNodeNorKeepBlocksFromPassing(String transport)
      throws Exception {
    besiege(transport, EnumSet.allOf(Attack.class));
  }

  @ParameterizedTest
  @MethodSource("each")
  void hostileLinksOfOneKind_neitherEndTheNodeNorKeepBlocksFromPassing(
      Attack attack, String transport) throws Exception {
    besiege(transport, EnumSet.of(attack));
  }

  static Stream<Arguments> each() {
    return Stream.of(Attack.values())
        .flatMap(attack -> Stream.of(Arguments.of(attack, "netty"), Arguments.of(attack, "nio")));
  }

  private void besiege(String transport, Collection<Attack> attacks) throws Exception {
    try (LauncherCheckout checkout = LauncherCheckout.in(Files.createDirectory(dir.resolve("it")));
        HonestNode dialled = HonestNode.start(copyOfChain("dialled"), null);
        NodeProcess node =
            NodeProcess.launch(
                checkout,
                List.of(SMALL_HEAP),
                copyOfChain("node"),
                "--transport",
                transport,
                "--seed",
                dialled.seed());
        HonestNode miner = HonestNode.start(copyOfChain("miner"), node.seed());
        RawLinks links = new RawLinks()) {
      assertThat(miner.awaitPeer().hex()).isEqualTo(node.peerId());
      assertThat(dialled.awaitPeer().hex()).isEqualTo(node.peerId());
      Endpoint address = Endpoint.parse(node.await("listening").get("address").asString());
      Ammunition ammunition = new Ammunition(oldBlocks, orphans);
      try (Siege siege = Siege.lay(links, address, ammunition, attacks, STRANGERS)) {
        withItsLog(
            node,
            () -> {
              blocksPass(miner, dialled, node.peerId(), siege);
              insatiableAreGone(siege, attacks, node);
              newcomerIsLetIn(siege, node);
              node.process().terminate();
              assertThat(node.process().awaitExit()).as("exit code").isZero();
            });
      }
      assertThat(node.process().stderr().all())
          .noneMatch(line -> line.contains("OutOfMemoryError"))
          .noneMatch(line -> line.contains("the node failed"));
    }
  }

  /** Looks at what the besieged has to say, too, where something is missing. */
  private static void withItsLog(NodeProcess node, Step step) throws Exception {
    try {
      step.run();
    } catch (AssertionError e) {
      e.addSuppressed(new AssertionError("the log of the node:\n" + node.process().stderr()));
      throw e;
    }
  }

  /** Something that a test does. */
  @FunctionalInterface
  private interface Step {
    void run() throws Exception;
  }

  /** The besiegers' last links come while blocks pass already; only the blocks after that count. */
  private static void blocksPass(HonestNode miner, HonestNode dialled, String between, Siege siege)
      throws InterruptedException {
    miner.startMining();
    int underFullAttack = 0;
    for (int passed = 0; underFullAttack < BLOCKS_UNDER_FULL_ATTACK; passed++) {
      Event.BlockAccepted mined = miner.awaitBlock();
      Event.BlockAccepted arrived = dialled.awaitBlock();
      assertThat(arrived.block().id()).as("block no. %d", passed).isEqualTo(mined.block().id());
      assertThat(arrived.block().from()).asString().isEqualTo(between);
      assertThat(passed - underFullAttack).as("blocks so far").isLessThan(BLOCKS_BEFORE_THAT);
      underFullAttack += siege.complete().isDone() ? 1 : 0;
    }
  }

  private static void insatiableAreGone(Siege siege, Collection<Attack> attacks, NodeProcess node)
      throws InterruptedException {
    for (Attack insatiable : INSATIABLE) {
      if (attacks.contains(insatiable)) {
        node.await(
            "peer-disconnected",
            event -> siege.attackOf(event.get("peerId").asString()) == insatiable);
      }
    }
  }

  private void newcomerIsLetIn(Siege siege, NodeProcess node) throws Exception {
    siege.withdraw(STRANGERS / 4);
    try (HonestNode newcomer = HonestNode.start(dir.resolve("newcomer"), node.seed())) {
      assertThat(newcomer.awaitPeer().hex()).isEqualTo(node.peerId());
    }
  }

  private Path copyOfChain(String name) throws IOException {
    Path copy = Files.createDirectory(dir.resolve(name));
    try (Stream<Path> files = Files.list(shared.resolve("chain"))) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(file.getFileName()));
      }
    }
    return copy;
  }
}
