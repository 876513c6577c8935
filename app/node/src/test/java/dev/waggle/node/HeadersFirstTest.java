package dev.waggle.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.crypto.toy.ToySuite;
import dev.waggle.domain.naming.MessageIds;
import dev.waggle.node.config.ConfigKeys;
import dev.waggle.node.config.NodeConfig;
import dev.waggle.node.runtime.ToyChain;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.gossip.Examination;
import dev.waggle.ports.gossip.Verdict;
import dev.waggle.ports.node.CatchUpObserver;
import dev.waggle.ports.node.PeerInfo;
import dev.waggle.ports.node.PeerObserver;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.WireMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A node comes late to a chain that others have, over real links (PROTOCOL §8.6). */
@Timeout(60)
class HeadersFirstTest {
  private static final int BLOCKS = 400;
  private static final int ITEM_BYTES = 5_000;

  /** Of the blocks of a chain that is walked. */
  private static final int FEW = 30;

  private static final int FOUND_AT_ONCE = 20;

  /** Blocks that two peers may be asked for, since the first one is slow on a busy machine. */
  private static final int MAX_ASKED_TWICE = BLOCKS / 10;

  private final List<Node> nodes = new ArrayList<>();

  static Object f(Object o, String... names) {
    try {
      for (String name : names) {
        Class<?> c = o.getClass();
        java.lang.reflect.Field fd = null;
        while (fd == null) {
          try {
            fd = c.getDeclaredField(name);
          } catch (NoSuchFieldException e) {
            c = c.getSuperclass();
          }
        }
        fd.setAccessible(true);
        o = fd.get(o);
      }
      return o;
    } catch (Exception e) {
      return "ERR " + e;
    }
  }

  static void dump(Node n) {
    Object g = f(n.running, "runtime", "nodeThread", "service", "gossip");
    System.out.println(
        "STATE replies.queues="
            + ((java.util.Map<?, ?>) f(g, "replies", "queues"))
                .values().stream().map(q -> ((java.util.Map<?, ?>) q).size()).toList()
            + " ready="
            + ((java.util.Set<?>) f(g, "replies", "ready")).size());
    Object chains = f(g, "catchUp", "chains", "all");
    for (Object chain : (List<?>) chains) {
      System.out.println(
          "STATE chain head="
              + f(chain, "head")
              + " end="
              + f(chain, "end")
              + " firstMissing="
              + f(chain, "firstMissing")
              + " held="
              + f(chain, "heldBytes"));
      for (Object s : ((java.util.Map<?, ?>) f(chain, "servers")).values())
        System.out.println(
            "STATE server asked="
                + f(s, "asked")
                + " limit="
                + f(s, "limit")
                + " silent="
                + f(s, "silent")
                + " brought="
                + f(s, "brought")
                + " end="
                + f(s, "end")
                + " heardAgo="
                + (System.nanoTime() - (Long) f(s, "heardNanos")) / 1000000
                + " pace="
                + (Long) f(s, "paceNanos") / 1000000);
      Object[] bl = (Object[]) f(chain, "blocks");
      StringBuilder b = new StringBuilder();
      for (long i = (Long) f(chain, "head"); i < (Long) f(chain, "end"); i++) {
        Object x = bl[(int) (i % 4096)];
        if (f(x, "delivery") == null)
          System.out.println("DBG lacks " + ((MessageId) f(x, "id")).hex().substring(0, 8));
        b.append(f(x, "delivery") != null ? "h" : f(x, "asked") != null ? "a" : ".");
      }
      System.out.println("STATE " + b);
    }
  }

  @AfterEach
  void close() {
    nodes.reversed().forEach(node -> node.running.close());
  }

  private static final class Node {
    private final ToyChain chain;
    private final CountingCodec codec = new CountingCodec();
    private final BlockingQueue<PeerInfo> connected = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> progress = new LinkedBlockingQueue<>();
    private final WaggleNode running;

    /** Links to these, and to nobody else. */
    Node(String transport, ToyChain chain, boolean headersFirst, List<Node> others)
        throws Exception {
      this.chain = chain;
      NodeConfig.Builder config =
          NodeConfig.builder()
              .parse(ConfigKeys.P2P_ADDR, "127.0.0.1:0")
              .parse(ConfigKeys.TRANSPORT, transport)
              .parse(ConfigKeys.CODEC, CountingCodec.NAME)
              .set(ConfigKeys.COMPACT_BLOCKS, false)
              .set(ConfigKeys.HEADERS_FIRST, headersFirst)
              .parse(
                  ConfigKeys.CONNECT,
                  others.stream()
                      .map(other -> other.running.peerId() + "@" + other.running.address())
                      .collect(Collectors.joining(",")));
      running =
          WaggleNode.builder(config.build())
              .application(chain)
              .observer(
                  new PeerObserver() {
                    @Override
                    public void peerConnected(PeerInfo peer) {
                      connected.add(peer);
                    }
                  })
              .catchUpObserver(
                  new CatchUpObserver() {
                    @Override
                    public void catchingUp(long accepted, long further) {
                      progress.add("catching up with " + (accepted + further));
                    }

                    @Override
                    public void caughtUp(long accepted, boolean whole) {
                      progress.add((whole ? "caught up with " : "gave up with ") + accepted);
                    }
                  })
              .modules(codec.module())
              .start();
    }
  }

