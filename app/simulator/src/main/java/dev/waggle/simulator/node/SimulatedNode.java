package dev.waggle.simulator.node;

import dev.waggle.ports.Endpoint;
import dev.waggle.ports.IpAddress;
import dev.waggle.ports.IpEndpoint;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.crypto.HashFunction;
import dev.waggle.ports.gossip.GossipApplication;
import dev.waggle.ports.node.PeerMemory;
import dev.waggle.simulator.fidelity.Identity;
import dev.waggle.simulator.network.Host;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A node through all its lives: its host, its keys, its disk. */
public final class SimulatedNode {
  private static final IpAddress EVERYWHERE = IpAddress.ofIpv4(0);
  private static final String BEHIND_A_ROUTER = "192.168.1.2";

  private final World world;
  private final Host host;
  private final Identity keys;
  private final NodeSettings settings;
  private final Disk disk;
  private @Nullable RunningNode running;
  private int starts;
  private PeerMemory memory = PeerMemory.NOTHING;
  private long rememberedNanos;
  private double slowness;

  public SimulatedNode(World world, Host host, Identity keys, NodeSettings settings, Disk disk) {
    this.world = world;
    this.host = host;
    this.keys = keys;
    this.settings = settings;
    this.disk = disk;
    this.slowness = settings.slowness();
  }

  public int number() {
    return host.number();
  }

  public Host host() {
    return host;
  }

  /** What it brings to its handshakes. */
  public Identity keys() {
    return keys;
  }

  public PeerId peerId() {
    return keys.peerId();
  }

  HashFunction sha256() {
    return keys.session().handshake().sha256();
  }

  public NodeSettings settings() {
    return settings;
  }

  public Disk disk() {
    return disk;
  }

  /** By which its work takes longer than charged. */
  double slowness() {
    return slowness;
  }

  /** Makes it slower, or faster, in this life and later ones. */
  public void slowness(double factor) {
    slowness = factor;
    if (running != null) {
      running.slowness(factor);
    }
  }

  int starts() {
    return starts;
  }

  /** Where it listens: at all addresses of its machine. */
  IpEndpoint listening() {
    return new IpEndpoint(EVERYWHERE, world.endpointOf(host).port());
  }

  /** The address that its machine has: behind a router, none that others can dial. */
  Endpoint local() {
    Endpoint seen = world.endpointOf(host);
    return host.isDialable() ? seen : new Endpoint(BEHIND_A_ROUTER, seen.port());
  }

  void remember(PeerMemory known) {
    memory = known;
    rememberedNanos = world.timeline().nowNanos();
  }

  /** What it knew of others in its lives before, as old as it is now. */
  PeerMemory remembered() {
    long passedNanos = world.timeline().nowNanos() - rememberedNanos;
    return memory.after(Duration.ofNanos(passedNanos));
  }

  Endpoint endpointOf(int node) {
    return world.endpointOf(world.network().host(node));
  }

  public boolean isUp() {
    return running != null;
  }

  /** The node as it runs now, or null. */
  public @Nullable RunningNode running() {
    return running;
  }

  /** The node, which must be up. */
  public RunningNode up() {
    return Objects.requireNonNull(running, "the node is down");
  }

  /** Starts it, with what its disk has. */
  public void start() {
    if (running != null) {
      return;
    }
    if (!host.isRunning()) {
      host.start();
    }
    starts++;
    RunningNode fresh = new RunningNode(this, world, disk.open());
    running = fresh;
    fresh.start();
  }

  /** Kills its program: its system tells the peers. */
  public void kill() {
    RunningNode dying = running;
    if (dying != null) {
      running = null;
      dying.end();
      world.network().kill(host);
    }
  }

  /** Takes its power away: nobody is told. */
  public void die() {
    RunningNode dying = running;
    if (dying != null) {
      running = null;
      dying.end();
      world.network().die(host);
    }
  }

  /** What a node keeps over its lives, and starts its application from. */
  public interface Disk {
    GossipApplication open();

    /** Loses everything. */
    void wipe();
  }
}
