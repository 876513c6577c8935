package dev.waggle.domain.reach;

import dev.waggle.ports.PeerAddress;
import dev.waggle.ports.node.DialWay;
import dev.waggle.ports.node.LinkId;
import dev.waggle.ports.node.Links;
import dev.waggle.ports.transport.CloseReason;
import dev.waggle.ports.wire.WireMessage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Links that lead nowhere, and remember what was asked of them. */
final class FakeLinks implements Links {
  final Set<LinkId> closed = new LinkedHashSet<>();
  final Set<LinkId> full = new LinkedHashSet<>();
  private final List<PeerAddress> dials = new ArrayList<>();
  private final Map<LinkId, List<WireMessage>> sent = new LinkedHashMap<>();

  @Override
  public void dial(PeerAddress address, DialWay way) {
    if (way != DialWay.ANY_PORT) {
      throw new AssertionError("dialled back by " + way);
    }
    dials.add(address);
  }

  @Override
  public boolean send(LinkId link, WireMessage message) {
    if (closed.contains(link) || full.contains(link)) {
      return false;
    }
    return sent.computeIfAbsent(link, _ -> new ArrayList<>()).add(message);
  }

  @Override
  public boolean takesMore(LinkId link) {
    return true;
  }

  @Override
  public void close(LinkId link, CloseReason why) {
    closed.add(link);
  }

  @Override
  public long lastHeardNanos(LinkId link) {
    return Long.MIN_VALUE;
  }

  @Override
  public long blockedSinceNanos(LinkId link) {
    return NOT_BLOCKED;
  }

  /** What was sent on a link since the last call. */
  List<WireMessage> take(LinkId link) {
    List<WireMessage> all = sent.remove(link);
    return all == null ? List.of() : all;
  }

  List<PeerAddress> takeDials() {
    List<PeerAddress> all = new ArrayList<>(dials);
    dials.clear();
    return all;
  }
}