  private Node node(String transport, ToyChain chain, boolean headersFirst, Node... others)
      throws Exception {
    Node node = new Node(transport, chain, headersFirst, List.of(others));
    nodes.add(node);
    for (Node other : others) {
      other.connected.take();
      node.connected.take();
    }
    return node;
  }

  /**
   * Two nodes that will have the chain, and one that is linked with both and hears of it by what
   * these publish only.
   */
  private void linked(String transport, ToyChain one, ToyChain other) throws Exception {
    one.tellOfItself(false);
    other.tellOfItself(false);
    node(transport, one, true);
    node(transport, other, true);
    node(transport, new ToyChain(), true, nodes.get(0), nodes.get(1));
  }

  private Node one() {
    return nodes.get(0);
  }

  private Node other() {
    return nodes.get(1);
  }

  private Node late() {
    return nodes.getLast();
  }

  /** Gives both a chain, and has the one make its last block, by which the late one hears of it. */
  private void growWithoutTheLateOne() throws Exception {
    one().chain.grow(BLOCKS - 1, ITEM_BYTES);
    other().chain.grow(BLOCKS, ITEM_BYTES);
    GossipMessage last = one().chain.nextBlock(ITEM_BYTES);
    Verdict verdict = one().running.gossip().publish(last).toCompletableFuture().get();
    assertThat(verdict).isEqualTo(new Verdict.Accept());
  }

  private static ToyChain chain(int blocks) {
    ToyChain chain = new ToyChain();
    chain.grow(blocks, ITEM_BYTES);
    return chain;
  }

  private static <M extends WireMessage> List<M> all(List<WireMessage> sent, Class<M> type) {
    return sent.stream().filter(type::isInstance).map(type::cast).toList();
  }

  private static List<Bytes> headers(List<WireMessage> sent) {
    return all(sent, WireMessage.Headers.class).stream()
        .flatMap(message -> message.headers().stream())
        .toList();
  }

