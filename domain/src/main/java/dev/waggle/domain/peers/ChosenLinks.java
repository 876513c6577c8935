package dev.waggle.domain.peers;

import dev.waggle.domain.addresses.NetworkGroup;
import dev.waggle.ports.Endpoint;
import dev.waggle.ports.IpEndpoint;
import dev.waggle.ports.PeerAddress;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.node.DialWay;
import dev.waggle.ports.node.LinkId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The addresses that a node has chosen to dial and that are dialled or linked, in the order of
 * their dials. A dozen at most at a time, so everything is found by looking at all.
 */
final class ChosenLinks {
  private final Map<PeerAddress, ChosenLink> all = new LinkedHashMap<>();

  Collection<ChosenLink> all() {
    return Collections.unmodifiableCollection(all.values());
  }

  void add(PeerAddress address, ChosenLink chosen) {
    all.put(address, chosen);
  }

  /** The one whose dial is under way, or null: then nobody here waits for the event. */
  @Nullable ChosenLink underWay(PeerAddress address) {
    ChosenLink found = all.get(address);
    return found != null && found.isDialled() ? found : null;
  }

  void remove(PeerAddress address) {
    all.remove(address);
  }

  /** Forgets the one that became this link; null if none did. */
  @Nullable ChosenLink remove(LinkId link) {
    for (Map.Entry<PeerAddress, ChosenLink> each : all.entrySet()) {
      if (link.equals(each.getValue().link())) {
        all.remove(each.getKey());
        return each.getValue();
      }
    }
    return null;
  }

  int underWay() {
    int count = 0;
    for (ChosenLink each : all.values()) {
      count += each.isDialled() ? 1 : 0;
    }
    return count;
  }

  /** How many stand, or are dialled, for this purpose. */
  int count(Purpose purpose) {
    int count = 0;
    for (ChosenLink each : all.values()) {
      count += each.isFor(purpose) ? 1 : 0;
    }
    return count;
  }

  /** Those that stand for this purpose, in the order of their dials. */
  List<ChosenLink> standing(Purpose purpose) {
    List<ChosenLink> found = new ArrayList<>();
    for (ChosenLink each : all.values()) {
      if (each.isFor(purpose) && each.stands()) {
        found.add(each);
      }
    }
    return found;
  }

  /** How many to addresses of one IP version leave from the listening port, or will. */
  int countFromOwnPort(boolean ipv4) {
    int count = 0;
    for (ChosenLink each : all.values()) {
      boolean isOfVersion = each.endpoint().address().isIpv4() == ipv4;
      count += isOfVersion && each.way() == DialWay.OWN_PORT && !each.isDismissed() ? 1 : 0;
    }
    return count;
  }

  /** Whether an address is dialled, or linked. */
  boolean isBusy(Endpoint endpoint) {
    for (ChosenLink each : all.values()) {
      if (each.endpoint().endpoint().equals(endpoint)) {
        return true;
      }
    }
    return false;
  }

  boolean isLinked(IpEndpoint endpoint) {
    for (ChosenLink each : all.values()) {
      if (each.endpoint().equals(endpoint) && each.stands()) {
        return true;
      }
    }
    return false;
  }

  /** Whether a peer is dialled somewhere, or linked. */
  boolean isExpected(PeerId peer) {
    for (ChosenLink each : all.values()) {
      if (peer.equals(each.expected())) {
        return true;
      }
    }
    return false;
  }

  /** Whether one that is dialled or stands for this purpose is in a network group. */
  boolean has(Purpose purpose, NetworkGroup group) {
    for (ChosenLink each : all.values()) {
      if (each.isFor(purpose) && each.group().equals(group)) {
        return true;
      }
    }
    return false;
  }
}
