package dev.waggle.domain.gossip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.domain.neighbour.Offence;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.WireMessage;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What peers that lie can do to a node that catches up: cost it less than half of its time. */
class CatchUpAttackTest {
  private static final int BLOCKS = 10_000;
  private static final int BYTES = 5_400;
  private static final int HOSTILE = 16;
  private static final Duration LIMIT = Duration.ofMinutes(5);

  /** What the blocks need, on the honest peer's line. */
  private static final Duration NEEDED =
      Duration.ofNanos(BLOCKS * (BYTES + 100L) * 1_000_000_000L / ChainNetwork.BYTES_PER_SECOND);

  private final ChainNetwork network = new ChainNetwork();
  private final ToyChain honest = chain(0, BLOCKS, BYTES);
  private ChainNode late = network.add(new ToyChain());

  private static ToyChain chain(int salt, int blocks, int bytes) {
    ToyChain chain = new ToyChain();
    chain.extend(blocks, salt, bytes);
    return chain;
  }

  /** Links hostile peers that have dialled the node, and then an honest one that it has dialled. */
  private void besiege(ToyChain theirs, UnaryOperator<List<WireMessage>> lies) {
    for (int i = 0; i < HOSTILE; i++) {
      ChainNode hostile = network.add(theirs);
      hostile.lies = lies;
      network.link(hostile.number, late.number);
    }
    network.pass(Duration.ofMillis(500));
    ChainNode good = network.add(honest);
    network.link(late.number, good.number);
  }

  private Duration untilCaughtUp() {
    Duration took = network.passUntil(() -> late.chain.tip().equals(honest.tip()), LIMIT);
    assertThat(took)
        .withFailMessage(
            "at %d: %s, %s",
            late.chain.height(), late.router.syncCounters(), late.router.counters())
        .isNotNull();
    assertThat(late.peers.get(HOSTILE + 1).offences).isEmpty();
    return took;
  }

  private List<Offence> offences() {
    List<Offence> all = new ArrayList<>();
    late.peers.values().forEach(peer -> all.addAll(peer.offences));
    return all;
  }

  private static UnaryOperator<List<WireMessage>> instead(UnaryOperator<WireMessage> lie) {
    return messages -> {
      List<WireMessage> all = new ArrayList<>();
      for (WireMessage message : messages) {
        WireMessage told = lie.apply(message);
        if (told != null) {
          all.add(told);
        }
      }
      return all;
    };
  }

  private static boolean isOld(ToyChain chain, WireMessage message) {
    return message instanceof WireMessage.Gossip(GossipMessage block)
        && !ToyChain.ids().of(block).equals(chain.tip())
        && !ToyChain.ids().of(block).equals(chain.at((int) chain.height() - 1));
  }

  /** Sends the tip and its parent, so that it is asked for headers, but nothing else. */
  private static UnaryOperator<List<WireMessage>> withholding(ToyChain chain) {
    return instead(message -> isOld(chain, message) ? null : message);
  }

  @Test
  void realHeaders_withoutBlocks() {
    besiege(honest, withholding(honest));

    assertThat(untilCaughtUp()).isLessThan(NEEDED.multipliedBy(3).dividedBy(2));
  }

  @Test
  void headersOfAChainOfTheirOwn_withoutBlocks() {
    ToyChain theirs = chain(1, 20_000, 10);
    besiege(theirs, withholding(theirs));

    assertThat(untilCaughtUp()).isLessThan(NEEDED.multipliedBy(3).dividedBy(2));
  }

  /** As many as there are places for chains, were they not for those whom the node has dialled. */
  @Test
  void chainsOfTheirOwn_eachAnotherOne_withoutBlocks() {
    for (int i = 0; i < HOSTILE; i++) {
      ToyChain theirs = chain(i + 1, 100, 10);
      ChainNode hostile = network.add(theirs);
      hostile.lies = withholding(theirs);
      network.link(hostile.number, late.number);
    }
    network.pass(Duration.ofMillis(500));
    ChainNode good = network.add(honest);
    network.link(late.number, good.number);

    assertThat(untilCaughtUp()).isLessThan(NEEDED.multipliedBy(3).dividedBy(2));
  }

  @Test
  void headersWithoutWork() {
    besiege(
        honest,
        instead(
            message -> {
              if (!(message instanceof WireMessage.Headers headers)
                  || headers.headers().isEmpty()) {
                return message;
              }
              List<Bytes> idle = new ArrayList<>(headers.headers());
              byte[] last = idle.removeLast().toArray();
              last[48] = 0;
              idle.add(Bytes.wrap(last));
              return new WireMessage.Headers(headers.after(), headers.further(), idle);
            }));

    assertThat(untilCaughtUp()).isLessThan(NEEDED.multipliedBy(3).dividedBy(2));
    assertThat(offences()).hasSize(HOSTILE).containsOnly(Offence.INVALID_MESSAGE);
  }

