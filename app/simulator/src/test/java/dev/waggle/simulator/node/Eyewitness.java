package dev.waggle.simulator.node;

import dev.waggle.ports.gossip.Delivery;
import dev.waggle.ports.transport.CloseReason;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.WireMessage;
import org.jspecify.annotations.Nullable;

/** Sees all that happens in a {@link TestNetwork}: keeps the trace, and each node's record. */
final class Eyewitness implements NodeObserver {
  private final TestNetwork network;
  private long traceHash = 1;

  Eyewitness(TestNetwork network) {
    this.network = network;
  }

  long traceHash() {
    return traceHash;
  }

  private void trace(RunningNode node, String what, long detail) {
    long now = network.timeline().nowNanos();
    for (long word : new long[] {now, node.number(), what.hashCode(), detail}) {
      traceHash = (traceHash ^ word) * 0x100000001B3L;
      traceHash ^= traceHash >>> 29;
    }
  }

  private NodeRecord record(RunningNode node) {
    return network.nodes().get(node.number()).record();
  }

  @Override
  public void settled(RunningNode node) {
    record(node).checkBounds(node);
  }

  @Override
  public void arrived(RunningNode node, LinkEnd from, WireMessage message, @Nullable MessageId id) {
    trace(node, message.getClass().getSimpleName(), from.id().value());
    record(node).arrived(message);
  }

  @Override
  public void handles(RunningNode node, LinkEnd from, WireMessage message) {
    record(node).handles(from, message);
  }

  @Override
  public void accepted(RunningNode node, Delivery delivery) {
    trace(node, "accepted", delivery.id().first());
    record(node).accepts(delivery);
  }

  @Override
  public void dialled(RunningNode node, int to) {
    trace(node, "dialled", to);
    record(node).dialled();
  }

  @Override
  public void established(RunningNode node, LinkEnd peer) {
    trace(node, "established", peer.id().value());
    record(node).linkChanges(peer);
  }

  @Override
  public void closed(RunningNode node, LinkEnd peer, CloseReason why) {
    trace(node, "closed", peer.id().value());
    record(node).linkChanges(peer);
  }

  @Override
  public void dialFailed(RunningNode node, String why) {
    trace(node, "failed", why.hashCode());
  }
}
