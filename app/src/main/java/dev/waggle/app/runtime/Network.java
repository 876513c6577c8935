package dev.waggle.app.runtime;

import dev.waggle.ports.PeerAddress;
import dev.waggle.ports.node.LinkId;
import dev.waggle.ports.node.Links;
import dev.waggle.ports.transport.CloseReason;
import dev.waggle.ports.wire.WireMessage;
import java.util.HashMap;
import java.util.Map;

/** The established links, as the node's decisions reach them. Owned by the node thread. */
final class Network implements Links {
  private final Map<LinkId, Link> links = new HashMap<>();
  private final Dialer dialer;

  Network(Dialer dialer) {
    this.dialer = dialer;
  }

  void add(Link link) {
    links.put(link.id(), link);
  }

  void remove(Link link) {
    links.remove(link.id());
  }

  boolean isEmpty() {
    return links.isEmpty();
  }

  @Override
  public void dial(PeerAddress address) {
    dialer.dial(address);
  }

  @Override
  public boolean send(LinkId id, WireMessage message) {
    Link link = links.get(id);
    return link != null && link.send(message);
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
