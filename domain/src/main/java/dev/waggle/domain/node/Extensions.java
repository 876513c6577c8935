package dev.waggle.domain.node;

import dev.waggle.ports.node.Extension;
import dev.waggle.ports.node.LinkId;
import dev.waggle.ports.node.PeerInfo;
import dev.waggle.ports.wire.WireMessage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The extensions of a node, and the links on which they are in force (PROTOCOL §7.4). */
final class Extensions {
  private final Map<Integer, Extension> byFeature = new LinkedHashMap<>();
  private final Map<LinkId, PeerInfo> links = new LinkedHashMap<>();

  /**
   * No links yet.
   *
   * @throws IllegalArgumentException if two extensions are of the same feature
   */
  Extensions(List<Extension> extensions) {
    for (Extension extension : extensions) {
      if (byFeature.put(extension.feature(), extension) != null) {
        throw new IllegalArgumentException("two extensions of " + extension.feature());
      }
    }
  }

  void linked(LinkId link, PeerInfo peer) {
    if (inForce(peer).isEmpty()) {
      return;
    }
    links.put(link, peer);
    for (Extension extension : inForce(peer)) {
      extension.linked(link, peer);
    }
  }

  void received(LinkId link, WireMessage.Extension message) {
    Extension extension = byFeature.get(message.feature());
    if (extension != null && isInForce(link, message.feature())) {
      extension.received(link, message.body());
    }
  }

  /** Whether a message of this feature may be sent on this link. */
  boolean isInForce(LinkId link, int feature) {
    PeerInfo peer = links.get(link);
    return peer != null && peer.features().contains(feature);
  }

  void unlinked(LinkId link) {
    PeerInfo peer = links.remove(link);
    if (peer != null) {
      for (Extension extension : inForce(peer)) {
        extension.unlinked(link);
      }
    }
  }

  private List<Extension> inForce(PeerInfo peer) {
    List<Extension> inForce = new ArrayList<>();
    for (int feature : peer.features()) {
      Extension extension = byFeature.get(feature);
      if (extension != null) {
        inForce.add(extension);
      }
    }
    return inForce;
  }
}