  private static List<MessageId> blocks(List<WireMessage> sent) {
    MessageIds ids = new MessageIds(ToySuite.create().hash(), new ToyChain());
    return all(sent, WireMessage.Gossip.class).stream()
        .map(gossip -> ids.of(gossip.message()))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"netty", "nio"})
  void aLateNode_learnsTheHeadersOfOnePeer_andGetsTheBlocksOfSeveral(String transport)
      throws Exception {
    CountDownLatch otherIsAsked = new CountDownLatch(1);
    ToyChain finding =
        new ToyChain() {
          @Override
          public @Nullable GossipMessage find(MessageId id) {
            otherIsAsked.countDown();
            return super.find(id);
          }
        };
    // What the first peer finds at once is less than all, however slow the second one is.
    ToyChain waiting = new ToyChain();
    waiting.findOnly(
        height -> height <= FOUND_AT_ONCE || height > BLOCKS - 2 || await(otherIsAsked));
    linked(transport, waiting, finding);
    growWithoutTheLateOne();
    late().chain.awaitHeight(BLOCKS);

    assertThat(late().chain.tip()).isEqualTo(other().chain.tip());
    List<WireMessage> toldByOne = one().codec.takeSent();
    List<WireMessage> toldByOther = other().codec.takeSent();
    List<WireMessage> asked = late().codec.takeSent();
    assertThat(headers(toldByOne)).hasSize(BLOCKS);
    assertThat(all(toldByOther, WireMessage.Headers.class)).isNotEmpty();
    assertThat(headers(toldByOther)).as("it is only asked whether it has them").isEmpty();
    assertThat(all(asked, WireMessage.GetHeaders.class))
        .extracting(WireMessage.GetHeaders::count)
        .startsWith(WireMessage.MAX_HEADERS_ASKED)
        .contains(0)
        .containsOnlyOnce(WireMessage.MAX_HEADERS_ASKED);
    assertThat(blocks(toldByOne)).hasSizeGreaterThanOrEqualTo(FOUND_AT_ONCE);
    assertThat(blocks(toldByOther)).isNotEmpty();
    assertThat(blocks(toldByOne).size() + blocks(toldByOther).size())
        .isBetween(BLOCKS, BLOCKS + MAX_ASKED_TWICE);
    assertThat(all(asked, WireMessage.Request.class))
        .as("it does not walk")
        .hasSizeLessThan(BLOCKS / 4);
  }

  private static boolean await(CountDownLatch latch) {
    try {
      latch.await();
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"netty", "nio"})
  void anObserver_hearsWhenANodeBeginsToCatchUp_andWhenItHas(String transport) throws Exception {
    node(transport, chain(BLOCKS), true);
    node(transport, new ToyChain(), true, one());
    late().chain.awaitHeight(BLOCKS);

    assertThat(late().progress.take()).isEqualTo("catching up with " + BLOCKS);
    String last = late().progress.take();
    while (last.startsWith("catching up")) {
      last = late().progress.take(); // Every few seconds, on a slow machine.
    }
    // The last two were walked to, and have waited.
    assertThat(last).isEqualTo("caught up with " + (BLOCKS - 2));
    assertThat(one().progress).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"netty, false, true", "netty, true, false", "nio, false, true", "nio, true, false"})
  void withoutTheFeature_aLateNodeWalksBack(String transport, boolean here, boolean there)
      throws Exception {
    int blocks = 50;
    node(transport, chain(blocks), there);
    node(transport, new ToyChain(), here, one());
    late().chain.awaitHeight(blocks);

    List<WireMessage> asked = late().codec.takeSent();
    List<WireMessage> told = one().codec.takeSent();
    assertThat(all(asked, WireMessage.GetHeaders.class)).isEmpty();
    assertThat(all(told, WireMessage.Headers.class)).isEmpty();
    assertThat(all(asked, WireMessage.Request.class)).hasSize(blocks);
    assertThat(blocks(told)).hasSize(blocks);
    assertThat(late().progress).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"netty", "nio"})
  void aNodeThatIsRestarted_goesOnFromWhereItWas(String transport) throws Exception {
    int half = BLOCKS / 2;
    linked(transport, new ToyChain(), new ToyChain());
    one().chain.findOnly(height -> height <= half || height > BLOCKS - 2);
    other().chain.findOnly(height -> height <= half || height > BLOCKS - 2);
    growWithoutTheLateOne();
    ToyChain kept = late().chain;
    kept.awaitHeight(half);
    late().running.close();
    assertThat(kept.height()).isEqualTo(half);

    for (Node old : List.of(one(), other())) {
      old.chain.findOnly(_ -> true);
      old.chain.tellOfItself(true);
      old.codec.takeSent();
    }
    node(transport, kept, true, one(), other());
    kept.awaitHeight(BLOCKS);

    List<WireMessage> asked = late().codec.takeSent();
    assertThat(all(asked, WireMessage.GetHeaders.class).getFirst().locator().getFirst())
        .isEqualTo(kept.ids(half, half).getFirst());
    List<Bytes> before = kept.after(ToyChain.BEGINNING, half).headers();
    List<WireMessage> told = new ArrayList<>(one().codec.takeSent());
    told.addAll(other().codec.takeSent());
    assertThat(headers(told)).isNotEmpty().doesNotContainAnyElementsOf(before);
    assertThat(blocks(told))
        .doesNotContainAnyElementsOf(kept.ids(1, half))
        .hasSizeBetween(BLOCKS - half, BLOCKS - half + MAX_ASKED_TWICE);
  }

  /** Fails in one of the things that it is asked, or in all. */
  private static final class Failing extends ToyChain {
    private final String where;

    Failing(String where) {
      this.where = where;
    }

    private void failAt(String here) {
      if (where.equals("everywhere") || where.equals(here)) {
        throw new IllegalStateException("fails, as this test wants it");
      }
    }

    @Override
    public synchronized List<MessageId> locator() {
      failAt("locator");
      return super.locator();
    }

    @Override
    public synchronized boolean isOnChain(MessageId id) {
      failAt("isOnChain");
      return super.isOnChain(id);
    }

    @Override
    public synchronized @Nullable Stretch after(MessageId block, int max) {
      failAt("after");
      return super.after(block, max);
    }

    @Override
    public Examination examineHeaders(MessageId after, List<MessageId> names, List<Bytes> headers) {
      failAt("examineHeaders");
      return super.examineHeaders(after, names, headers);
    }

    @Override
    public Verdict validateHeaders(
        MessageId after, @Nullable Examination before, Examination headers) {
      failAt("validateHeaders");
      return super.validateHeaders(after, before, headers);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"locator", "examineHeaders", "validateHeaders", "everywhere"})
  void aChainThatThrows_costsItsNodeTheHeaders_andNothingElse(String where) throws Exception {
    node("nio", chain(FEW), true);
    node("nio", new Failing(where), true, one());
    late().chain.awaitHeight(FEW);

    assertThat(all(late().codec.takeSent(), WireMessage.Request.class)).as("it walks").hasSize(FEW);
    assertThat(late().running.peers()).hasSize(1);
    assertThat(late().running.failure().toCompletableFuture()).isNotDone();
  }

  @Test
  void aChainThatThrows_costsThoseWhoAskTheHeaders_andNothingElse() throws Exception {
    Failing failing = new Failing("after");
    failing.grow(FEW, ITEM_BYTES);
    node("nio", failing, true);
    node("nio", new ToyChain(), true, one());
    late().chain.awaitHeight(FEW);

    assertThat(headers(one().codec.takeSent())).isEmpty();
    assertThat(one().running.peers()).hasSize(1);
    assertThat(one().running.failure().toCompletableFuture()).isNotDone();
  }
}
