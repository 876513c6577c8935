package dev.waggle.simulator.run;

import dev.waggle.domain.peers.PeerStatus;
import dev.waggle.ports.PeerAddress;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.node.DialWay;
import dev.waggle.ports.node.Direction;
import dev.waggle.ports.node.Reachability;
import dev.waggle.simulator.network.NatKind;
import dev.waggle.simulator.node.NodeObserver;
import dev.waggle.simulator.node.RunningNode;
import dev.waggle.simulator.node.SimulatedNode;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** Follows what nodes find out about their routers, and the holes that they punch. */
final class Reaches implements NodeObserver {
  /** The kind of a node that is behind none. */
  static final String NO_ROUTER = "none";

  /** A call is over by then (PROTOCOL §9.10); what dials later is of another one. */
  private static final long CALL_NANOS = Duration.ofSeconds(60).toNanos();

  /** Two nodes, the one with the lower number first. */
  private record Pair(int one, int other) {
    static Pair of(int one, int other) {
      return new Pair(Math.min(one, other), Math.max(one, other));
    }
  }

  /** The attempts of two nodes. */
  private static final class Attempts {
    private int begun;
    private int linked;
    private long lastNanos;
    private boolean open;
  }

  private final Simulation simulation;
  private final ToIntFunction<PeerId> numberOf;
  private final long[] startNanos;
  private final long[] saidNanos;
  private final Map<Pair, Attempts> attempts = new HashMap<>();
  private final SortedMap<String, Long> failures = new TreeMap<>();

  Reaches(Simulation simulation, ToIntFunction<PeerId> numberOf) {
    this.simulation = simulation;
    this.numberOf = numberOf;
    this.startNanos = new long[simulation.nodes().size()];
    this.saidNanos = new long[simulation.nodes().size()];
    Arrays.fill(startNanos, -1);
  }

  private long nowNanos() {
    return simulation.queue().nowNanos();
  }

  @Override
  public void settled(RunningNode node) {
    if (startNanos[node.number()] < 0) {
      startNanos[node.number()] = nowNanos();
    }
  }

  @Override
  public void reachabilityChanged(RunningNode node, Reachability now) {
    saidNanos[node.number()] = nowNanos();
  }

  @Override
  public void dialsFromListeningPort(RunningNode node, PeerAddress to, DialWay way) {
    PeerId peer = to.pinned();
    if (way == DialWay.PUNCH && peer != null) {
      Attempts both = of(node, peer);
      if (!both.open || nowNanos() - both.lastNanos >= CALL_NANOS) {
        both.open = true;
        both.begun++;
        both.lastNanos = nowNanos();
      }
    }
  }

  private Attempts of(RunningNode node, PeerId peer) {
    Pair pair = Pair.of(node.number(), numberOf.applyAsInt(peer));
    return attempts.computeIfAbsent(pair, _ -> new Attempts());
  }

  @Override
  public void punched(RunningNode node, PeerId peer) {
    Attempts both = of(node, peer);
    if (both.open) {
      both.open = false;
      both.linked++;
    }
  }

  @Override
  public void punchFailed(RunningNode node, PeerId peer, String why) {
    failures.merge(why, 1L, Long::sum);
  }

  // ---- in the end

  private static String kind(SimulatedNode node) {
    NatKind kind = node.host().natKind();
    return kind == null ? NO_ROUTER : kind.toString();
  }

  private static boolean isOpen(SimulatedNode node) {
    NatKind kind = node.host().natKind();
    return kind == null ? node.host().isDialable() : kind == NatKind.FULL_CONE;
  }

  ReachResult result() {
    SortedMap<String, Integer> routers = new TreeMap<>();
    simulation.nodes().forEach(node -> routers.merge(kind(node), 1, Integer::sum));
    Set<Integer> together = together();
    return new ReachResult(
        routers,
        together.size(),
        group(true, together),
        group(false, together),
        punches(),
        new TreeMap<>(failures));
  }

  private List<Integer> peersOf(int number) {
    RunningNode running = simulation.nodes().get(number).running();
    return running == null
        ? List.of()
        : running.peers().stream().map(peer -> numberOf.applyAsInt(peer.info().id())).toList();
  }

