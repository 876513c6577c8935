package dev.waggle.domain.gossip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.wire.Feature;
import dev.waggle.ports.wire.ShortIds;
import dev.waggle.ports.wire.WireMessage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whom a node asks to send it blocks unasked (PROTOCOL §8.4). */
class ProvidersTest {
  private final RelayNode node = new RelayNode(0);
  private int blocks;

  private List<Integer> wishes(FakeNeighbour peer) {
    List<Integer> ranks = new ArrayList<>();
    for (WireMessage message : peer.take()) {
      if (message instanceof WireMessage.SendCompact(int rank)) {
        ranks.add(rank);
      }
    }
    return ranks;
  }

  private void isFirst(FakeNeighbour peer) {
    blocks++;
    Bytes header = ToyBlocks.header(blocks, List.of());
    ShortIds none = ShortIds.wrap(new long[0]);
    node.receive(peer, new WireMessage.Compact(header, ToyBlocks.PROOF, blocks, none, List.of()));
    node.reconstruct();
    assertThat(node.accepted).hasSize(blocks);
  }

  @Test
  void theFirstThreeWithTheFeature_areAsked() {
    assertThat(wishes(node.link(1))).containsExactly(1);
    assertThat(wishes(node.link(2, Feature.EARLY_NOTICES))).isEmpty();
    assertThat(wishes(node.link(3))).containsExactly(2);
    assertThat(wishes(node.link(4))).containsExactly(3);
    assertThat(wishes(node.link(5))).isEmpty();
  }

  @Test
  void whoLeaves_isReplaced_andThoseBehindMoveUp() {
    FakeNeighbour first = node.link(1);
    FakeNeighbour second = node.link(2);
    FakeNeighbour third = node.link(3);
    FakeNeighbour fourth = node.link(4);
    List.of(second, third, fourth).forEach(this::wishes);
    first.connected = false;

    node.router.departed(first, 2_000);

    assertThat(wishes(second)).containsExactly(1);
    assertThat(wishes(third)).containsExactly(2);
    assertThat(wishes(fourth)).containsExactly(3);
  }

  @Test
  void oneWhomWeDialled_isAlwaysAmongThem() {
    FakeNeighbour dialled = node.link(1);
    dialled.outbound = true;
    List<FakeNeighbour> strangers = List.of(node.link(2), node.link(3), node.link(4), node.link(5));
    for (int i = 0; i < 30; i++) {
      strangers.forEach(this::isFirst);
    }

    List<Integer> heard = wishes(dialled);

    assertThat(heard).last().isEqualTo(3);
  }

  @Test
  void whomWeDial_takesTheLastPlace_whereAllHaveDialledUs() {
    node.link(1);
    node.link(2);
    FakeNeighbour last = node.link(3);
    wishes(last);
    FakeNeighbour dialled = new FakeNeighbour(4);
    dialled.features.add(Feature.COMPACT_BLOCKS);
    dialled.outbound = true;

    node.router.linked(dialled, 2_000);

    assertThat(wishes(dialled)).containsExactly(3);
    assertThat(wishes(last)).containsExactly(0);
  }

  @Test
  void oneBlock_changesNoRank_butAFewInARowDo() {
    FakeNeighbour first = node.link(1);
    FakeNeighbour second = node.link(2);
    isFirst(first);
    wishes(first);
    wishes(second);

    isFirst(second);
    assertThat(wishes(second)).isEmpty();
    isFirst(second);
    assertThat(wishes(second)).containsExactly(1);
    assertThat(wishes(first)).containsExactly(2);
  }

  @Test
  void newLink_hearsTheRankAgain() {
    FakeNeighbour peer = node.link(1);
    FakeNeighbour other = node.link(2);
    wishes(peer);
    wishes(other);

    node.router.linked(peer, 2_000);

    assertThat(wishes(peer)).containsExactly(1);
    assertThat(wishes(other)).isEmpty();
  }
}
