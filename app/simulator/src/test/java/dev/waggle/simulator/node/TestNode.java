package dev.waggle.simulator.node;

import dev.waggle.chain.Block;
import dev.waggle.chain.ChainView;
import dev.waggle.domain.node.P2PService;
import dev.waggle.domain.node.P2PSettings;
import dev.waggle.domain.peers.PeerStatus;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.transport.CloseReason;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.MalformedMessage;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.WireMessage;
import dev.waggle.simulator.chain.ChainDisk;
import java.time.Duration;
import java.util.List;

/** A node of a {@link TestNetwork}: what a test does to it, and what it wants to know of it. */
final class TestNode {
  private final TestNetwork network;
  private final SimulatedNode simulated;
  private final ChainDisk disk;
  private final NodeRecord record;

  TestNode(TestNetwork network, SimulatedNode simulated, ChainDisk disk) {
    this.network = network;
    this.simulated = simulated;
    this.disk = disk;
    this.record = new NodeRecord(network, simulated);
  }

  int number() {
    return simulated.number();
  }

  PeerId id() {
    return simulated.peerId();
  }

  P2PSettings settings() {
    return simulated.settings().p2p();
  }

  boolean isUp() {
    return simulated.isUp();
  }

  RunningNode running() {
    return simulated.up();
  }

  P2PService service() {
    return running().service();
  }

  /** What was seen of it. */
  NodeRecord record() {
    return record;
  }

  // ---- what happens to it

  /** Starts its host, whose program does not run: a dial is refused from now on. */
  void boot() {
    simulated.host().start();
  }

  void start() {
    simulated.start();
    running().filter(record);
  }

  /** Ends its program, of which its peers hear. */
  void kill() {
    simulated.kill();
    record.forget(false);
  }

  /** Takes its power away, of which nobody hears. */
  void die() {
    simulated.die();
    record.forget(false);
  }

  /** Loses its chain; it is not running. */
  void wipe() {
    disk.wipe();
    record.forget(true);
  }

  /** Drops one of its connections, of which both sides hear. */
  void drop(LinkEnd end) {
    end.abandon(CloseReason.local("lost"));
  }

  MessageId publish(GossipMessage message) {
    running().publish(message);
    return network.fidelity().idOf(message);
  }

  /** Publishes a block of so many bytes, of what waits first. */
  MessageId mine(int bytes) {
    return publish(network.maker().on(chain(), network.nowMillis(), bytes, 0).toMessage());
  }

  MessageId pay(int bytes) {
    return publish(network.maker().transaction(bytes).toMessage());
  }

  /** Asks every peer, as if it had told us of these. */
  void request(List<MessageId> ids) {
    for (LinkEnd end : running().ends()) {
      if (end.isEstablished()) {
        running().say(end, new WireMessage.Request(ids));
      }
    }
  }

  /**
   * From now on it announces what it would push, again and again, and answers no request: as an
   * attacker would who wants a message to be forgotten.
   */
  void withhold(Duration every) {
    record.withhold();
    network.after(every.toNanos(), () -> withhold(every));
    MessageId tip = chain().tip();
    if (chain().height() > 0) {
      WireMessage announce = new WireMessage.Announce(List.of(tip));
      running().peers().forEach(peer -> running().send(peer.link(), announce));
    }
  }

  // ---- what it has

  List<PeerStatus> peers() {
    return running().peers();
  }

  List<PeerId> peerIds() {
    return peers().stream().map(peer -> peer.info().id()).toList();
  }

  ChainView chain() {
    return disk.view();
  }

  /** Whether it has accepted a message, by itself or within a block. */
  boolean has(MessageId id) {
    return record.accepted().containsKey(id)
        || record.accepted().values().stream().anyMatch(message -> contains(message, id));
  }

  private static boolean contains(GossipMessage message, MessageId id) {
    if (!(message instanceof GossipMessage.Block(var payload))) {
      return false;
    }
    try {
      return Block.decode(payload).transactions().stream().anyMatch(t -> t.id().equals(id));
    } catch (MalformedMessage e) {
      throw new AssertionError("an accepted block is none", e);
    }
  }
}