  /** The largest part of the network that hangs together. */
  private Set<Integer> together() {
    Set<Integer> largest = Set.of();
    Set<Integer> seen = new HashSet<>();
    for (int from = 0; from < simulation.nodes().size(); from++) {
      if (!seen.contains(from)) {
        Set<Integer> part = reachedFrom(from);
        seen.addAll(part);
        largest = part.size() > largest.size() ? part : largest;
      }
    }
    return largest;
  }

  private Set<Integer> reachedFrom(int from) {
    Set<Integer> reached = new HashSet<>(List.of(from));
    ArrayDeque<Integer> next = new ArrayDeque<>(reached);
    while (!next.isEmpty()) {
      for (int peer : peersOf(next.remove())) {
        if (reached.add(peer)) {
          next.add(peer);
        }
      }
    }
    return reached;
  }

  private ReachResult.Group group(boolean open, Set<Integer> together) {
    List<Integer> outbound = new ArrayList<>();
    List<Integer> inbound = new ArrayList<>();
    List<Integer> punched = new ArrayList<>();
    List<Long> rightNanos = new ArrayList<>();
    Reachability truth = open ? Reachability.REACHABLE : Reachability.PRIVATE;
    int nodes = 0;
    int hanging = 0;
    int wrong = 0;
    for (SimulatedNode node : simulation.nodes()) {
      RunningNode running = node.running();
      if (isOpen(node) == open) {
        nodes++;
        hanging += together.contains(node.number()) ? 1 : 0;
        Reachability said = said(running);
        if (said == truth) {
          rightNanos.add(saidNanos[node.number()] - startNanos[node.number()]);
        } else if (said != Reachability.UNKNOWN) {
          wrong++;
        }
        List<PeerStatus> peers = running == null ? List.of() : running.peers();
        int holes = (int) peers.stream().filter(peer -> isPunched(node, peer)).count();
        int dialled = (int) peers.stream().filter(Reaches::isOutbound).count();
        punched.add(holes);
        outbound.add(dialled);
        inbound.add(peers.size() - dialled);
      }
    }
    outbound.sort(null);
    inbound.sort(null);
    punched.sort(null);
    rightNanos.sort(null);
    return new ReachResult.Group(
        nodes, hanging, outbound, inbound, punched, rightNanos.size(), wrong, rightNanos);
  }

  private static Reachability said(@Nullable RunningNode node) {
    return node == null ? Reachability.UNKNOWN : node.service().reach(node.nowNanos()).state();
  }

  private static boolean isOutbound(PeerStatus peer) {
    return peer.info().direction() == Direction.OUTBOUND;
  }

  private boolean isPunched(SimulatedNode node, PeerStatus peer) {
    Attempts both = attempts.get(Pair.of(node.number(), numberOf.applyAsInt(peer.info().id())));
    return both != null && both.linked > 0;
  }

  private List<ReachResult.Punches> punches() {
    Map<List<String>, ReachResult.Punches> byKinds = new HashMap<>();
    attempts.forEach(
        (pair, both) -> {
          List<String> kinds =
              List.of(
                      kind(simulation.nodes().get(pair.one)),
                      kind(simulation.nodes().get(pair.other)))
                  .stream()
                  .sorted()
                  .toList();
          boolean isYoung = both.open && nowNanos() - both.lastNanos < CALL_NANOS;
          boolean stands = both.linked > 0 && peersOf(pair.one).contains(pair.other);
          byKinds.merge(
              kinds,
              new ReachResult.Punches(
                  kinds.getFirst(),
                  kinds.getLast(),
                  both.begun,
                  both.linked,
                  isYoung ? 1 : 0,
                  stands ? 1 : 0),
              Reaches::sum);
        });
    return byKinds.values().stream()
        .sorted((a, b) -> (a.one() + " " + a.other()).compareTo(b.one() + " " + b.other()))
        .toList();
  }

  private static ReachResult.Punches sum(ReachResult.Punches a, ReachResult.Punches b) {
    return new ReachResult.Punches(
        a.one(),
        a.other(),
        a.begun() + b.begun(),
        a.linked() + b.linked(),
        a.underWay() + b.underWay(),
        a.standing() + b.standing());
  }
}
