package dev.waggle.chain;

import static dev.waggle.chain.TestBlocks.GENESIS;
import static dev.waggle.chain.TestBlocks.RULES;
import static dev.waggle.chain.TestBlocks.blockOn;
import static dev.waggle.chain.TestBlocks.delivery;
import static dev.waggle.chain.TestBlocks.peer;
import static dev.waggle.chain.TestBlocks.transaction;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.ports.gossip.DeliveryFailed;
import dev.waggle.ports.gossip.Verdict;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Chains of several nodes become one. */
class ConvergenceTest {
  private static final MutableClock CLOCK = new MutableClock(1_000_000);

  @Test
  void twoNodesThatForked_convergeWhenTheyConnect() throws Exception {
    NodeService long3 = service();
    NodeService short2 = service();
    FakeGossip gossipOfLong = new FakeGossip(peer(1), long3);
    FakeGossip gossipOfShort = new FakeGossip(peer(2), short2);
    publishChain(gossipOfLong, 3, 1);
    Transaction lost = transaction(7);
    Block abandoned = blockOn(GENESIS, 2, lost);
    gossipOfShort.publish(abandoned.toMessage());
    gossipOfShort.publish(blockOn(abandoned, 2).toMessage());
    assertThat(ChainView.agree(List.of(long3.view(), short2.view()))).isFalse();
    RecordingListener heard = new RecordingListener();
    short2.addListener(heard);

    gossipOfShort.connect(gossipOfLong);

    assertThat(short2.view().tip()).isEqualTo(long3.view().tip());
    assertThat(short2.view().height()).isEqualTo(3);
    assertThat(short2.view().pending()).containsExactly(lost);
    assertThat(heard.blocks).extracting(AcceptedBlock::height).containsExactly(1L, 2L, 3L);
    assertThat(heard.blocks).extracting(AcceptedBlock::from).containsOnly(peer(1));
    assertThat(heard.blocks).extracting(AcceptedBlock::abandonedBlocks).containsExactly(0, 0, 2);

    Block next = blockOn(GENESIS, 5);
    gossipOfLong.publish(next.toMessage());
    assertThat(short2.find(next.id())).isEqualTo(next.toMessage());
  }

  @Test
  void nodeInTheMiddle_passesBlocksOn() throws Exception {
    List<NodeService> services = List.of(service(), service(), service());
    FakeGossip left = new FakeGossip(peer(1), services.get(0));
    FakeGossip middle = new FakeGossip(peer(2), services.get(1));
    FakeGossip right = new FakeGossip(peer(3), services.get(2));
    left.connect(middle);
    middle.connect(right);

    publishChain(left, 2, 1);
    Block tip = blockOn(publishChain(right, 2, 3), 3);
    right.publish(tip.toMessage());

    assertThat(services).allMatch(service -> service.view().tip().equals(tip.id()));
  }

  /**
   * Whatever the order of arrival: all nodes find the same work, no transaction is on a chain
   * twice, and none is lost: it is on the chain or waits.
   */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void anyOrderOfArrival_endsWithTheSameWork(long seed) throws Exception {
    Random random = new Random(seed);
    List<Block> blocks = randomTree(random);
    Set<Long> totalWorks = new HashSet<>();
    Set<Transaction> all = new HashSet<>();
    blocks.forEach(block -> all.addAll(block.transactions()));
    for (int node = 0; node < 5; node++) {
      NodeService service = service();
      for (Transaction transaction : all) {
        service.deliver(delivery(transaction, null));
      }
      Collections.shuffle(blocks, random);
      deliverUntilDone(service, blocks);

      totalWorks.add(service.view().totalWork());
      List<Transaction> onChain = mainChain(service, blocks);
      assertThat(onChain).doesNotHaveDuplicates();
      assertThat(service.view().pending()).doesNotContainAnyElementsOf(onChain);
      List<Transaction> kept = new ArrayList<>(onChain);
      kept.addAll(service.view().pending());
      assertThat(kept).containsExactlyInAnyOrderElementsOf(all);
    }
    long highest = blocks.stream().mapToLong(Block::height).max().orElseThrow();
    assertThat(totalWorks).containsExactly(highest * 16);
  }

  private static NodeService service() throws IOException {
    return NodeService.open(RULES, new MemoryBlockStore(), CLOCK);
  }

  private static Block publishChain(FakeGossip gossip, int length, int miner) {
    Block tip = GENESIS;
    for (int i = 0; i < length; i++) {
      tip = blockOn(tip, miner);
      gossip.publish(tip.toMessage());
    }
    return tip;
  }

  /** Sixty blocks on random earlier ones; a branch takes some of ten transactions, once each. */
  private static List<Block> randomTree(Random random) {
    List<Block> tree = new ArrayList<>(List.of(GENESIS));
    Map<Block, Set<Transaction>> onBranch = new LinkedHashMap<>(Map.of(GENESIS, Set.of()));
    for (int i = 0; i < 60; i++) {
      Block parent = tree.get(tree.size() - 1 - random.nextInt(Math.min(tree.size(), 6)));
      Transaction candidate = transaction(random.nextInt(10));
      Set<Transaction> branch = new HashSet<>(onBranch.get(parent));
      Block block = branch.add(candidate) ? blockOn(parent, i, candidate) : blockOn(parent, i);
      tree.add(block);
      onBranch.put(block, branch);
    }
    tree.remove(GENESIS);
    return tree;
  }

  private static void deliverUntilDone(NodeService service, List<Block> blocks)
      throws DeliveryFailed {
    List<Block> waiting = new ArrayList<>(blocks);
    while (!waiting.isEmpty()) {
      List<Block> stillWaiting = new ArrayList<>();
      for (Block block : waiting) {
        if (!deliverIfAccepted(service, block)) {
          stillWaiting.add(block);
        }
      }
      assertThat(stillWaiting).hasSizeLessThan(waiting.size());
      waiting = stillWaiting;
    }
  }

  private static boolean deliverIfAccepted(NodeService service, Block block) throws DeliveryFailed {
    Verdict verdict = service.validate(delivery(block, peer(9)));
    if (verdict instanceof Verdict.Accept) {
      service.deliver(delivery(block, peer(9)));
      return true;
    }
    assertThat(verdict).isEqualTo(new Verdict.Await(block.parent()));
    return false;
  }

  private static List<Transaction> mainChain(NodeService service, List<Block> blocks) {
    Map<Object, Block> byId = new LinkedHashMap<>();
    blocks.forEach(block -> byId.put(block.id(), block));
    List<Transaction> transactions = new ArrayList<>();
    Block at = byId.get(service.view().tip());
    while (at != null) {
      transactions.addAll(at.transactions());
      at = byId.get(at.parent());
    }
    return transactions;
  }
}