  /** What goes on from headers that honest peers have told of is looked at as well. */
  @Test
  void headersWithoutWork_behindThoseThatAreKnown() {
    ChainNode good = network.add(honest);
    network.link(late.number, good.number);
    network.pass(Duration.ofMillis(700));
    assertThat(late.router.syncCounters().headers()).isPositive();
    ToyChain longer = chain(0, BLOCKS, BYTES);
    MessageId parent = longer.tip();
    GossipMessage.Block idle = ToyChain.block(parent, BLOCKS + 1L, 1, false, 10);
    for (int i = 0; i < HOSTILE; i++) {
      ChainNode hostile = network.add(honest);
      hostile.lies =
          instead(
              message ->
                  message instanceof WireMessage.Headers headers && headers.headers().size() > 0
                      ? withLast(headers, ToyChain.headerOf(idle))
                      : message);
      network.link(hostile.number, late.number);
    }

    Duration took = network.passUntil(() -> late.chain.tip().equals(honest.tip()), LIMIT);

    assertThat(took).isNotNull();
    assertThat(good.peers.get(late.number).offences).isEmpty();
    assertThat(late.peers.get(good.number).offences).isEmpty();
    assertThat(late.router.syncCounters().givenUp()).isZero();
  }

  private static WireMessage.Headers withLast(WireMessage.Headers headers, Bytes last) {
    List<Bytes> all = new ArrayList<>(headers.headers());
    all.set(all.size() - 1, last);
    return new WireMessage.Headers(headers.after(), headers.further(), all);
  }

  /** Also whoever brings again what another one was blamed for. */
  @Test
  void aBlockThatWasRejected_isHeldAgainstEachWhoBringsIt() {
    late.chain.invalid.add(chain(1, 50, 10).tip());
    for (int i = 0; i < 3; i++) {
      ChainNode hostile = network.add(chain(1, 100 + 10 * i, 10)); // By tips that are new.
      network.link(hostile.number, late.number);
      network.pass(Duration.ofSeconds(5));
      assertThat(late.peers.get(hostile.number).offences)
          .isNotEmpty()
          .containsOnly(Offence.INVALID_MESSAGE);
    }
  }

  /** One part of an answer in nine seconds: whoever is asked for more holds up the others. */
  @Test
  void headersThatComeOneByOne() {
    for (int i = 0; i < HOSTILE; i++) {
      ChainNode hostile = network.add(honest);
      Deque<WireMessage> back = new ArrayDeque<>();
      long[] last = {network.now()};
      hostile.lies =
          messages -> {
            List<WireMessage> all = new ArrayList<>();
            for (WireMessage message : messages) {
              boolean slow =
                  message instanceof WireMessage.Headers headers && headers.headers().size() > 1;
              boolean _ = slow ? back.add(message) : all.add(message);
            }
            if (!back.isEmpty() && network.now() - last[0] >= 9_000_000_000L) {
              last[0] = network.now();
              all.add(back.poll());
            }
            return all;
          };
      network.link(hostile.number, late.number);
    }
    network.pass(Duration.ofMillis(500));
    ChainNode good = network.add(honest);
    network.link(late.number, good.number);

    assertThat(untilCaughtUp()).isLessThan(NEEDED.multipliedBy(3).dividedBy(2));
  }

  @Test
  void blocksThatAreRejected_areHeldAgainstWhoHasToldOfThem() {
    ToyChain theirs = chain(1, 3_000, 10);
    MessageId bad = theirs.at(700);
    late.chain.invalid.add(bad);
    besiege(theirs, UnaryOperator.identity());

    assertThat(untilCaughtUp()).isLessThan(NEEDED.multipliedBy(3).dividedBy(2));
    assertThat(offences()).isNotEmpty().containsOnly(Offence.INVALID_MESSAGE);
    assertThat(late.chain.isKnown(bad)).isFalse();
  }

  @Test
  void thoseThatSayThatTheyHaveIt_andSendNothing() {
    besiege(
        honest,
        messages -> {
          List<WireMessage> all = new ArrayList<>();
          for (WireMessage message : messages) {
            if (!isOld(honest, message)) {
              all.add(message);
            }
          }
          return all;
        });
    for (int i = 1; i <= HOSTILE; i++) {
      ChainNode hostile = network.nodes.get(i);
      hostile.lies =
          _ -> {
            List<WireMessage> all = new ArrayList<>();
            for (WireMessage.GetHeaders ask : hostile.asked) {
              all.add(new WireMessage.Headers(ask.locator().getFirst(), 5, List.of()));
            }
            hostile.asked.clear();
            return all;
          };
    }

    assertThat(untilCaughtUp()).isLessThan(NEEDED.multipliedBy(3).dividedBy(2));
    assertThat(network.received(0, 1, WireMessage.GetHeaders.class)).hasSizeLessThan(100);
  }

  @Test
  void blocksThatComeOneByOne() {
    for (int i = 0; i < HOSTILE; i++) {
      network.link(drippingNode().number, late.number);
    }
    network.pass(Duration.ofMillis(500));
    ChainNode good = network.add(honest);
    network.link(late.number, good.number);

    assertThat(untilCaughtUp()).isLessThan(NEEDED.multipliedBy(3).dividedBy(2));
  }

