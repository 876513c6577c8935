package dev.waggle.node.runtime;

import dev.waggle.domain.admission.Party;
import dev.waggle.domain.memory.MessageWeight;
import dev.waggle.ports.PeerAddress;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.node.DialWay;
import dev.waggle.ports.node.LinkId;
import dev.waggle.ports.node.Links;
import dev.waggle.ports.operator.Traffic;
import dev.waggle.ports.transport.CloseReason;
import dev.waggle.ports.wire.WireMessage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The established links, as the node's decisions reach them. Owned by the node thread.
 *
 * <p>What is to be sent is handed to the I/O threads in one go at the end of a turn, so that each
 * link is woken once for all that the turn has had for it; or earlier, if that becomes much.
 */
final class Network implements Links {
  /** A message that is worth waking a link for. */
  private static final long LARGE_BYTES = 16 * 1024;

  private final Map<LinkId, Link> links = new HashMap<>();
  private final List<Link> toDrain = new ArrayList<>();
  private final TrafficTally ofEnded = new TrafficTally();
  private final Dialer dialer;
  private final long maxDeferredBytes;
  private long deferredBytes;

  /**
   * No links yet.
   *
   * @param maxDeferredBytes that may wait for the end of a turn, on all links together
   */
  Network(Dialer dialer, long maxDeferredBytes) {
    this.dialer = dialer;
    this.maxDeferredBytes = maxDeferredBytes;
  }

  void add(Link link) {
    links.put(link.id(), link);
  }

  void remove(Link link) {
    links.remove(link.id());
    ofEnded.addAll(link.tally());
  }

  @Nullable Link find(LinkId id) {
    return links.get(id);
  }

  /** What has gone over all links, those that have ended included. */
  Traffic traffic() {
    TrafficTally all = new TrafficTally();
    all.addAll(ofEnded);
    links.values().forEach(link -> all.addAll(link.tally()));
    return all.traffic();
  }

  boolean isEmpty() {
    return links.isEmpty();
  }

  /** Whose time it takes to deal with what a peer has caused; null if it is not connected. */
  @Nullable Party partyOf(PeerId peer) {
    for (Link link : links.values()) {
      if (peer.equals(link.peer())) {
        return link.party();
      }
    }
    return null;
  }

  @Override
  public void dial(PeerAddress address, DialWay way) {
    dialer.dial(address, way);
  }

  @Override
  public boolean send(LinkId id, WireMessage message) {
    Link link = links.get(id);
    if (link == null) {
      return false;
    }
    OutgoingQueue.Offer offer = link.offer(message);
    if (offer == OutgoingQueue.Offer.QUEUED_FIRST) {
      toDrain.add(link);
    }
    long bytes = MessageWeight.bytes(message);
    deferredBytes += bytes;
    if (bytes >= LARGE_BYTES || deferredBytes >= maxDeferredBytes) {
      drain();
    }
    return offer != OutgoingQueue.Offer.REFUSED;
  }

  /** Has the links send what they were given. */
  void drain() {
    for (int i = 0; i < toDrain.size(); i++) {
      toDrain.get(i).drainSoon();
    }
    toDrain.clear();
    deferredBytes = 0;
  }

  @Override
  public boolean takesMore(LinkId id) {
    Link link = links.get(id);
    return link != null && link.takesAnother();
  }

  @Override
  public void close(LinkId id, CloseReason why) {
    Link link = links.get(id);
    if (link != null) {
      link.closeWhenSent(why);
    }
  }

  @Override
  public long blockedSinceNanos(LinkId id) {
    Link link = links.get(id);
    return link == null ? NOT_BLOCKED : link.blockedSinceNanos();
  }

  @Override
  public long lastHeardNanos(LinkId id) {
    Link link = links.get(id);
    return link == null ? Long.MIN_VALUE : link.lastHeardNanos();
  }
}
