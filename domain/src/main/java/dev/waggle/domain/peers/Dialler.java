package dev.waggle.domain.peers;

import dev.waggle.domain.chance.Draws;
import dev.waggle.domain.time.Alarm;
import dev.waggle.ports.Endpoint;
import dev.waggle.ports.IpAddress;
import dev.waggle.ports.PeerAddress;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.node.DialWay;
import dev.waggle.ports.node.LinkId;
import dev.waggle.ports.node.Links;
import dev.waggle.ports.node.PeerObserver;
import dev.waggle.ports.wire.GoodbyeReason;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which of the addresses that the operator has given to dial, and when (PROTOCOL §9.1).
 *
 * <p>It learns who answers where. So an address is left alone while its peer is connected, whoever
 * dialled, and of two addresses of one peer only one is dialled at a time.
 *
 * <p>After each event its owner calls {@link #dialDue}, which also asks for the next alarm.
 */
final class Dialler {
  /**
   * Dials of seeds under way at once, and of permanent peers: handshakes cost arithmetic, and a
   * network that is down comes up.
   */
  static final int MAX_CONCURRENT = 8;

  /** Addresses at most: those of the operator, and those of DNS seeds that say who answers. */
  static final int MAX_TARGETS = 512;

  /** What the observer hears of an address that is dropped for good. */
  private static final long NEVER = Long.MAX_VALUE;

  private final Links links;
  private final PeerObserver observer;
  private final Draws draws;
  private final Alarm alarm;
  private final Map<PeerAddress, DialTarget> targets = new LinkedHashMap<>();

  Dialler(Links links, PeerObserver observer, Draws draws, Alarm alarm) {
    this.links = links;
    this.observer = observer;
    this.draws = draws;
    this.alarm = alarm;
  }

  /** Takes the addresses up, in random order, so that not every node begins with the same one. */
  void start(JoinSettings join, long nowNanos) {
    add(join.permanent(), Purpose.PERMANENT, nowNanos);
    add(join.seeds(), Purpose.SEED, nowNanos);
  }

  private void add(List<PeerAddress> addresses, Purpose purpose, long nowNanos) {
    List<PeerAddress> order = new ArrayList<>(addresses);
    draws.shuffle(order);
    for (PeerAddress address : order) {
      targets.putIfAbsent(address, new DialTarget(address, purpose, nowNanos));
    }
  }

  /** One more seed, that was found by its name; those beyond a bound are left out. */
  void addSeed(PeerAddress address, long nowNanos) {
    if (targets.size() < MAX_TARGETS) {
      add(List.of(address), Purpose.SEED, nowNanos);
    }
  }

  /**
   * The operator wants a link with who is at an address, as soon as may be.
   *
   * @return false if there are too many addresses
   */
  boolean want(PeerAddress address, long nowNanos) {
    DialTarget known = targets.get(address);
    if (known == null && targets.size() >= MAX_TARGETS) {
      return false;
    }
    if (known == null || known.state() instanceof DialTarget.Dropped) {
      targets.put(address, new DialTarget(address, Purpose.PERMANENT, nowNanos));
    } else {
      known.wanted(nowNanos);
    }
    return true;
  }

  /** The operator does not want links with these any more; seeds stay what they are. */
  void unwant(Predicate<DialTarget> which) {
    for (DialTarget target : new ArrayList<>(targets.values())) {
      if (target.purpose() == Purpose.PERMANENT && which.test(target)) {
        if (target.state() instanceof DialTarget.Dialling) {
          target.unwanted();
        } else {
          targets.remove(target.address());
        }
      }
    }
  }

  /**
   * Dials what is due.
   *
   * @param seedPlaces how many more links to seeds are wanted, those included that are dialled
   * @param connected whether a peer is, whichever side dialled
   * @param elsewhere whether an address is dialled, or linked, for another reason
   */
  void dialDue(
      int seedPlaces,
      Predicate<PeerId> connected,
      Predicate<Endpoint> elsewhere,
      Conduct conduct,
      long nowNanos) {
    int openToSeeds = Math.min(seedPlaces, MAX_CONCURRENT) - dialled(Purpose.SEED);
    int openToPermanent = MAX_CONCURRENT - dialled(Purpose.PERMANENT);
    for (DialTarget target : dueLongestFirst()) {
      if (!(target.state() instanceof DialTarget.Waiting(long dueNanos))
          || elsewhere.test(target.address().endpoint())) {
        continue;
      }
      PeerId peer = target.peer();
      if (peer != null && (connected.test(peer) || isDialled(peer, target.purpose()))) {
        continue;
      }
      if (isBanned(target, conduct, nowNanos)) {
        continue;
      }
      boolean isSeed = target.purpose() == Purpose.SEED;
      if ((isSeed ? openToSeeds : openToPermanent) <= 0) {
        continue;
      }
      if (nowNanos - dueNanos >= 0) {
        target.dialling();
        openToSeeds -= isSeed ? 1 : 0;
        openToPermanent -= isSeed ? 0 : 1;
        links.dial(target.address(), DialWay.ANY_PORT);
      } else {
        alarm.by(dueNanos);
      }
    }
  }

  /**
   * Whether a target must wait for the end of a ban; of a permanent one the operator hears once.
   */
  private boolean isBanned(DialTarget target, Conduct conduct, long nowNanos) {
    PeerAddress address = target.address();
    OptionalLong ends = conduct.banEndsNanos(address.endpoint(), target.peer(), nowNanos);
    if (ends.isPresent()) {
      alarm.by(ends.getAsLong());
      if (!target.isBanned() && target.purpose() == Purpose.PERMANENT) {
        observer.dialFailed(address, "it is banned", ends.getAsLong() - nowNanos);
      }
    }
    target.isBanned(ends.isPresent());
    return ends.isPresent();
  }

  /**
   * Whether the operator wants a link with a peer, or with who is at an address: then that is not
   * discouraged.
   */
  boolean isPermanent(PeerId peer, IpAddress address) {
    for (DialTarget target : targets.values()) {
      if (target.purpose() == Purpose.PERMANENT
          && (peer.equals(target.peer())
              || address.equals(IpAddress.ofLiteral(target.address().endpoint().host())))) {
        return true;
      }
    }
    return false;
  }

  private int dialled(Purpose purpose) {
    int count = 0;
    for (DialTarget target : targets.values()) {
      boolean isDialled = target.state() instanceof DialTarget.Dialling;
      count += isDialled && target.purpose() == purpose ? 1 : 0;
    }
    return count;
  }

  /** Whether a peer answers, or has to, at an address of which the operator wants a link. */
  boolean isPermanent(PeerId peer) {
    for (DialTarget target : targets.values()) {
      if (target.purpose() == Purpose.PERMANENT && peer.equals(target.peer())) {
        return true;
      }
    }
    return false;
  }

  /** Whether an address is dialled, or linked. */
  boolean isBusy(Endpoint endpoint) {
    for (DialTarget target : targets.values()) {
      if (isBusy(target) && target.address().endpoint().equals(endpoint)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isBusy(DialTarget target) {
    return switch (target.state()) {
      case DialTarget.Dialling _, DialTarget.Linked _ -> true;
      case DialTarget.Waiting _, DialTarget.Dropped _ -> false;
    };
  }

  /**
   * Those that wait, in the order of their times: dials that take long to fail come due again
   * before the last address has had its turn, and must not keep it from ever being dialled.
   */
  private List<DialTarget> dueLongestFirst() {
    List<DialTarget> waiting = new ArrayList<>(targets.values());
    waiting.removeIf(target -> !(target.state() instanceof DialTarget.Waiting));
    waiting.sort((one, other) -> Long.signum(dueNanos(one) - dueNanos(other)));
    return waiting;
  }

  private static long dueNanos(DialTarget target) {
    return target.state() instanceof DialTarget.Waiting(long dueNanos) ? dueNanos : 0;
  }

  /** Whether a peer is dialled already, so that a dial for {@code purpose} has to wait. */
  private boolean isDialled(PeerId peer, Purpose purpose) {
    for (DialTarget target : targets.values()) {
      // A zone in the DNS may pin a permanent peer at an address where nobody ever answers.
      boolean counts = purpose == Purpose.SEED || target.purpose() == Purpose.PERMANENT;
      boolean isDialled = target.state() instanceof DialTarget.Dialling;
      if (counts && isDialled && peer.equals(target.peer())) {
        return true;
      }
    }
    return false;
  }

  /** Returns what the new link is for, or null if nobody here waits for it. */
  @Nullable Purpose established(PeerAddress address, LinkId link, PeerId peer) {
    DialTarget target = underWay(address);
    if (target == null) {
      return null;
    }
    target.established(link, peer);
    if (target.purpose() == Purpose.FEELER) {
      targets.remove(address); // It has become unwanted meanwhile, and so has the link.
    }
    return target.purpose();
  }

  /** Returns whether somebody here has waited for the dial. */
  boolean failed(PeerAddress address, DialFailure failure, long nowNanos) {
    DialTarget target = underWay(address);
    if (target == null) {
      return false;
    }
    if (target.purpose() == Purpose.FEELER) {
      targets.remove(address);
      return true;
    }
    Retry retry = retryAfter(failure);
    long waitNanos =
        switch (retry) {
          case SOON -> Backoff.exponentialNanos(target.failures() + 1, draws);
          case MUCH_LATER -> Backoff.longNanos(draws);
          case NEVER -> NEVER;
        };
    if (retry == Retry.NEVER) {
      target.dropped();
    } else {
      target.postponed(target.failures() + 1, nowNanos + waitNanos);
    }
    observer.dialFailed(address, failure.words(), waitNanos);
    return true;
  }

  /** The target whose dial is under way, or null: then nobody here waits for the event. */
  private @Nullable DialTarget underWay(PeerAddress address) {
    DialTarget target = targets.get(address);
    return target != null && target.state() instanceof DialTarget.Dialling ? target : null;
  }

  private enum Retry {
    SOON,
    MUCH_LATER,
    NEVER
  }

  private static Retry retryAfter(DialFailure failure) {
    return switch (failure) {
      case DialFailure.NotConnected _ -> Retry.SOON;
      case DialFailure.HandshakeFailed(var why) ->
          switch (why.kind()) {
            case SELF -> Retry.NEVER;
            case VERSION_MISMATCH, NETWORK_MISMATCH, SUITE_MISMATCH, CODEC_MISMATCH, WRONG_PEER ->
                Retry.MUCH_LATER;
            case MALFORMED, UNEXPECTED, FORGED, TIMED_OUT -> Retry.SOON;
          };
    };
  }

  /**
   * A link is gone. Its own target waits, for longer each time that the link did not live long.
   *
   * @param livedNanos how long the link stood
   * @param goodbye what the peer said, or null
   */
  void linkLost(LinkId link, long livedNanos, @Nullable GoodbyeReason goodbye, long nowNanos) {
    for (DialTarget target : targets.values()) {
      if (target.state() instanceof DialTarget.Linked(LinkId own) && own.equals(link)) {
        if (livedNanos >= Backoff.STABLE_AFTER.toNanos()) {
          target.stood();
        }
        postpone(target, goodbye, nowNanos);
        return;
      }
    }
  }

  private void postpone(DialTarget target, @Nullable GoodbyeReason goodbye, long nowNanos) {
    if (goodbye == GoodbyeReason.TOO_MANY_PEERS) {
      target.foundFull(nowNanos + Backoff.ifFullNanos(target.timesFull() + 1, draws));
      return;
    }
    int failures = target.failures() + 1;
    long waitNanos =
        goodbye == GoodbyeReason.MISBEHAVIOUR
            ? Backoff.longNanos(draws)
            : Backoff.exponentialNanos(failures, draws);
    target.postponed(failures, nowNanos + waitNanos);
  }

  /** The last link to a peer is gone: do not fall upon it in the same moment that it dials us. */
  void peerLost(PeerId peer, long nowNanos) {
    for (DialTarget target : targets.values()) {
      if (peer.equals(target.peer())
          && target.state() instanceof DialTarget.Waiting(long dueNanos)
          && nowNanos - dueNanos >= 0) {
        int failures = Math.max(1, target.failures());
        target.postponed(failures, nowNanos + Backoff.exponentialNanos(failures, draws));
      }
    }
  }
}
