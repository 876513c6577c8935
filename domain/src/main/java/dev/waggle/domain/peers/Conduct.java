package dev.waggle.domain.peers;

import dev.waggle.domain.admission.BannedAddresses;
import dev.waggle.domain.admission.Bans;
import dev.waggle.domain.admission.Discouraged;
import dev.waggle.domain.neighbour.Offence;
import dev.waggle.ports.Endpoint;
import dev.waggle.ports.IpAddress;
import dev.waggle.ports.IpSubnet;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.node.Ban;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * How peers have behaved lately, and whom the node will have nothing, or less, to do with: by its
 * own experience, or because the operator has said so (PROTOCOL §8.3).
 *
 * <p>Points are kept by PeerId across links, so that a new connection does not wipe the slate; of a
 * linked peer always, whatever others do. An identity costs an attacker nothing, so bans of PeerIds
 * rid us of broken peers; addresses cost something, and are discouraged.
 */
final class Conduct {
  /** At this score a peer is banned: four invalid messages in quick succession. */
  static final int BAN_SCORE = -100;

  /** At this score a peer goes before others if there is too little room. */
  static final int GOES_FIRST_SCORE = BAN_SCORE / 2;

  /** How long a peer that has misbehaved is neither dialled nor let in. */
  static final Duration BAN = Duration.ofMinutes(10);

  /**
   * Peers remembered that are not linked; the one that left, or was banned, first is forgotten
   * first. 200 KiB.
   */
  static final int MAX_REMEMBERED = 1024;

  private static final long NANOS_PER_SECOND = Duration.ofSeconds(1).toNanos();

  private record Banned(long endNanos, String reason) {}

  private final Map<PeerId, Standing> linked = new LinkedHashMap<>();
  private final Map<PeerId, Standing> departed = new LinkedHashMap<>();
  private final Map<PeerId, Banned> banned = new LinkedHashMap<>();
  private final Bans bans = new Bans();
  private final Discouraged discouraged = new Discouraged();

  /** Takes up what was kept over a restart. */
  void restore(List<Ban> kept, long nowNanos) {
    for (Ban ban : kept) {
      switch (ban.kind()) {
        case OPERATOR -> bans.add(ban, nowNanos);
        case DISCOURAGED -> discouraged.restore(ban, nowNanos);
        case MISBEHAVIOUR -> {
          long seconds = Math.min(ban.secondsLeft(), BAN.toSeconds());
          if (ban.subject() instanceof Ban.Peer(PeerId id) && seconds > 0) {
            put(banned, id, new Banned(nowNanos + seconds * NANOS_PER_SECOND, ban.reason()));
          }
        }
      }
    }
  }

  /** Everything that {@link #restore} takes: for the operator, and for after a restart. */
  List<Ban> all(long nowNanos) {
    List<Ban> all = new ArrayList<>(bans.all(nowNanos));
    banned.forEach(
        (id, ban) -> {
          if (ban.endNanos - nowNanos > 0) {
            long left = Math.ceilDiv(ban.endNanos - nowNanos, NANOS_PER_SECOND);
            all.add(new Ban(new Ban.Peer(id), Ban.Kind.MISBEHAVIOUR, left, ban.reason));
          }
        });
    all.addAll(discouraged.all(nowNanos));
    return all;
  }

  /** A peer has a link now that it had not. */
  void linked(PeerId peer) {
    Standing known = departed.remove(peer);
    linked.putIfAbsent(peer, known == null ? new Standing() : known);
  }

  /** A peer has lost its last link. */
  void departed(PeerId peer, long nowNanos) {
    Standing standing = linked.remove(peer);
    if (standing != null && !standing.isClean(nowNanos) && !isBanned(peer, nowNanos)) {
      put(departed, peer, standing);
    }
  }

  private static <T> void put(Map<PeerId, T> table, PeerId peer, T value) {
    table.remove(peer);
    if (table.size() >= MAX_REMEMBERED) {
      Iterator<PeerId> oldestFirst = table.keySet().iterator();
      oldestFirst.next();
      oldestFirst.remove();
    }
    table.put(peer, value);
  }

  /**
   * Records an offence. A peer that has left may still be found out.
   *
   * @return whether the peer is banned now
   */
  boolean offend(PeerId peer, Offence offence, long nowNanos) {
    if (hasMisbehaved(peer, nowNanos)) {
      return true;
    }
    Standing standing = linked.getOrDefault(peer, departed.get(peer));
    if (standing == null) {
      standing = new Standing();
      put(departed, peer, standing);
    }
    standing.offend(offence, nowNanos);
    if (standing.score(nowNanos) > BAN_SCORE) {
      return false;
    }
    put(banned, peer, new Banned(nowNanos + BAN.toNanos(), standing.deeds()));
    departed.remove(peer);
    return true;
  }

