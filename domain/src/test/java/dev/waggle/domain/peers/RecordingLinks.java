package dev.waggle.domain.peers;

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
final class RecordingLinks implements Links {
  final List<PeerAddress> dials = new ArrayList<>();
  final Map<PeerAddress, DialWay> ways = new LinkedHashMap<>();
  final Map<LinkId, CloseReason> closed = new LinkedHashMap<>();
  final Map<LinkId, Long> heardNanos = new LinkedHashMap<>();
  final Set<LinkId> full = new LinkedHashSet<>();
  final Map<LinkId, Long> blockedSinceNanos = new LinkedHashMap<>();
  private final Map<LinkId, List<WireMessage>> sent = new LinkedHashMap<>();

  @Override
  public void dial(PeerAddress address, DialWay way) {
    dials.add(address);
    ways.put(address, way);
  }

  @Override
  public boolean send(LinkId link, WireMessage message) {
    if (closed.containsKey(link) || full.contains(link)) {
      return false;
    }
    sent.computeIfAbsent(link, _ -> new ArrayList<>()).add(message);
    return true;
  }

  @Override
  public boolean takesMore(LinkId link) {
    return !closed.containsKey(link) && !full.contains(link);
  }

  @Override
  public void close(LinkId link, CloseReason why) {
    closed.putIfAbsent(link, why);
  }

  @Override
  public long lastHeardNanos(LinkId link) {
    return heardNanos.getOrDefault(link, Long.MIN_VALUE);
  }

  @Override
  public long blockedSinceNanos(LinkId link) {
    return blockedSinceNanos.getOrDefault(link, NOT_BLOCKED);
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
