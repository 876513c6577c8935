package dev.waggle.domain.peers;

import dev.waggle.domain.neighbour.Neighbour;
import dev.waggle.domain.neighbour.Offence;
import dev.waggle.domain.rates.Allowance;
import dev.waggle.domain.rates.Told;
import dev.waggle.ports.IpAddress;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.WireMessage;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A connected peer and its active links, the oldest first. More than one is a passing state. */
final class Peer implements Neighbour {
  private final PeerId id;
  private final PeerManager manager;
  private final Allowance allowance;
  private final List<PeerLink> links = new ArrayList<>(1);
  private @Nullable IpAddress leftFrom;
  private OptionalLong lastTransactionNanos = OptionalLong.empty();
  private OptionalLong lastBlockNanos = OptionalLong.empty();
  private long duplicates;

  Peer(PeerId id, PeerManager manager, Allowance allowance) {
    this.id = id;
    this.manager = manager;
    this.allowance = allowance;
  }

  @Override
  public PeerId id() {
    return id;
  }

  List<PeerLink> links() {
    return links;
  }

  /** A link of it is gone. */
  void left(IpAddress address) {
    leftFrom = address;
  }

  /** Where it is linked from, or was last if it has departed. */
  Set<IpAddress> addresses() {
    Set<IpAddress> addresses = new LinkedHashSet<>();
    links.forEach(link -> addresses.add(link.origin().address()));
    if (addresses.isEmpty() && leftFrom != null) {
      addresses.add(leftFrom);
    }
    return addresses;
  }

  @Override
  public boolean isConnected() {
    return !links.isEmpty();
  }

  /**
   * Sends on the newest link: where an older one still stands, the peer has most likely lost it.
   */
  @Override
  public boolean send(WireMessage message, long nowNanos) {
    return !links.isEmpty() && manager.send(links.getLast(), message, nowNanos);
  }

  @Override
  public boolean has(int feature) {
    return !links.isEmpty() && links.getLast().info().features().contains(feature);
  }

  @Override
  public boolean isOutbound() {
    return links.stream().anyMatch(PeerLink::isChosen);
  }

  @Override
  public boolean takesMore() {
    return !links.isEmpty() && manager.takesMore(links.getLast());
  }

  /** What it may tell, over all its links. */
  Allowance allowance() {
    return allowance;
  }

  @Override
  public int allow(Told what, int count, long nowNanos) {
    int allowed = allowance.take(what, count, nowNanos);
    if (allowed < count) {
      manager.exceeded(this, what, count - allowed, nowNanos);
    }
    return allowed;
  }

  @Override
  public void served(int count) {
    allowance.giveBack(Told.REQUESTED_ID, count);
  }

  /** So neither the message nor its announcement was too much. */
  @Override
  public void broughtFirst(GossipMessage.Kind kind, long nowNanos) {
    allowance.giveBack(Told.of(kind), 1);
    allowance.giveBack(Told.ANNOUNCED_ID, 1);
    switch (kind) {
      case TRANSACTION, EVIDENCE -> lastTransactionNanos = OptionalLong.of(nowNanos);
      case BLOCK -> lastBlockNanos = OptionalLong.of(nowNanos);
    }
    manager.useful(this, nowNanos);
  }

  @Override
  public void broughtAgain() {
    duplicates++;
  }

  /** How many messages it has brought that were here already. */
  long duplicates() {
    return duplicates;
  }

  /** When it was last the first to bring a transaction, or evidence, that was accepted. */
  OptionalLong lastTransactionNanos() {
    return lastTransactionNanos;
  }

  /** When it was last the first to bring a block that was accepted. */
  OptionalLong lastBlockNanos() {
    return lastBlockNanos;
  }

  @Override
  public void blame(Offence offence, long nowNanos) {
    manager.blame(this, offence, nowNanos);
  }

  @Override
  public String toString() {
    return "Peer(" + id.shortHex() + ")";
  }
}