  /** A linked peer was the first to bring something. */
  void useful(PeerId peer, long nowNanos) {
    Standing standing = linked.get(peer);
    if (standing != null) {
      standing.useful(nowNanos);
    }
  }

  /** Credit less points that have not faded yet; 0 for a peer that is not known. */
  int score(PeerId peer, long nowNanos) {
    Standing standing = linked.getOrDefault(peer, departed.get(peer));
    return standing == null ? 0 : standing.score(nowNanos);
  }

  /** What a peer that was banned for misbehaviour has done, or null if it is not. */
  @Nullable String deeds(PeerId peer, long nowNanos) {
    Banned ban = banned.get(peer);
    return ban == null || ban.endNanos - nowNanos <= 0 ? null : ban.reason;
  }

  private boolean hasMisbehaved(PeerId peer, long nowNanos) {
    return deeds(peer, nowNanos) != null;
  }

  /** A peer that is banned for misbehaviour was linked from there: others go first, for a while. */
  void discourage(IpAddress address, String deeds, long nowNanos) {
    discouraged.add(address, deeds, nowNanos);
  }

  /** Whether others are rather kept than this peer at this address (PROTOCOL §9.1). */
  boolean goesFirst(PeerId peer, IpAddress address, long nowNanos) {
    return score(peer, nowNanos) <= GOES_FIRST_SCORE || isDiscouraged(address, nowNanos);
  }

  boolean isDiscouraged(IpAddress address, long nowNanos) {
    return discouraged.contains(address, nowNanos);
  }

  /** Whether no link with this peer may stand, wherever it is. */
  boolean isBanned(PeerId peer, long nowNanos) {
    return banEndsNanos(peer, nowNanos).isPresent();
  }

  /** When the last ban of a peer ends, or nothing if there is none. */
  private OptionalLong banEndsNanos(PeerId peer, long nowNanos) {
    Banned own = banned.get(peer);
    OptionalLong ends =
        own == null || own.endNanos - nowNanos <= 0
            ? OptionalLong.empty()
            : OptionalLong.of(own.endNanos);
    return later(ends, bans.until(peer, nowNanos));
  }

  /** Whether no link with an address may stand, whoever is there. */
  boolean isBanned(IpAddress address, long nowNanos) {
    return bans.until(address, nowNanos).isPresent();
  }

  /**
   * Until when not to dial an endpoint, or nothing if it may be dialled. A name is not looked up.
   *
   * @param expected who answers there, if that is known
   */
  OptionalLong banEndsNanos(Endpoint endpoint, @Nullable PeerId expected, long nowNanos) {
    IpAddress address = IpAddress.ofLiteral(endpoint.host());
    return later(
        address == null ? OptionalLong.empty() : bans.until(address, nowNanos),
        expected == null ? OptionalLong.empty() : banEndsNanos(expected, nowNanos));
  }

  private static OptionalLong later(OptionalLong one, OptionalLong other) {
    if (one.isEmpty() || other.isEmpty()) {
      return one.isPresent() ? one : other;
    }
    return one.getAsLong() - other.getAsLong() > 0 ? one : other;
  }

  /**
   * Whether an endpoint that nobody but strangers names is left alone: neither dialled nor told to
   * others. A name never is.
   */
  boolean isShunned(Endpoint endpoint, long nowNanos) {
    IpAddress address = IpAddress.ofLiteral(endpoint.host());
    return address != null && isShunned(address, nowNanos);
  }

  boolean isShunned(IpAddress address, long nowNanos) {
    return isDiscouraged(address, nowNanos) || isBanned(address, nowNanos);
  }

  /** The operator bans; returns false if there are too many bans already. */
  boolean ban(Ban ban, long nowNanos) {
    return bans.add(ban, nowNanos);
  }

  /**
   * The operator takes a ban back, whoever has made it: of exactly this subject; of addresses that
   * are discouraged, those in a subnet too, and the one that an address lies in.
   *
   * @return whether there was any
   */
  boolean unban(Ban.Subject subject, long nowNanos) {
    boolean any = bans.remove(subject, nowNanos);
    switch (subject) {
      case Ban.Peer(PeerId id) -> {
        any |= hasMisbehaved(id, nowNanos);
        banned.remove(id);
      }
      case Ban.Subnet(IpSubnet subnet) -> any |= discouraged.remove(subnet, nowNanos);
    }
    return any;
  }

  /** For whoever accepts connections, on whatever thread. */
  BannedAddresses bannedAddresses() {
    return bans.addresses();
  }
}
