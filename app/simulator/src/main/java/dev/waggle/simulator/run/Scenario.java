package dev.waggle.simulator.run;

import dev.waggle.simulator.network.NetworkModel;
import dev.waggle.simulator.network.Tcp;
import dev.waggle.simulator.places.Places;
import java.time.Duration;
import java.util.List;

/**
 * A network and what happens in it; with a seed, a run.
 *
 * @param nodes how many
 * @param outbound links that each dials for
 * @param maxInbound links of others' dialling that each holds
 * @param known addresses that each is told, which are all that it ever dials, if there are no seeds
 * @param seeds through how many nodes, the first ones, all join, and find the others from there; 0
 *     for none
 * @param places where they are
 * @param jitter up to which part of its latency a packet takes longer
 * @param upBytesPerSecond of each node's line, unless its place has narrower ones; 0 for no limit
 * @param downBytesPerSecond likewise
 * @param undialable the share of nodes that nobody can dial
 * @param resetsPerHour how often a connection is lost
 * @param startWithin the nodes start evenly in this time
 * @param settle after the last start, before anything is published
 * @param drain after the last was published, before the run ends
 * @param features that nodes have
 * @param history the chain that is there when the run begins
 * @param behindRouters which nodes are behind routers that translate addresses
 */
public record Scenario(
    int nodes,
    int outbound,
    int maxInbound,
    int known,
    int seeds,
    Places places,
    double jitter,
    long upBytesPerSecond,
    long downBytesPerSecond,
    double undialable,
    double resetsPerHour,
    Tcp tcp,
    Duration startWithin,
    Duration settle,
    Workload workload,
    Duration drain,
    Features features,
    History history,
    BehindRouters behindRouters) {

  /** One whose nodes have all features, no chain when it begins, and no routers before them. */
  public Scenario(
      int nodes,
      int outbound,
      int maxInbound,
      int known,
      int seeds,
      Places places,
      double jitter,
      long upBytesPerSecond,
      long downBytesPerSecond,
      double undialable,
      double resetsPerHour,
      Tcp tcp,
      Duration startWithin,
      Duration settle,
      Workload workload,
      Duration drain) {
    this(
        nodes,
        outbound,
        maxInbound,
        known,
        seeds,
        places,
        jitter,
        upBytesPerSecond,
        downBytesPerSecond,
        undialable,
        resetsPerHour,
        tcp,
        startWithin,
        settle,
        workload,
        drain,
        Features.ALL,
        History.NONE,
        BehindRouters.NOBODY);
  }

  /** The most that fit into 24 bits of an address, and into a machine. */
  public static final int MAX_NODES = 200_000;

  /** What a node's line there carries up; 0 for no limit. */
  public long upBytesPerSecond(int place) {
    return narrower(upBytesPerSecond, places.bytesPerSecond(place));
  }

  /** What a node's line there carries down; 0 for no limit. */
  public long downBytesPerSecond(int place) {
    return narrower(downBytesPerSecond, places.bytesPerSecond(place));
  }

  /** Whether nodes find each other through seeds. */
  public boolean discovers() {
    return seeds > 0;
  }

  /** What lies between the nodes. */
  public NetworkModel model() {
    return new NetworkModel(places::oneWayNanos, jitter, tcp, resetsPerHour);
  }

  /** Bytes a second of the narrowest line that a node may have, either way; 0 for no limit. */
  public long slowestLine() {
    long slowest = 0;
    for (int place = 0; place < places.size(); place++) {
      slowest = narrower(slowest, narrower(upBytesPerSecond(place), downBytesPerSecond(place)));
    }
    return slowest;
  }

  private static long narrower(long one, long other) {
    return one == 0 || other == 0 ? Math.max(one, other) : Math.min(one, other);
  }

  /** The same, but for how many nodes. */
  public Scenario withNodes(int count) {
    return with(count, known, startWithin, settle, workload, features, history, behindRouters);
  }

  /** The same, but for what is published. */
  public Scenario withWorkload(Workload other) {
    return with(nodes, known, startWithin, settle, other, features, history, behindRouters);
  }

  /** The same, but for the features. */
  public Scenario withFeatures(Features others) {
    return with(nodes, known, startWithin, settle, workload, others, history, behindRouters);
  }

  /** The same, but for what is there when it begins. */
  public Scenario withHistory(History other) {
    return with(nodes, known, startWithin, settle, workload, features, other, behindRouters);
  }

  /** The same, but for who is behind routers. */
  public Scenario withBehindRouters(BehindRouters others) {
    return with(nodes, known, startWithin, settle, workload, features, history, others);
  }

  /** When those start who come late. */
  public Duration lateAt() {
    return startWithin.plus(settle);
  }

  /** Ids of the features of a node, ascending: what is about routers only where there are any. */
  List<Integer> featuresOf(int node) {
    return features.of(node).stream()
        .filter(id -> behindRouters.areThere() || !Features.ABOUT_ROUTERS.contains(id))
        .toList();
  }

  /**
   * The same, but that all nodes start at once, and know only whom they dial: then who is linked
   * with whom is no matter of chance, or of who was faster.
   */
  public Scenario startingAtOnce() {
    return with(
        nodes,
        outbound,
        Duration.ZERO,
        startWithin.plus(settle),
        workload,
        features,
        history,
        behindRouters);
  }

  private Scenario with(
      int count,
      int knows,
      Duration starts,
      Duration settles,
      Workload work,
      Features has,
      History there,
      BehindRouters behind) {
    return new Scenario(
        count,
        outbound,
        maxInbound,
        knows,
        seeds,
        places,
        jitter,
        upBytesPerSecond,
        downBytesPerSecond,
        undialable,
        resetsPerHour,
        tcp,
        starts,
        settles,
        work,
        drain,
        has,
        there,
        behind);
  }
}
