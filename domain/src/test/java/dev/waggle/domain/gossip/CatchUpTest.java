package dev.waggle.domain.gossip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.domain.sync.SyncSettings;
import dev.waggle.ports.gossip.Verdict;
import dev.waggle.ports.wire.Feature;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.WireMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A node that is far behind learns the headers first, and gets the blocks from several peers. */
class CatchUpTest {
  private static final int BYTES = 5_400;
  private static final int SMALL = 100;
  private static final Duration LIMIT = Duration.ofMinutes(5);

  private final ChainNetwork network = new ChainNetwork();

  private static ToyChain chain(int blocks, int bytes) {
    ToyChain chain = new ToyChain();
    chain.extend(blocks, 0, bytes);
    return chain;
  }

  /** Nodes with the same chain, numbered from 0 on. */
  private void old(int count, int blocks, int bytes) {
    for (int i = 0; i < count; i++) {
      network.add(chain(blocks, bytes));
    }
  }

  private Duration untilHeight(ChainNode node, long height) {
    Duration took = network.passUntil(() -> node.chain.height() >= height, LIMIT);
    assertThat(took)
        .withFailMessage(
            "at %d: %s, %s",
            node.chain.height(), node.router.syncCounters(), node.router.counters())
        .isNotNull();
    return took;
  }

  private static Duration needed(int blocks, int bytes, long bytesPerSecond) {
    return Duration.ofNanos(blocks * (bytes + 100L) * 1_000_000_000L / bytesPerSecond);
  }

  private static int blocksFrom(ChainNetwork network, int from, int to) {
    return network.received(from, to, WireMessage.Gossip.class).size();
  }

  @Test
  void aLateNode_getsAChainInLittleMoreThanItsBytesTake() {
    int blocks = 5_000;
    old(1, blocks, BYTES);
    ChainNode late = network.add(new ToyChain());
    network.link(1, 0);

    Duration took = untilHeight(late, blocks);

    Duration needed = needed(blocks, BYTES, ChainNetwork.BYTES_PER_SECOND);
    assertThat(took).isLessThan(needed.multipliedBy(14).dividedBy(10));
    assertThat(late.chain.tip()).isEqualTo(network.nodes.getFirst().chain.tip());
    assertThat(blocksFrom(network, 0, 1)).isBetween(blocks, blocks + 2);
    assertThat(late.router.syncCounters().chains()).isZero();
  }

  @Test
  void theObserver_hearsHowFarItIs_andThatItIsOver() {
    old(1, 30_000, SMALL);
    ChainNode late = network.add(new ToyChain());
    network.link(1, 0);

    untilHeight(late, 30_000);
    network.pass(Duration.ofSeconds(1));

    // The two that were walked to before are counted neither here nor there.
    assertThat(late.heard).first().isEqualTo("0/30000");
    assertThat(late.heard).last().isEqualTo("29998/true");
    assertThat(late.heard.size()).isBetween(2, 4);
  }

  @Test
  void severalPeers_shareTheBlocks_andTheirLinesAddUp() {
    int blocks = 4_000;
    old(4, blocks, BYTES);
    ChainNode late = network.add(new ToyChain());
    long slow = ChainNetwork.BYTES_PER_SECOND / 4;
    for (int i = 0; i < 4; i++) {
      network.link(4, i);
      network.bytesPerSecond(i, 4, slow);
    }

    Duration took = untilHeight(late, blocks);

    Duration ofOne = needed(blocks, BYTES, slow);
    assertThat(took).isLessThan(ofOne.dividedBy(2));
    for (int i = 0; i < 4; i++) {
      assertThat(blocksFrom(network, i, 4)).isBetween(blocks / 8, blocks / 2);
    }
    assertThat(network.bytesTo(4)).isLessThan(blocks * (BYTES + 100L) * 11 / 10);
  }

