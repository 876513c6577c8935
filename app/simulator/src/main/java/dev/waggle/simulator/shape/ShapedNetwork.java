package dev.waggle.simulator.shape;

import dev.waggle.ports.Endpoint;
import dev.waggle.ports.transport.Transport;
import dev.waggle.simulator.network.HostSettings;
import dev.waggle.simulator.network.Network;
import dev.waggle.simulator.network.NetworkModel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A network of real transports of one process, each at a host of its own, whose connections to each
 * other are as slow as the model says. Connections to anybody else are as they are.
 *
 * <p>Of the model, latency, jitter, the lines of the hosts and the windows of connections are
 * brought about. Nothing is lost by chance, and whom a router hides can be dialled all the same.
 *
 * <p>All methods are safe from any thread. A thread {@code waggle-shape} runs while any of its
 * transports is open.
 */
public final class ShapedNetwork {
  private final LiveTimeline timeline;
  private final Network network;
  private final OwnPortDials ownPortDials = new OwnPortDials();

  /** Who listens where; guarded by the timeline's lock. */
  private final Map<InetSocketAddress, ListeningPost> posts = new HashMap<>();

  /**
   * A network without hosts.
   *
   * @param seed of what is random: the jitter
   */
  public ShapedNetwork(NetworkModel model, long seed) {
    this(model, seed, System::nanoTime);
  }

  ShapedNetwork(NetworkModel model, long seed, LongSupplier clock) {
    timeline = new LiveTimeline(clock);
    network = new Network(timeline, model, new SplittableRandom(seed));
  }

  /**
   * A transport at a new host of this network.
   *
   * @param inner what moves the bytes; the result's, and closed with it
   */
  public Transport shaped(Transport inner, HostSettings host) {
    timeline.enter();
    try {
      return new ShapedTransport(this, inner, network.addHost(host));
    } finally {
      timeline.leave();
    }
  }

  /** Bytes that all hosts have given to their connections. */
  public long sentBytes() {
    timeline.enter();
    try {
      return network.sentBytes();
    } finally {
      timeline.leave();
    }
  }

  LiveTimeline timeline() {
    return timeline;
  }

  Network network() {
    return network;
  }

  // ---- under the lock

  OwnPortDials ownPortDials() {
    return ownPortDials;
  }

  void add(Endpoint bound, ListeningPost post) {
    InetSocketAddress address = address(bound);
    if (address != null) {
      posts.put(address, post);
    }
  }

  void remove(ListeningPost post) {
    posts.values().remove(post);
  }

  /** Who listens there; a host that listens everywhere is found at loopback addresses only. */
  @Nullable ListeningPost at(Endpoint remote) {
    InetSocketAddress address = address(remote);
    if (address == null) {
      return null;
    }
    ListeningPost exact = posts.get(address);
    return exact == null && address.getAddress().isLoopbackAddress()
        ? posts.get(new InetSocketAddress(address.getPort()))
        : exact;
  }

  /** Null if the host is a name. */
  private static @Nullable InetSocketAddress address(Endpoint endpoint) {
    try {
      return new InetSocketAddress(InetAddress.ofLiteral(endpoint.host()), endpoint.port());
    } catch (IllegalArgumentException aName) {
      return null;
    }
  }
}
