package dev.waggle.cli.shape;

import dev.waggle.simulator.network.HostSettings;
import dev.waggle.simulator.network.NetworkModel;
import dev.waggle.simulator.network.Tcp;
import dev.waggle.simulator.places.Places;
import dev.waggle.simulator.shape.ShapedNetwork;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * What lies between the nodes of a devnet. Immutable.
 *
 * @param words all of it, for the operator
 * @param latencyNanos from everywhere to everywhere, unless there are places
 * @param places where the nodes are, in as many as the shares of the places say, or null
 * @param jitter up to which part of its latency a packet takes longer
 * @param upBytesPerSecond of each node's line; 0 for no limit
 * @param downBytesPerSecond of each node's line; 0 for no limit
 * @param seed of what is random
 */
public record Shape(
    String words,
    long latencyNanos,
    @Nullable Places places,
    double jitter,
    long upBytesPerSecond,
    long downBytesPerSecond,
    long seed) {

  /** A network of this shape, for the nodes of one devnet. */
  public ShapedNetwork network() {
    Places world = places;
    NetworkModel.Latency latency =
        world == null ? (_, _) -> latencyNanos : (from, to) -> world.oneWayNanos(from, to);
    return new ShapedNetwork(new NetworkModel(latency, jitter, Tcp.LINUX, 0), seed);
  }

  /** What the machine of a node is like. */
  public HostSettings host(int node) {
    int place = places == null ? 0 : places.at(new SplittableRandom(seed + node).nextDouble());
    return new HostSettings(place, upBytesPerSecond, downBytesPerSecond, true);
  }
}