  @Test
  void aPeerThatIsSlow_holdsUpNobody() {
    int blocks = 10_000;
    old(2, blocks, BYTES);
    ChainNode late = network.add(new ToyChain());
    network.link(2, 0);
    network.link(2, 1);
    network.bytesPerSecond(0, 2, 50_000);

    Duration took = untilHeight(late, blocks);

    Duration needed = needed(blocks, BYTES, ChainNetwork.BYTES_PER_SECOND);
    assertThat(took).isLessThan(needed.multipliedBy(15).dividedBy(10));
  }

  @Test
  void aPeerThatFallsSilent_isAskedForNothingMore_andThenLeftAlone() {
    int blocks = 25_000;
    old(2, blocks, BYTES);
    ChainNode silent = network.nodes.getFirst();
    ChainNode late = network.add(new ToyChain());
    network.link(2, 0);
    network.link(2, 1);
    untilHeight(late, 1_000);
    long sinceNanos = network.now();
    silent.lies =
        messages -> {
          List<WireMessage> all = new ArrayList<>(messages);
          all.removeIf(message -> message instanceof WireMessage.Gossip);
          return all;
        };

    untilHeight(late, blocks);

    // Later it is one with which the node may walk again.
    assertThat(received(WireMessage.Request.class, sinceNanos, 5, 12)).isZero();
    assertThat(received(WireMessage.GetHeaders.class, sinceNanos, 14, 24)).isZero();
    assertThat(network.now() - sinceNanos).isGreaterThan(Duration.ofSeconds(20).toNanos());
  }

  /** Messages that the first node got of the late one, so many seconds after that time. */
  private long received(Class<? extends WireMessage> kind, long sinceNanos, int from, int to) {
    return network.sent.stream()
        .filter(one -> one.from() == 2 && one.to() == 0 && kind.isInstance(one.message()))
        .filter(one -> one.nanos() - sinceNanos > Duration.ofSeconds(from).toNanos())
        .filter(one -> one.nanos() - sinceNanos < Duration.ofSeconds(to).toNanos())
        .count();
  }

  @Test
  void ofEightPeers_noneIsAskedForMoreThanItsShare() {
    int peers = 8;
    old(peers, 6_000, BYTES);
    ChainNode late = network.add(new ToyChain());
    for (int i = 0; i < peers; i++) {
      network.link(peers, i);
    }

    untilHeight(late, 6_000);

    int share = 2 * 2_048 / (peers + 1);
    for (int i = 0; i < peers; i++) {
      assertThat(mostUnderWay(i, peers)).isBetween(50, share);
    }
  }

  /** Blocks that one was asked for by another and had not sent, at most. */
  private int mostUnderWay(int of, int by) {
    int underWay = 0;
    int most = 0;
    for (ChainNetwork.Sent one : network.sent) {
      if (one.from() == by && one.to() == of && one.message() instanceof WireMessage.Request ask) {
        underWay += ask.ids().size();
        most = Math.max(most, underWay);
      } else if (one.from() == of
          && one.to() == by
          && one.message() instanceof WireMessage.Gossip) {
        underWay--;
      }
    }
    return most;
  }

  @Test
  void whatAPeerLeavesUnsent_othersSend() {
    old(2, 4_000, BYTES);
    ChainNode late = network.add(new ToyChain());
    network.link(2, 0);
    network.link(2, 1);
    untilHeight(late, 1_000);

    network.cut(2, 0);

    untilHeight(late, 4_000);
    assertThat(blocksFrom(network, 1, 2)).isGreaterThan(2_000);
  }

  @Test
  void anotherPeer_takesUpWhereTheOnlyOneHasLeft() {
    old(2, 4_000, BYTES);
    ChainNode late = network.add(new ToyChain());
    network.link(2, 0);
    untilHeight(late, 2_000);
    network.cut(2, 0);

    network.link(2, 1);

    untilHeight(late, 4_000);
    assertThat(blocksFrom(network, 1, 2)).isLessThan(2_100);
  }

