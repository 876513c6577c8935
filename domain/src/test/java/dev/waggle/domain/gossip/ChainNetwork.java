package dev.waggle.domain.gossip;

import dev.waggle.domain.codec.BincodeCodec;
import dev.waggle.ports.wire.Feature;
import dev.waggle.ports.wire.WireMessage;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** Nodes above toy chains, linked by lines that take their time. */
final class ChainNetwork {
  static final Duration LATENCY = Duration.ofMillis(50);

  /** 50 Mbit/s. */
  static final long BYTES_PER_SECOND = 6_250_000;

  private static final Duration STEP = Duration.ofMillis(5);

  /** A message on a line. */
  record Sent(int from, int to, WireMessage message, long nanos) {}

  /** What is under way from one node to another, and until when the line is busy. */
  private static final class Line {
    private final Deque<Sent> underWay = new ArrayDeque<>();
    private long bytesPerSecond = BYTES_PER_SECOND;
    private long freeNanos;
  }

  final List<ChainNode> nodes = new ArrayList<>();
  final List<Sent> sent = new ArrayList<>();
  private final Map<String, Line> lines = new LinkedHashMap<>();
  private final BincodeCodec codec = new BincodeCodec();
  private long now = 1_000;

  long now() {
    return now;
  }

  ChainNode add(ToyChain chain) {
    return add(chain, GossipSettings.DEFAULTS);
  }

  ChainNode add(ToyChain chain, GossipSettings settings) {
    ChainNode node = new ChainNode(nodes.size(), chain, settings);
    nodes.add(node);
    return node;
  }

  /** The one dials the other; both catch up by headers first. */
  void link(int one, int other) {
    link(one, other, Feature.HEADERS_FIRST);
  }

  void link(int one, int other, Integer... features) {
    connect(one, other, true, features);
    connect(other, one, false, features);
  }

  private void connect(int one, int other, boolean outbound, Integer... features) {
    FakeNeighbour neighbour = new FakeNeighbour(other);
    neighbour.outbound = outbound;
    neighbour.features.addAll(List.of(features));
    ChainNode node = nodes.get(one);
    node.peers.put(other, neighbour);
    lines.putIfAbsent(one + ">" + other, new Line());
    node.router.linked(neighbour, now);
  }

  void cut(int one, int other) {
    depart(one, other);
    depart(other, one);
  }

  private void depart(int one, int other) {
    FakeNeighbour peer = nodes.get(one).peers.remove(other);
    line(one, other).underWay.clear();
    if (peer != null) {
      peer.connected = false;
      nodes.get(one).router.departed(peer, now);
    }
  }

  /** How fast the line from one to the other is. */
  void bytesPerSecond(int from, int to, long bytes) {
    line(from, to).bytesPerSecond = bytes;
  }

  private Line line(int from, int to) {
    Line line = lines.get(from + ">" + to);
    if (line == null) {
      throw new IllegalArgumentException(from + " and " + to + " are not linked");
    }
    return line;
  }

  void pass(Duration time) {
    long end = now + time.toNanos();
    while (now - end < 0) {
      step();
    }
  }

  /** Returns after how much time it was so; null if it was not so in time. */
  @org.jspecify.annotations.Nullable
  Duration passUntil(BooleanSupplier done, Duration limit) {
    long began = now;
    while (!done.getAsBoolean()) {
      if (now - began >= limit.toNanos()) {
        return null;
      }
      step();
    }
    return Duration.ofNanos(now - began);
  }

  private void step() {
    now += STEP.toNanos();
    for (ChainNode node : nodes) {
      for (int peer : new ArrayList<>(node.peers.keySet())) {
        receive(peer, node);
      }
      node.pass(now);
    }
    for (ChainNode node : nodes) {
      node.peers.forEach((number, peer) -> send(node, number, peer.take()));
    }
  }

  private void receive(int from, ChainNode node) {
    Deque<Sent> underWay = line(from, node.number).underWay;
    while (!underWay.isEmpty() && underWay.peek().nanos() - now <= 0) {
      Sent next = underWay.poll();
      FakeNeighbour peer = node.peers.get(from);
      if (peer != null) {
        sent.add(next);
        node.receive(peer, next.message(), now);
        node.pass(now);
      }
    }
  }

  private void send(ChainNode node, int to, List<WireMessage> messages) {
    Line line = line(node.number, to);
    for (WireMessage message : node.lies.apply(messages)) {
      long nanos = codec.encodedLength(message) * 1_000_000_000L / line.bytesPerSecond;
      line.freeNanos = Math.max(now, line.freeNanos) + nanos;
      line.underWay.add(new Sent(node.number, to, message, line.freeNanos + LATENCY.toNanos()));
    }
  }

  /** Messages of one kind that have come to a node from another. */
  <M extends WireMessage> List<M> received(int from, int to, Class<M> kind) {
    return sent.stream()
        .filter(one -> one.to() == to && one.from() == from)
        .map(Sent::message)
        .filter(kind::isInstance)
        .map(kind::cast)
        .toList();
  }

  /** Bytes that have come to a node. */
  long bytesTo(int node) {
    return sent.stream()
        .filter(one -> one.to() == node)
        .mapToLong(one -> codec.encodedLength(one.message()))
        .sum();
  }
}
