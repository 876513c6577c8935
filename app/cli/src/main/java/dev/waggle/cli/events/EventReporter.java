package dev.waggle.cli.events;

import dev.waggle.chain.AcceptedBlock;
import dev.waggle.chain.ChainListener;
import dev.waggle.ports.IpEndpoint;
import dev.waggle.ports.PeerAddress;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.nat.Mapping;
import dev.waggle.ports.node.CatchUpObserver;
import dev.waggle.ports.node.PeerInfo;
import dev.waggle.ports.node.PeerObserver;
import dev.waggle.ports.node.Reachability;
import dev.waggle.ports.wire.MessageId;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Turns what a node and its chain call into events. Called by the node's one thread, and calls
 * {@code sink} on it.
 */
public final class EventReporter implements PeerObserver, CatchUpObserver, ChainListener {
  private final Consumer<Event> sink;

  /**
   * A reporter to {@code sink}.
   *
   * @param sink must neither block nor throw
   */
  public EventReporter(Consumer<Event> sink) {
    this.sink = sink;
  }

  @Override
  public void peerConnected(PeerInfo peer) {
    sink.accept(new Event.PeerConnected(peer));
  }

  @Override
  public void peerDisconnected(PeerInfo peer, String reason) {
    sink.accept(new Event.PeerDisconnected(peer, reason));
  }

  @Override
  public void dialFailed(PeerAddress address, String reason, long retryInNanos) {
    Duration retryIn = retryInNanos == Long.MAX_VALUE ? null : Duration.ofNanos(retryInNanos);
    sink.accept(new Event.DialFailed(address, reason, retryIn));
  }

  @Override
  public void reachabilityChanged(Reachability now, @Nullable IpEndpoint at) {
    sink.accept(new Event.ReachabilityChanged(now, at));
  }

  @Override
  public void mapped(Mapping mapping) {
    sink.accept(new Event.Mapped(mapping));
  }

  @Override
  public void mappingLost(Mapping mapping, String reason) {
    sink.accept(new Event.MappingLost(mapping, reason));
  }

  @Override
  public void mappingFailed(String reason) {
    sink.accept(new Event.MappingFailed(reason));
  }

  @Override
  public void punched(PeerInfo peer, int tries) {
    sink.accept(new Event.Punched(peer, tries));
  }

  @Override
  public void punchFailed(PeerId peer, String reason) {
    sink.accept(new Event.PunchFailed(peer, reason));
  }

  @Override
  public void catchingUp(long accepted, long further) {
    sink.accept(new Event.CatchingUp(accepted, further));
  }

  @Override
  public void caughtUp(long accepted, boolean whole) {
    sink.accept(new Event.CaughtUp(accepted, whole));
  }

  @Override
  public void blockAccepted(AcceptedBlock block) {
    sink.accept(new Event.BlockAccepted(block));
  }

  @Override
  public void blockRejected(MessageId id, String why, @Nullable PeerId from) {
    sink.accept(new Event.BlockRejected(id, why, from));
  }

  @Override
  public void transactionAccepted(MessageId id, @Nullable PeerId from) {
    sink.accept(new Event.TransactionAccepted(id, from));
  }

  @Override
  public void storeFailed(IOException why) {
    sink.accept(new Event.StoreFailed(String.valueOf(why.getMessage())));
  }

  @Override
  public void storeRecovered() {
    sink.accept(new Event.StoreRecovered());
  }
}