  /** Sends one old block in two seconds, in the order in which they were asked for. */
  private ChainNode drippingNode() {
    ChainNode node = network.add(honest);
    Deque<WireMessage> back = new ArrayDeque<>();
    long[] last = {network.now()};
    node.lies =
        messages -> {
          List<WireMessage> all = new ArrayList<>();
          for (WireMessage message : messages) {
            boolean old = isOld(honest, message);
            boolean _ = old ? back.add(message) : all.add(message);
          }
          if (!back.isEmpty() && network.now() - last[0] >= 1_900_000_000L) {
            last[0] = network.now();
            all.add(back.poll());
          }
          return all;
        };
    return node;
  }

  /** The honest peer has dialled the node as they have, and comes last. */
  @Test
  void aNodeThatHasDialledNobody_isNotKeptFromTheHonest_byThoseWhoServeItBadly() {
    for (int i = 0; i < HOSTILE; i++) {
      network.link(drippingNode().number, late.number);
    }
    network.pass(Duration.ofSeconds(2));
    ChainNode good = network.add(honest);
    network.link(good.number, late.number);

    Duration inTurn = Duration.ofSeconds(5 * (HOSTILE + 2)); // A place each five seconds.
    assertThat(untilCaughtUp()).isLessThan(NEEDED.multipliedBy(3).dividedBy(2).plus(inTurn));
  }

  @Test
  void aNodeThatHasDialledNobody_isNotKeptFromTheHonest_byChainsOfTheirOwn() {
    List<ToyChain> theirs = List.of(chain(1, 3_000, 10), chain(2, 3_000, 10), chain(3, 3_000, 10));
    for (int i = 0; i < HOSTILE; i++) {
      ToyChain chain = theirs.get(i % theirs.size());
      ChainNode hostile = network.add(chain);
      hostile.lies = withholding(chain);
      network.link(hostile.number, late.number);
    }
    network.pass(Duration.ofSeconds(2));
    ChainNode good = network.add(honest);
    network.link(good.number, late.number);

    assertThat(untilCaughtUp())
        .isLessThan(NEEDED.multipliedBy(3).dividedBy(2).plus(Duration.ofSeconds(60)));
    // Who finds no place is not asked for headers again and again.
    assertThat(network.received(0, good.number, WireMessage.GetHeaders.class)).hasSizeLessThan(40);
  }

  /** As large blocks are by most peers. */
  private static UnaryOperator<List<WireMessage>> announcingFirst() {
    Set<MessageId> announced = new LinkedHashSet<>();
    return instead(
        message -> {
          if (message instanceof WireMessage.Gossip(GossipMessage block)) {
            MessageId id = ToyChain.ids().of(block);
            return announced.add(id) ? new WireMessage.Announce(List.of(id)) : message;
          }
          return message;
        });
  }

  /** Whoever tells of its header first cannot keep a new block from a node. */
  @Test
  void aNewBlock_whoseHeaderHostilePeersHaveToldOf_comesFromOthersAsSoonAsEver() {
    ToyChain known = chain(0, 50, 10);
    late = network.add(known);
    ToyChain theirs = chain(0, 53, 10);
    ChainNode hostile = network.add(theirs);
    hostile.lies = withholding(theirs);
    ChainNode good = network.add(chain(0, 50, 10));
    good.lies = announcingFirst();
    network.link(late.number, good.number);
    network.link(hostile.number, late.number);
    network.pass(Duration.ofSeconds(1));
    assertThat(late.router.syncCounters().chains()).isEqualTo(1);

    for (int height = 51; height <= 53; height++) {
      good.publish(new GossipMessage.Block(theirs.payloads.get(theirs.at(height))), network.now());
      network.pass(Duration.ofMillis(400));
      assertThat(late.chain.isKnown(theirs.at(height))).isTrue();
    }
  }

  @Test
  void headersThatNobodyAskedFor_changeNothing() {
    ToyChain theirs = chain(1, 600, 10);
    ChainNode hostile = network.add(theirs);
    network.link(hostile.number, late.number, new Integer[0]);
    List<Bytes> headers = theirs.after(ToyChain.GENESIS, 256).headers();
    FakeNeighbour from = late.peers.get(hostile.number);
    List<WireMessage> _ = from.take();

    late.receive(from, new WireMessage.Headers(ToyChain.GENESIS, 344, headers), network.now());

    assertThat(from.take()).isEmpty();
    assertThat(from.offences).isEmpty();
    assertThat(late.router.syncCounters().headers()).isZero();
  }

  /** More than are asked for, without an end: what is remembered of them has one. */
  @Test
  void headersWithoutEnd() {
    ToyChain theirs = chain(1, 30_000, 10);
    besiege(theirs, withholding(theirs));
    long[] most = {0};

    Duration took =
        network.passUntil(
            () -> {
              most[0] = Math.max(most[0], late.router.syncCounters().headers());
              return late.chain.tip().equals(honest.tip());
            },
            LIMIT);

    assertThat(took).isNotNull();
    assertThat(most[0] - BLOCKS).isLessThan(4 * 4096);
  }
}
