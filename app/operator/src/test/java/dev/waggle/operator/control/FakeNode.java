package dev.waggle.operator.control;

import dev.waggle.chain.Author;
import dev.waggle.chain.ChainArchive;
import dev.waggle.chain.ChainRules;
import dev.waggle.chain.ChainView;
import dev.waggle.chain.MemoryBlockStore;
import dev.waggle.chain.NodeService;
import dev.waggle.chain.Transaction;
import dev.waggle.crypto.toy.SeededRandom;
import dev.waggle.crypto.toy.ToySignature;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.Endpoint;
import dev.waggle.ports.IpAddress;
import dev.waggle.ports.IpEndpoint;
import dev.waggle.ports.PeerAddress;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.gossip.Delivery;
import dev.waggle.ports.gossip.DeliveryFailed;
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
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;
import org.slf4j.event.Level;

/** A node with a chain and no network, which does what a test says. */
final class FakeNode implements ControlledNode, NodeControl {
  static final PeerId SELF = peer(1);

  final CountDownLatch stopped = new CountDownLatch(1);

  /** What it was asked to do, in words. */
  final List<String> asked = new CopyOnWriteArrayList<>();

  /** Each dial that was asked for while it {@link #stalls}. */
  final BlockingQueue<CompletableFuture<ConnectResult>> dials = new LinkedBlockingQueue<>();

  volatile boolean stalls;
  volatile boolean closed;
  volatile ConnectResult connectResult = new ConnectResult.Failed("nobody is there");
  volatile List<KnownAddress> known = List.of();

  private final List<Ban> bans = new CopyOnWriteArrayList<>();
  private final NodeService chain;
  private final Author author;
  private volatile Level level = Level.INFO;

  FakeNode() {
    ChainRules rules = new ChainRules("waggle-test", 0, ToySignature.asLongAsMlDsa65());
    author = Author.drawn(rules, new SeededRandom(1));
    try {
      chain = NodeService.open(rules, new MemoryBlockStore(), InstantSource.system());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  static PeerId peer(int number) {
    byte[] hash = new byte[PeerId.LENGTH];
    Arrays.fill(hash, (byte) number);
    return new PeerId(Bytes.wrap(hash));
  }

  static PeerInfo peerInfo() {
    return new PeerInfo(
        peer(2),
        new Endpoint("192.0.2.7", 9000),
        new Endpoint("192.0.2.1", 40000),
        Direction.OUTBOUND,
        "mlkem768-mldsa65",
        "bincode",
        List.of());
  }

  /** So many addresses, of which the first was linked with last. */
  static List<KnownAddress> addresses(int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                new KnownAddress(
                    new IpEndpoint(IpAddress.ofIpv4(0x0a000000 + i), 9000),
                    IpAddress.ofIpv4(0x0b000000),
                    1,
                    i == 0 ? peer(2) : null,
                    60,
                    KnownAddress.NEVER,
                    i == 0 ? 5 : KnownAddress.NEVER,
                    0,
                    i == 0))
        .toList();
  }

  @Override
  public About about() {
    return new About("9.9", "waggle-test", SELF, new Endpoint("127.0.0.1", 9000), "a fake");
  }

  @Override
  public NodeControl control() {
    return this;
  }

  @Override
  public ChainView chain() {
    return chain.view();
  }

  @Override
  public ChainArchive archive() {
    return chain.archive();
  }

  @Override
  public CompletionStage<MessageId> publish(Bytes memo) {
    Transaction transaction = author.write(memo);
    MessageId id = transaction.id();
    try {
      chain.deliver(
          new Delivery(
              id, transaction.toMessage(), chain.examine(id, transaction.toMessage()), null));
    } catch (DeliveryFailed e) {
      return CompletableFuture.failedStage(e);
    }
    return CompletableFuture.completedStage(id);
  }

  @Override
  public Level logLevel() {
    return level;
  }

  @Override
  public void logLevel(Level newLevel) {
    level = newLevel;
  }

  @Override
  public void stop() {
    stopped.countDown();
  }

  @Override
  public CompletionStage<NodeStatus> status() {
    if (stalls) {
      return new CompletableFuture<>();
    }
    if (closed) {
      throw new IllegalStateException("the node is closed");
    }
    return CompletableFuture.completedStage(nodeStatus());
  }

  static NodeStatus nodeStatus() {
    Traffic traffic =
        new Traffic(2000, 3000, List.of(new Traffic.OfType(MessageType.BLOCK, 1, 1500, 2, 2500)));
    LinkStatus link =
        new LinkStatus(
            new LinkId(7),
            peerInfo(),
            true,
            true,
            Duration.ofMinutes(3),
            Optional.of(Duration.ofNanos(1_500_000)),
            Optional.of(Duration.ofMillis(1)),
            Optional.empty(),
            Optional.of(Duration.ofSeconds(9)),
            12,
            "192.0.0.0/16",
            4,
            5,
            6,
            7,
            traffic);
    return new NodeStatus(
        Duration.ofHours(1),
        List.of(link),
        traffic,
        new GossipCounters(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13),
        new RelayCounters(1, 2, 3, 4, 5, 6, 7),
        new SyncCounters(1, 2, 3, 4, 5, 6, 7),
        new Excess(1, 2, 3, 4, 5, 6, 7, 8, 9, 10),
        new BookStatus(40, 2),
        3,
        new LoadStatus(Duration.ofSeconds(36), 1, 2, 3, 4, 5, 6),
        reach());
  }

  private static ReachStatus reach() {
    IpEndpoint external = new IpEndpoint(IpAddress.ofIpv4(0xCB007107), 9000);
    return new ReachStatus(
        Reachability.REACHABLE,
        List.of(
            new ReachStatus.Candidate(external, ReachStatus.Source.MAPPED, Reachability.REACHABLE)),
        List.of(
            new Mapping(
                Mapping.Method.NATPMP,
                IpAddress.ofIpv4(0xC0A80101),
                external,
                Duration.ofMinutes(72))),
        new ReachStatus.Punches(4, 1, 2, 3));
  }

  @Override
  public CompletionStage<List<KnownAddress>> addresses() {
    return CompletableFuture.completedStage(known);
  }

  @Override
  public CompletionStage<ConnectResult> connect(PeerAddress address) {
    if (stalls) {
      CompletableFuture<ConnectResult> dial = new CompletableFuture<>();
      dials.add(dial);
      return dial;
    }
    asked.add("connect " + address);
    return CompletableFuture.completedStage(connectResult);
  }

  @Override
  public CompletionStage<Integer> disconnect(PeerId peer) {
    asked.add("disconnect " + peer.hex());
    return CompletableFuture.completedStage(1);
  }

  @Override
  public CompletionStage<Integer> disconnect(Endpoint remote) {
    asked.add("disconnect " + remote);
    return CompletableFuture.completedStage(2);
  }

  @Override
  public CompletionStage<Boolean> ban(Ban.Subject subject, Duration time, String reason) {
    return CompletableFuture.completedStage(
        bans.size() < 2 && bans.add(new Ban(subject, Ban.Kind.OPERATOR, time.toSeconds(), reason)));
  }

  @Override
  public CompletionStage<Boolean> unban(Ban.Subject subject) {
    return CompletableFuture.completedStage(bans.removeIf(ban -> ban.subject().equals(subject)));
  }

  @Override
  public CompletionStage<List<Ban>> bans() {
    return CompletableFuture.completedStage(new ArrayList<>(bans));
  }
}
