package dev.waggle.domain.peers;

import dev.waggle.domain.addresses.AddressBook;
import dev.waggle.domain.chance.Draws;
import dev.waggle.domain.reach.OwnPort;
import dev.waggle.domain.time.Alarm;
import dev.waggle.ports.Endpoint;
import dev.waggle.ports.IpAddress;
import dev.waggle.ports.IpEndpoint;
import dev.waggle.ports.PeerAddress;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.node.LinkId;
import dev.waggle.ports.node.Links;
import dev.waggle.ports.node.PeerDirectory;
import dev.waggle.ports.node.PeerMemory;
import dev.waggle.ports.node.PeerObserver;
import dev.waggle.ports.wire.GoodbyeReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that a node dials: those whom its operator names, those whom it chooses itself, and seeds
 * while it has found too few of these (PROTOCOL §9.1).
 */
final class Joining {
  /** Whom to dial first after a restart: so many of those that were linked for longest. */
  static final int ANCHORS = 2;

  /** A seed has so long to tell what it knows, before its link makes room for others. */
  static final Duration SEED_SPEAKS_FOR = Duration.ofSeconds(10);

  private final PeerSettings settings;
  private final PeerMemory remembered;
  private final AddressBook book;
  private final Alarm alarm;
  private final Dialler dialler;
  private final Outreach outreach;
  private final SeedNames seedNames;

  Joining(
      PeerSettings settings,
      PeerMemory remembered,
      AddressBook book,
      OwnPort ownPort,
      Links links,
      PeerDirectory directory,
      PeerObserver observer,
      Draws draws,
      Alarm alarm) {
    this.settings = settings;
    this.remembered = remembered;
    this.book = book;
    this.alarm = alarm;
    this.dialler = new Dialler(links, observer, draws, alarm);
    this.outreach =
        new Outreach(book, settings.outboundTarget(), ownPort, links, observer, draws, alarm);
    this.seedNames =
        new SeedNames(settings.join().dnsSeeds(), directory, book, dialler, draws, alarm);
  }

  void start(long nowNanos) {
    dialler.start(settings.join(), nowNanos);
    List<PeerAddress> anchors = remembered.anchors();
    outreach.start(
        anchors.subList(0, Math.min(ANCHORS, anchors.size())), remembered.guards(), nowNanos);
  }

  /** Whom to dial first after a restart. */
  List<PeerAddress> anchors(long nowNanos) {
    List<PeerAddress> kept = outreach.keptLongestFirst(nowNanos);
    return kept.subList(0, Math.min(ANCHORS, kept.size()));
  }

  /** Whom to choose after a restart, in this order. */
  List<PeerAddress> guards() {
    return outreach.guards();
  }

  /**
   * The operator wants a link with who is at an address, from now on.
   *
   * @return false if there are too many of these
   */
  boolean want(PeerAddress address, long nowNanos) {
    return dialler.want(address, nowNanos);
  }

  /** The operator does not want a link with a peer any more. */
  void unwant(PeerId peer) {
    dialler.unwant(target -> peer.equals(target.peer()));
  }

  /** The same for who is at an endpoint. */
  void unwant(Endpoint endpoint) {
    dialler.unwant(target -> target.address().endpoint().equals(endpoint));
  }

  /** Whether the operator wants a peer, whichever side has dialled. */
  boolean isPermanent(PeerId peer) {
    return dialler.isPermanent(peer);
  }

  /** Whether the operator wants a link with a peer, or with who is at an address. */
  boolean isPermanent(PeerId peer, IpAddress address) {
    return dialler.isPermanent(peer, address);
  }

  /** Whether a link is one of those that the node has chosen, and keeps. */
  boolean isKept(LinkId link) {
    return outreach.isKept(link);
  }

  /** Whether an address is dialled, or linked. */
  boolean isBusy(Endpoint endpoint) {
    return dialler.isBusy(endpoint) || outreach.isBusy(endpoint);
  }

  /** Returns what a link is for that came of a dial. */
  Purpose established(PeerAddress dialled, LinkId link, PeerId peer, long nowNanos) {
    Purpose wanted = dialler.established(dialled, link, peer);
    if (wanted == null) {
      wanted = outreach.established(dialled, link, peer, nowNanos);
    } else {
      reached(dialled, peer, wanted, nowNanos);
    }
    return wanted == null ? Purpose.KEPT : wanted;
  }

  /**
   * A seed is worth telling others, if it is given by its address. A permanent peer may be
   * somebody's whom nobody else shall find, so it is told only if others have told of it.
   */
  private void reached(PeerAddress dialled, PeerId peer, Purpose purpose, long nowNanos) {
    IpEndpoint endpoint = IpEndpoint.of(dialled.endpoint());
    if (endpoint != null && (purpose == Purpose.SEED || book.find(endpoint) != null)) {
      book.reached(endpoint, peer, nowNanos);
    }
  }

  void linkLost(LinkId link, long livedNanos, @Nullable GoodbyeReason goodbye, long nowNanos) {
    dialler.linkLost(link, livedNanos, goodbye, nowNanos);
    outreach.linkLost(link, livedNanos, goodbye, nowNanos);
  }

  /** The last link to a peer is gone, whichever side had dialled. */
  void peerLost(PeerId peer, long nowNanos) {
    dialler.peerLost(peer, nowNanos);
  }

  void dialFailed(PeerAddress address, DialFailure failure, long nowNanos) {
    if (!dialler.failed(address, failure, nowNanos)) {
      outreach.failed(address, failure, nowNanos);
    }
  }

  /** A DNS seed has answered. */
  void seedsFound(String name, List<PeerAddress> addresses, long nowNanos) {
    seedNames.found(name, addresses, nowNanos);
  }

  /** A peer has behaved so badly that the node does not depend on it any more. */
  void distrust(PeerId peer) {
    outreach.distrust(peer);
  }

  /**
   * Dials whom it is time to dial.
   *
   * @param active the peers that are linked
   * @param seeds the links in use to seeds
   * @return links of which the node has no need any more, to be ended
   */
  List<LinkId> dialDue(
      Map<PeerId, Peer> active, List<PeerLink> seeds, Conduct conduct, long nowNanos) {
    List<LinkId> unneeded = new ArrayList<>();
    int wantedSeeds = settings.outboundTarget();
    if (settings.join().discovers()) {
      outreach.dialDue(
          peer -> !active.containsKey(peer) && !conduct.isBanned(peer, nowNanos),
          endpoint -> dialler.isBusy(endpoint) || conduct.isShunned(endpoint, nowNanos),
          nowNanos);
      unneeded.addAll(outreach.takeDismissed());
      unneeded.addAll(unneeded(seeds, nowNanos));
      if (outreach.needsSeeds(nowNanos)) {
        seedNames.needed(nowNanos);
      } else {
        wantedSeeds = 0;
      }
    }
    int seedPlaces = wantedSeeds - seeds.size();
    dialler.dialDue(seedPlaces, active::containsKey, outreach::isBusy, conduct, nowNanos);
    return unneeded;
  }

  /** Once there are enough others, seeds are parted from that have spoken. */
  private List<LinkId> unneeded(List<PeerLink> seeds, long nowNanos) {
    List<LinkId> unneeded = new ArrayList<>();
    if (outreach.kept() >= settings.outboundTarget()) {
      for (PeerLink link : seeds) {
        long spokenUntilNanos = link.sinceNanos() + SEED_SPEAKS_FOR.toNanos();
        if (nowNanos - spokenUntilNanos >= 0) {
          unneeded.add(link.id());
        } else {
          alarm.by(spokenUntilNanos);
        }
      }
    }
    return unneeded;
  }
}
