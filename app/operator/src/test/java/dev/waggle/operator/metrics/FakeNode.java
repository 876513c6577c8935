package dev.waggle.operator.metrics;

import dev.waggle.chain.ChainListener;
import dev.waggle.chain.ChainReader;
import dev.waggle.chain.ChainRules;
import dev.waggle.chain.ChainView;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.Endpoint;
import dev.waggle.ports.IpAddress;
import dev.waggle.ports.IpEndpoint;
import dev.waggle.ports.PeerAddress;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.nat.Mapping;
import dev.waggle.ports.node.Ban;
import dev.waggle.ports.node.Direction;
import dev.waggle.ports.node.KnownAddress;
import dev.waggle.ports.node.LinkId;
import dev.waggle.ports.node.PeerInfo;
import dev.waggle.ports.node.Reachability;
import dev.waggle.ports.operator.BookStatus;
import dev.waggle.ports.operator.ConnectResult;
import dev.waggle.ports.operator.Excess;
import dev.waggle.ports.operator.GossipCounters;
import dev.waggle.ports.operator.LinkStatus;
import dev.waggle.ports.operator.LoadStatus;
import dev.waggle.ports.operator.MessageType;
import dev.waggle.ports.operator.NodeControl;
import dev.waggle.ports.operator.NodeStatus;
import dev.waggle.ports.operator.ReachStatus;
import dev.waggle.ports.operator.RelayCounters;
import dev.waggle.ports.operator.SyncCounters;
import dev.waggle.ports.operator.Traffic;
import dev.waggle.ports.wire.MessageId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;

/** A node and its chain that say what a test wants; every number is another one. */
class FakeNode implements NodeControl, ChainReader {
  static final int PEER_LIMIT = 125;
  static final long HEIGHT = 41;

  private final List<LinkStatus> links = new ArrayList<>();
  private final List<CompletableFuture<NodeStatus>> unanswered = new ArrayList<>();
  private final CountDownLatch asked = new CountDownLatch(1);
  private boolean answers = true;
  private int questions;

  /** It has one more link. */
  void link(int peer, Direction direction, String suite, int score) {
    links.add(status(peer, direction, suite, score));
  }

  void unlinkAll() {
    links.clear();
  }

  private static LinkStatus status(int peer, Direction direction, String suite, int score) {
    PeerInfo info =
        new PeerInfo(
            new PeerId(Bytes.wrap(filled(peer, PeerId.LENGTH))),
            new Endpoint("10.0.0." + peer, 9000),
            new Endpoint("127.0.0.1", 9000),
            direction,
            suite,
            "bincode",
            List.of());
    return new LinkStatus(
        new LinkId(peer),
        info,
        direction == Direction.OUTBOUND,
        peer == 1,
        Duration.ofSeconds(10),
        Optional.of(Duration.ofMillis(10L * peer)),
        Optional.of(Duration.ofMillis(peer)),
        Optional.empty(),
        Optional.empty(),
        score,
        "10.0." + peer,
        3,
        100L * peer,
        1,
        1,
        traffic());
  }

  private static byte[] filled(int value, int length) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  /** Questions wait from now on. */
  synchronized void hang() {
    answers = false;
  }

  /** What waits is answered. */
  synchronized void goOn() {
    answers = true;
    unanswered.forEach(question -> question.complete(now()));
    unanswered.clear();
  }

  /** Waits until it has been asked for the first time. */
  void awaitQuestion() throws InterruptedException {
    asked.await();
  }

  synchronized int questions() {
    return questions;
  }

  @Override
  public synchronized CompletionStage<NodeStatus> status() {
    questions++;
    asked.countDown();
    CompletableFuture<NodeStatus> answer = new CompletableFuture<>();
    if (answers) {
      answer.complete(now());
    } else {
      unanswered.add(answer);
    }
    return answer;
  }

  private NodeStatus now() {
    return new NodeStatus(
        Duration.ofSeconds(90),
        List.copyOf(links),
        traffic(),
        new GossipCounters(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13),
        new RelayCounters(14, 15, 16, 17, 18, 19, 20),
        new SyncCounters(21, 22, 23, 24, 25, 26, 27),
        new Excess(28, 29, 30, 31, 32, 33, 34, 35, 36, 37),
        new BookStatus(38, 39),
        40,
        new LoadStatus(Duration.ofMillis(41_500), 42, 43, 44, 45, 46, 47),
        reach());
  }

  private static ReachStatus reach() {
    return new ReachStatus(
        Reachability.PRIVATE,
        List.of(),
        List.of(
            mapping(Mapping.Method.PCP, 1),
            mapping(Mapping.Method.PCP, 2),
            mapping(Mapping.Method.UPNP, 3)),
        new ReachStatus.Punches(50, 51, 52, 53));
  }

  private static Mapping mapping(Mapping.Method method, int address) {
    IpAddress router = IpAddress.ofIpv4(0xC0A80001);
    IpEndpoint external = new IpEndpoint(IpAddress.ofIpv4(0xCB007100 + address), 9000);
    return new Mapping(method, router, external, Duration.ofHours(1));
  }

  private static Traffic traffic() {
    List<Traffic.OfType> messages = new ArrayList<>();
    long n = 1000;
    for (MessageType type : MessageType.values()) {
      messages.add(new Traffic.OfType(type, n, n + 1, n + 2, n + 3));
      n += 10;
    }
    return new Traffic(48, 49, messages);
  }

  @Override
  public ChainView view() {
    return new ChainView(
        MessageId.ofHex("ab".repeat(32)), HEIGHT, 1_700_000_000_500L, 1, List.of());
  }

  @Override
  public ChainRules rules() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void addListener(ChainListener listener) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void removeListener(ChainListener listener) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletionStage<List<KnownAddress>> addresses() {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletionStage<ConnectResult> connect(PeerAddress address) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletionStage<Integer> disconnect(PeerId peer) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletionStage<Integer> disconnect(Endpoint remote) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletionStage<Boolean> ban(Ban.Subject subject, Duration time, String reason) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletionStage<Boolean> unban(Ban.Subject subject) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletionStage<List<Ban>> bans() {
    throw new UnsupportedOperationException();
  }
}