  @Test
  void afterARestart_itGoesOnFromWhereItWas() {
    old(1, 4_000, BYTES);
    ChainNode before = network.add(new ToyChain());
    network.link(1, 0);
    untilHeight(before, 2_000);
    network.cut(1, 0);

    ChainNode after = network.add(before.chain);
    network.link(2, 0);
    untilHeight(after, 4_000);

    assertThat(blocksFrom(network, 0, 2)).isLessThan(2_100);
  }

  @Test
  void withoutTheFeature_itIsWalkedBack() {
    old(1, 30, SMALL);
    ChainNode late = network.add(new ToyChain());
    network.link(1, 0, new Integer[0]);

    untilHeight(late, 30);

    assertThat(network.received(1, 0, WireMessage.GetHeaders.class)).isEmpty();
    assertThat(network.received(1, 0, WireMessage.Request.class)).hasSize(30);
  }

  @Test
  void whatIsNear_isWalkedTo() {
    old(1, 2, SMALL);
    ChainNode late = network.add(new ToyChain());
    network.link(1, 0);

    untilHeight(late, 2);

    assertThat(network.received(1, 0, WireMessage.GetHeaders.class)).isEmpty();
  }

  @Test
  void aBranchOfItsOwn_isLeftForALongerOne() {
    ToyChain longer = chain(100, SMALL);
    ToyChain shorter = chain(100, SMALL);
    longer.extend(3_000, 1, SMALL);
    shorter.extend(500, 2, SMALL);
    network.add(longer);
    ChainNode late = network.add(shorter);
    network.link(1, 0);

    untilHeight(late, 3_100);

    assertThat(late.chain.tip()).isEqualTo(longer.tip());
    // From the fork on, as near as the locator comes to it.
    assertThat(late.router.syncCounters().headers()).isEqualTo(3_000);
  }

  @Test
  void branchesOfDifferentPeers_areFollowedAtTheSameTime() {
    ToyChain longer = chain(100, SMALL);
    ToyChain shorter = chain(100, SMALL);
    longer.extend(3_000, 1, SMALL);
    shorter.extend(2_500, 2, SMALL);
    network.add(longer);
    network.add(shorter);
    ChainNode late = network.add(new ToyChain());
    network.link(2, 0);
    network.link(2, 1);

    untilHeight(late, 3_100);

    assertThat(late.chain.tip()).isEqualTo(longer.tip());
  }

  @Test
  void whatIsMinedMeanwhile_isThereInTheEnd() {
    ChainNode old = network.add(chain(3_000, BYTES));
    ChainNode late = network.add(new ToyChain());
    network.link(1, 0);
    for (int i = 0; i < 20; i++) {
      network.pass(Duration.ofMillis(200));
      old.publish(
          ToyChain.block(old.chain.tip(), old.chain.height() + 1, 7, true, BYTES), network.now());
    }

    untilHeight(late, 3_020);

    assertThat(late.chain.tip()).isEqualTo(old.chain.tip());
  }

  @Test
  void whoIsBehindTheLateOne_hearsOfIt_whenThatIsThere() {
    old(1, 2_000, SMALL);
    ChainNode late = network.add(new ToyChain());
    ChainNode behind = network.add(new ToyChain());
    network.link(2, 1);
    network.link(1, 0);
    untilHeight(late, 2_000);

    Duration took = network.passUntil(() -> behind.chain.height() == 2_000, LIMIT);

    assertThat(took).isNotNull().isLessThan(Duration.ofSeconds(5)); // Not only by the inventory.
    assertThat(network.received(1, 2, WireMessage.Announce.class)).hasSizeLessThan(4);
  }

  @Test
  void blocksOfAnySize_holdNoMoreMemoryThanTheyMay() {
    long most = 3_000_000;
    GossipSettings settings = GossipSettings.DEFAULTS.withSync(new SyncSettings(4, most));
    old(3, 120, 400_000);
    ChainNode late = network.add(new ToyChain(), settings);
    for (int i = 0; i < 3; i++) {
      network.link(3, i);
    }
    network.bytesPerSecond(0, 3, 400_000); // What it is asked for holds up the others.
    List<Long> held = new ArrayList<>();

    Duration took =
        network.passUntil(
            () -> {
              held.add(late.router.syncCounters().heldBytes());
              return late.chain.height() == 120;
            },
            LIMIT);

    assertThat(took).isNotNull();
    assertThat(held).allMatch(bytes -> bytes <= most).anyMatch(bytes -> bytes > most / 4);
  }

  @Test
  void blocksThatAreLargerThanAllThatMayBeHeld_areJudgedInTheirTurn() {
    GossipSettings settings = GossipSettings.DEFAULTS.withSync(new SyncSettings(4, 1_000));
    old(2, 50, BYTES);
    ChainNode late = network.add(new ToyChain(), settings);
    network.link(2, 0);
    network.link(2, 1);

    untilHeight(late, 50);

    assertThat(late.router.syncCounters().givenUp()).isZero();
  }

  @Test
  void headersThatCannotBeJudgedYet_areNotAskedForAgainAndAgain_andItIsWalkedBack() {
    old(1, 100, SMALL);
    ChainNode late = network.add(new ToyChain());
    late.chain.headersInOrder = new Verdict.NotYet("too early", Duration.ofMinutes(1));
    network.link(1, 0);

    untilHeight(late, 100);

    // In ten seconds, a round trip for each block.
    assertThat(network.received(1, 0, WireMessage.GetHeaders.class)).hasSizeLessThan(3);
  }

  @Test
  void whatFollowsAndCannotBeJudgedYet_isNotAskedForAgainAndAgain() {
    old(1, 6_000, BYTES);
    ChainNode late = network.add(new ToyChain());
    network.link(1, 0);
    untilHeight(late, 100);
    late.chain.headersInOrder = new Verdict.NotYet("too early", Duration.ofMinutes(1));

    network.pass(Duration.ofSeconds(10));

    assertThat(late.chain.height()).isGreaterThan(1_000);
    assertThat(network.received(1, 0, WireMessage.GetHeaders.class)).hasSizeLessThan(10);
    assertThat(late.peers.get(0).offences).isEmpty();
  }

  @Test
  void aDiskThatFails_endsIt_andNobodyIsBlamed() {
    old(1, 2_000, SMALL);
    ChainNode late = network.add(new ToyChain());
    network.link(1, 0);
    untilHeight(late, 500);

    late.chain.diskIsFull = true;
    network.pass(Duration.ofSeconds(30));
    late.chain.diskIsFull = false;

    untilHeight(late, 2_000);
    assertThat(late.peers.get(0).offences).isEmpty();
  }

  @Test
  void aBlockThatComesOtherwise_isNotWaitedFor() {
    ChainNode old = network.add(chain(600, BYTES));
    ChainNode late = network.add(new ToyChain());
    ChainNode other = network.add(chain(600, BYTES));
    network.link(1, 0);
    untilHeight(late, 10);
    network.link(1, 2, new Integer[0]);
    MessageId far = old.chain.at(590);

    late.receive(late.peers.get(2), new WireMessage.Gossip(other.chain.find(far)), network.now());

    untilHeight(late, 600);
    assertThat(late.router.counters().waiting()).isZero();
  }

  @Test
  void theFeatures_areThoseOfTheLink() {
    old(2, 600, SMALL);
    ChainNode late = network.add(new ToyChain());
    network.link(2, 0);
    network.link(2, 1, Feature.EARLY_NOTICES);

    untilHeight(late, 600);

    assertThat(network.received(2, 1, WireMessage.GetHeaders.class)).isEmpty();
  }
}
